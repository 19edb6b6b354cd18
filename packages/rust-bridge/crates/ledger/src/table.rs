//! The table itself: sixty-four independently locked shards, so that two threads seldom wait for each other.
use crate::address::{SHARDS, shard_of};
use crate::allocation::{Allocation, Memory};
use crate::event::Event;
use crate::injection::Injection;
use crate::quarantine::BLOCKS;
use crate::refusal::Refusal;
use crate::shard::Shard;
use crate::trace::{Step, Trace};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A ledger. The process has one (`global()`); tests make their own.
pub struct Ledger {
    shards: [Mutex<Shard>; SHARDS],
    last_id: AtomicU64,
    /// Blocks that each shard's quarantine holds back.
    held_back: AtomicUsize,
    pub(crate) injection: Injection,
    pub(crate) trace: Trace,
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

impl Ledger {
    /// An empty ledger.
    pub const fn new() -> Self {
        Self {
            shards: [const { Mutex::new(Shard::new()) }; SHARDS],
            last_id: AtomicU64::new(0),
            held_back: AtomicUsize::new(BLOCKS),
            injection: Injection::new(),
            trace: Trace::new(),
        }
    }

    /// Records memory that is about to be handed out by the exported function `site`; answers its id.
    ///
    /// # Safety
    /// The memory is valid, unaliased from now on, and `finalize` and `reclaim` take it back correctly, from any thread.
    pub unsafe fn register(&self, memory: Memory, site: &'static str) -> u64 {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let allocation = Allocation::new(id, memory, Event::now(site));
        self.shard(memory.address).insert(memory.address, allocation);
        self.trace.note(Step::Made, &allocation, site);
        id
    }

    /// Checks that `address` is a live allocation of `kind`, without releasing it.
    pub fn check(&self, address: usize, kind: &str) -> Result<Allocation, Refusal> {
        if address == 0 {
            return Err(Refusal::null(kind));
        }
        let found = look_up(&self.shard(address), address, kind);
        found.unwrap_or_else(|| Err(self.explain_stranger(address, kind)))
    }

    /// Releases the allocation at `address`, once: checks it, drops its contents, poisons it, and holds its memory back.
    pub fn release(&self, address: usize, kind: &str, site: &'static str) -> Result<Allocation, Refusal> {
        self.try_release(address, kind, site).inspect_err(|refusal| self.trace.note_refusal(refusal.kind, site))
    }

    fn try_release(&self, address: usize, kind: &str, site: &'static str) -> Result<Allocation, Refusal> {
        if address == 0 {
            return Err(Refusal::null(kind));
        }
        let tombstone = {
            let mut shard = self.shard(address);
            match look_up(&shard, address, kind) {
                None => None,
                Some(Err(refusal)) => return Err(refusal),
                Some(Ok(allocation)) if allocation.borrows > 0 => return Err(Refusal::borrowed(&allocation)),
                Some(Ok(mut allocation)) => {
                    allocation.released = Some(Event::now(site));
                    shard.bury(address, allocation);
                    Some(allocation)
                }
            }
        };
        let Some(tombstone) = tombstone else { return Err(self.explain_stranger(address, kind)) };
        self.trace.note(Step::Released, &tombstone, site);
        // No lock is held here: a destructor may call back into this ledger.
        // SAFETY: only the thread that turned the live record into a tombstone comes here.
        unsafe { tombstone.finalize() };
        let limit = self.held_back.load(Ordering::Relaxed);
        let evicted = self.shard(address).quarantine.admit(tombstone, limit);
        reclaim_all(&evicted);
        Ok(tombstone)
    }

    /// Gives all quarantined memory back to the allocator. Tombstones stay.
    pub fn flush(&self) {
        for shard in &self.shards {
            let evicted = lock(shard).quarantine.drain();
            reclaim_all(&evicted);
        }
    }

    /// Holds about `blocks` released blocks back from now on, 0 for none. Fewer make a double free of a reused address
    /// more likely to hit its new owner.
    pub fn hold_back(&self, blocks: usize) {
        self.held_back.store(blocks.div_ceil(SHARDS), Ordering::Relaxed);
    }

    /// The id of the newest allocation: what is made later has a higher one.
    pub fn checkpoint(&self) -> u64 {
        self.last_id.load(Ordering::Relaxed)
    }

    pub(crate) fn for_each_live(&self, mut visit: impl FnMut(&Allocation)) {
        for shard in &self.shards {
            lock(shard).live.values().for_each(&mut visit);
        }
    }

    /// A pointer that is on no record: inside a live allocation, or from somewhere else altogether. Searches
    /// everything, which is fine on the way to an error.
    pub(crate) fn explain_stranger(&self, address: usize, kind: &str) -> Refusal {
        let mut inside = None;
        self.for_each_live(|allocation| {
            if allocation.contains(address) {
                inside = Some(*allocation);
            }
        });
        match inside {
            Some(allocation) => Refusal::interior(address, &allocation),
            None => Refusal::unknown(kind, address),
        }
    }

    pub(crate) fn shard(&self, address: usize) -> MutexGuard<'_, Shard> {
        lock(&self.shards[shard_of(address)])
    }
}

/// The allocation at exactly this address, or why it is refused; `None` when the address is on no record.
pub(crate) fn look_up(shard: &Shard, address: usize, kind: &str) -> Option<Result<Allocation, Refusal>> {
    if let Some(live) = shard.live_at(address) {
        let right = live.kind == kind;
        return Some(if right { Ok(*live) } else { Err(Refusal::wrong_kind(kind, live)) });
    }
    shard.released_at(address).map(|tombstone| Err(Refusal::already_released(tombstone)))
}

fn reclaim_all(evicted: &[Allocation]) {
    for allocation in evicted {
        // SAFETY: these were finalized, and the quarantine gave each of them out once.
        unsafe { allocation.reclaim() };
    }
}

/// No code of others runs under these locks, so a poisoned one still guards consistent data.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
