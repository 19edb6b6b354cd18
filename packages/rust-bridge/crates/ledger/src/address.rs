//! Addresses as the ledger keeps them. A live address is stored inverted: a plain copy would be a root for a leak
//! checker, which would then never report the allocation that the caller forgot.
use std::hash::{BuildHasherDefault, Hasher};

/// The bitwise inverse of an address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Inverted(usize);

impl Inverted {
    pub(crate) const fn of(address: usize) -> Self {
        Self(!address)
    }

    pub(crate) const fn address(self) -> usize {
        !self.0
    }
}

/// Multiplicative (Fibonacci) hashing. Addresses are not chosen by an attacker and are multiples of at least 8, so
/// only the high bits of the product are good: the shard takes the topmost, the table the ones rotated down here.
#[derive(Default, Clone, Copy)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, value: usize) {
        self.0 = scatter(self.0 ^ value as u64).rotate_left(26);
    }
}

pub(crate) type BuildAddressHasher = BuildHasherDefault<AddressHasher>;

pub(crate) const SHARDS: usize = 64;

/// Which shard an address belongs to.
pub(crate) fn shard_of(address: usize) -> usize {
    (scatter((address >> 3) as u64) >> 58) as usize
}

fn scatter(value: u64) -> u64 {
    value.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
