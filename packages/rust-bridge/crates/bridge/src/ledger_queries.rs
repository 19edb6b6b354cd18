//! What the ledger knows, for leak tests: take a checkpoint, work, and see what is live that was made since.
use crate::json::to_text;
use contract::{Fault, OwnedString, ffi_export};
use ledger::LiveAllocation;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many allocations of this library are live now.
#[ffi_export(single)]
fn live_count() -> u64 {
    ledger::global().census_since(0).allocations
}

/// How many bytes of this library's allocations are live now.
#[ffi_export(single)]
fn live_bytes() -> u64 {
    ledger::global().census_since(0).bytes
}

/// A mark in the order of allocations, for `bridge_live_since` and `ledger_live`. 0 is before everything.
#[ffi_export(single)]
fn ledger_checkpoint() -> u64 {
    ledger::global().checkpoint()
}

/// How many of the allocations made after a checkpoint are live.
#[ffi_export(single)]
fn live_since(checkpoint: u64) -> u64 {
    ledger::global().census_since(checkpoint).allocations
}

/// The live allocations made after a checkpoint, oldest first, as a JSON array of
/// `{id, kind, size, made: {site, sequence, thread}}`, with `borrows` where there are some. The answer itself is not in
/// the list.
#[ffi_export]
fn ledger_live(checkpoint: u64) -> Result<OwnedString, Fault> {
    let live: Vec<Entry> = ledger::global().live_since(checkpoint).iter().map(Entry::of).collect();
    to_text(&live)
}

/// How much is live by kind, as a JSON object from kinds to `{allocations, bytes}`. The answer itself is not counted.
#[ffi_export]
fn ledger_census() -> Result<OwnedString, Fault> {
    let counts = |census: ledger::Census| Counts { allocations: census.allocations, bytes: census.bytes };
    let kinds = ledger::global().census_by_kind().into_iter();
    to_text(&kinds.map(|(kind, census)| (kind, counts(census))).collect::<BTreeMap<_, _>>())
}

/// Gives the memory of released allocations, which is held back so that a second release is noticed, to the
/// allocator at once. For leak checkers that look at the process's end.
#[ffi_export(single)]
fn ledger_flush() {
    ledger::global().flush();
}

#[derive(Serialize)]
struct Counts {
    allocations: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct Entry {
    id: u64,
    kind: &'static str,
    size: usize,
    #[serde(skip_serializing_if = "is_zero")]
    borrows: u32,
    made: Made,
}

#[derive(Serialize)]
struct Made {
    site: &'static str,
    sequence: u64,
    thread: u32,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Entry {
    fn of(live: &LiveAllocation) -> Self {
        let LiveAllocation { id, kind, size, borrows, made } = *live;
        Self { id, kind, size, borrows, made: Made { site: made.site, sequence: made.sequence, thread: made.thread } }
    }
}
