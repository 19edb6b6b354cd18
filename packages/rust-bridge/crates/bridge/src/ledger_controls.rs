//! How the ledger behaves, for tests: traces, how much it holds back, and allocations that fail on purpose.
use crate::json::to_text;
use contract::{Fault, OwnedString, ffi_export};
use ledger::{Step, TraceEntry};
use serde::Serialize;

/// Begins a trace of what happens to allocations. One that was under way is forgotten.
#[ffi_export(single)]
fn ledger_trace_start() {
    ledger::global().start_trace();
}

/// Ends the trace and gives it, a JSON array of `{step, site, number, kind, size}` with `step` one of `made`,
/// `released`, `borrowed` and `ended`, or `{step: "refused", site, why}`. Without addresses, times and threads: the same
/// steps give the same text in every language. `number` counts from 1 within the trace and is null for what is older.
#[ffi_export]
fn ledger_trace_stop() -> Result<OwnedString, Fault> {
    let lines: Vec<Line> = ledger::global().stop_trace().into_iter().map(Line::of).collect();
    to_text(&lines)
}

/// How many released blocks are held back from now on so that a second release is noticed; 4096 unless this is called,
/// rounded up to a multiple of 64. 0 holds nothing back.
#[ffi_export(single)]
fn ledger_hold_back(blocks: u64) {
    ledger::global().hold_back(usize::try_from(blocks).unwrap_or(usize::MAX));
}

/// Lets the `nth` allocation from now on fail once, with the status `out_of_memory`: 1 is the next. 0 takes it back.
#[ffi_export(single)]
fn ledger_fail_nth(nth: u64) {
    ledger::global().fail_nth(nth);
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Refused { step: &'static str, site: &'static str, why: &'static str },
    Happened { step: &'static str, site: &'static str, number: Option<u64>, kind: &'static str, size: usize },
}

impl Line {
    fn of(entry: TraceEntry) -> Self {
        let TraceEntry { step, site, allocation } = entry;
        let step = match step {
            Step::Refused(why) => return Self::Refused { step: "refused", site, why: why.name() },
            Step::Made => "made",
            Step::Released => "released",
            Step::Borrowed => "borrowed",
            Step::Ended => "ended",
        };
        let (number, kind, size) = allocation.map_or((None, "", 0), |one| (one.number, one.kind, one.size));
        Self::Happened { step, site, number, kind, size }
    }
}
