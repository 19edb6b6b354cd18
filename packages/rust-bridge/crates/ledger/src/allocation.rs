//! What the ledger knows about one allocation, and how its memory is taken back.
use crate::address::Inverted;
use crate::event::Event;
use std::fmt;

/// Memory given to the ledger: where it is, how large, of which kind, and the two steps that take it back.
#[derive(Clone, Copy)]
pub struct Memory {
    /// First byte. Never null.
    pub address: usize,
    /// Bytes.
    pub size: usize,
    /// What it is, as messages say it: `string`.
    pub kind: &'static str,
    /// Runs what dropping the contents means. Called once, when the owner releases it.
    pub finalize: unsafe fn(address: usize, size: usize),
    /// Gives the bytes back to the allocator. Called once, when the quarantine lets go; the contents are poison then.
    pub reclaim: unsafe fn(address: usize, size: usize),
    /// A call on another thread may still be reading it when it is released: it is not poisoned.
    pub shared: bool,
}

/// An allocation on record.
#[derive(Clone, Copy)]
pub struct Allocation {
    /// From 1, never used twice.
    pub id: u64,
    /// Bytes.
    pub size: usize,
    /// What it is.
    pub kind: &'static str,
    /// Who made it, when.
    pub made: Event,
    /// Who released it, when; `None` while it is live.
    pub released: Option<Event>,
    /// How many borrows are under way. While there is one, nobody can release it.
    pub borrows: u32,
    /// Who borrowed it last.
    pub borrower: Option<Event>,
    place: Inverted,
    shared: bool,
    finalize: unsafe fn(usize, usize),
    reclaim: unsafe fn(usize, usize),
}

impl Allocation {
    pub(crate) fn new(id: u64, memory: Memory, made: Event) -> Self {
        let Memory { address, size, kind, finalize, reclaim, shared } = memory;
        let place = Inverted::of(address);
        Self { id, size, kind, made, released: None, borrows: 0, borrower: None, place, shared, finalize, reclaim }
    }

    pub(crate) fn address(&self) -> usize {
        self.place.address()
    }

    pub(crate) fn contains(&self, address: usize) -> bool {
        address > self.address() && address - self.address() < self.size
    }

    /// Drops the contents and fills the bytes with poison, so that a late reader sees `0xDD` and not the old data.
    ///
    /// # Safety
    /// The allocation was live until just now, and nobody else finalizes it.
    pub(crate) unsafe fn finalize(&self) {
        // SAFETY: the maker promised these bytes and this step to the ledger, once; the caller says this is that once.
        unsafe {
            (self.finalize)(self.address(), self.size);
            if !self.shared {
                std::ptr::write_bytes(self.address() as *mut u8, POISON, self.size);
            }
        }
    }

    /// Gives the bytes back.
    ///
    /// # Safety
    /// The allocation was finalized, and nobody else reclaims it.
    pub(crate) unsafe fn reclaim(&self) {
        // SAFETY: as above.
        unsafe { (self.reclaim)(self.address(), self.size) }
    }
}

/// Fills released memory.
pub(crate) const POISON: u8 = 0xDD;

impl fmt::Display for Allocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} #{} ({} bytes, made by {})", self.kind, self.id, self.size, self.made)
    }
}
