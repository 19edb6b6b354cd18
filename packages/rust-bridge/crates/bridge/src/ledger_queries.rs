//! What the ledger knows, for leak tests: take a checkpoint, work, and see what is live that was made since.
use contract::{Fault, OwnedString, Status, ffi_export};
use ledger::LiveAllocation;
use serde::Serialize;

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
/// `{id, kind, size, made: {site, sequence, thread}}`. The answer itself is not in the list.
#[ffi_export]
fn ledger_live(checkpoint: u64) -> Result<OwnedString, Fault> {
    let live: Vec<Entry> = ledger::global().live_since(checkpoint).iter().map(Entry::of).collect();
    let text = serde_json::to_string(&live).map_err(|error| Fault::new(Status::Panic, error.to_string()))?;
    Ok(OwnedString::new(text))
}

/// Gives the memory of released allocations, which is held back so that a second release is noticed, to the
/// allocator at once. For leak checkers that look at the process's end.
#[ffi_export(single)]
fn ledger_flush() {
    ledger::global().flush();
}

#[derive(Serialize)]
struct Entry {
    id: u64,
    kind: &'static str,
    size: usize,
    made: Made,
}

#[derive(Serialize)]
struct Made {
    site: &'static str,
    sequence: u64,
    thread: u32,
}

impl Entry {
    fn of(live: &LiveAllocation) -> Self {
        let LiveAllocation { id, kind, size, made } = *live;
        Self { id, kind, size, made: Made { site: made.site, sequence: made.sequence, thread: made.thread } }
    }
}
