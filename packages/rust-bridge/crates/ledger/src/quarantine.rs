//! Released memory waits here before the allocator gets it back. Without the wait malloc hands the same address out
//! at once, and a double free then releases somebody else's allocation without anybody noticing.
use crate::allocation::Allocation;
use std::collections::VecDeque;

/// Blocks that one shard holds back unless somebody asks for another number. 64 shards of 64 blocks: a double free is
/// certain to be caught as long as fewer releases than this happened in its shard since.
pub(crate) const BLOCKS: usize = 64;
/// Bytes that one shard holds back (16 MiB in all), so that large blocks do not pile up.
pub(crate) const BYTES: usize = 256 * 1024;

pub(crate) struct Quarantine {
    blocks: VecDeque<Allocation>,
    bytes: usize,
}

impl Quarantine {
    pub(crate) const fn new() -> Self {
        Self { blocks: VecDeque::new(), bytes: 0 }
    }

    /// Takes a finalized allocation in, with room for `limit` blocks, and answers which ones must now be reclaimed.
    pub(crate) fn admit(&mut self, allocation: Allocation, limit: usize) -> Vec<Allocation> {
        self.blocks.push_back(allocation);
        self.bytes += allocation.size;
        let mut evicted = Vec::new();
        while self.blocks.len() > limit || self.bytes > BYTES {
            let Some(oldest) = self.blocks.pop_front() else { break };
            self.bytes -= oldest.size;
            evicted.push(oldest);
        }
        evicted
    }

    /// Lets go of everything.
    pub(crate) fn drain(&mut self) -> Vec<Allocation> {
        self.bytes = 0;
        self.blocks.drain(..).collect()
    }
}
