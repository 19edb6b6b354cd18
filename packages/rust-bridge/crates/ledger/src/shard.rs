//! One of the shards of the table: the live allocations and the tombstones whose addresses fall into it.
use crate::address::{BuildAddressHasher, Inverted};
use crate::allocation::Allocation;
use crate::quarantine::Quarantine;
use std::collections::HashMap;

/// Tombstones that one shard keeps at most. A tombstone outlives the quarantine: it dies when its address is handed
/// out again, or when the shard starts over because it holds too many.
const TOMBSTONES: usize = 1024;

pub(crate) struct Shard {
    pub(crate) live: HashMap<Inverted, Allocation, BuildAddressHasher>,
    released: HashMap<Inverted, Allocation, BuildAddressHasher>,
    pub(crate) quarantine: Quarantine,
}

impl Shard {
    pub(crate) const fn new() -> Self {
        let hasher = BuildAddressHasher::new();
        Self {
            live: HashMap::with_hasher(hasher),
            released: HashMap::with_hasher(BuildAddressHasher::new()),
            quarantine: Quarantine::new(),
        }
    }

    pub(crate) fn insert(&mut self, address: usize, allocation: Allocation) {
        let key = Inverted::of(address);
        // The allocator handed the address out anew: what the old tombstone says is no longer about this memory.
        self.released.remove(&key);
        self.live.insert(key, allocation);
    }

    pub(crate) fn live_at(&self, address: usize) -> Option<&Allocation> {
        self.live.get(&Inverted::of(address))
    }

    pub(crate) fn live_at_mut(&mut self, address: usize) -> Option<&mut Allocation> {
        self.live.get_mut(&Inverted::of(address))
    }

    pub(crate) fn released_at(&self, address: usize) -> Option<&Allocation> {
        self.released.get(&Inverted::of(address))
    }

    /// Turns a live allocation into a tombstone.
    pub(crate) fn bury(&mut self, address: usize, tombstone: Allocation) {
        let key = Inverted::of(address);
        if self.released.len() >= TOMBSTONES {
            self.released.retain(|_, old| old.id + (TOMBSTONES as u64) / 2 > tombstone.id);
            if self.released.len() >= TOMBSTONES {
                self.released.clear();
            }
        }
        self.live.remove(&key);
        self.released.insert(key, tombstone);
    }
}
