//! Counting and listing what is live, for leak tests. A listing names no address, so two runs compare equal.
use crate::allocation::Allocation;
use crate::event::Event;
use crate::table::Ledger;
use std::collections::BTreeMap;

/// How much is live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Allocations.
    pub allocations: u64,
    /// Bytes.
    pub bytes: u64,
}

/// One live allocation, as a listing shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveAllocation {
    /// The allocation's number, from 1.
    pub id: u64,
    /// What it is.
    pub kind: &'static str,
    /// Bytes.
    pub size: usize,
    /// How many borrows are under way.
    pub borrows: u32,
    /// Who made it.
    pub made: Event,
}

impl Ledger {
    /// What is live of all that was made after `checkpoint` (0: of everything).
    pub fn census_since(&self, checkpoint: u64) -> Census {
        let mut census = Census::default();
        self.for_each_live(|allocation| {
            if allocation.id > checkpoint {
                census.allocations += 1;
                census.bytes += allocation.size as u64;
            }
        });
        census
    }

    /// The same by kind.
    pub fn census_by_kind(&self) -> BTreeMap<&'static str, Census> {
        let mut kinds: BTreeMap<&'static str, Census> = BTreeMap::new();
        self.for_each_live(|allocation| {
            let census = kinds.entry(allocation.kind).or_default();
            census.allocations += 1;
            census.bytes += allocation.size as u64;
        });
        kinds
    }

    /// The live allocations made after `checkpoint`, oldest first.
    pub fn live_since(&self, checkpoint: u64) -> Vec<LiveAllocation> {
        let mut live = Vec::new();
        self.for_each_live(|allocation| {
            if allocation.id > checkpoint {
                let Allocation { id, kind, size, borrows, made, .. } = *allocation;
                live.push(LiveAllocation { id, kind, size, borrows, made });
            }
        });
        live.sort_by_key(|allocation| allocation.id);
        live
    }
}
