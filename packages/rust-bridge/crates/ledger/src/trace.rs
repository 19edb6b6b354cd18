//! What happened to allocations, in order, without addresses, times or threads: the same steps give the same trace in
//! every language and every run, so traces of different callers can be compared byte by byte.
use crate::allocation::Allocation;
use crate::refusal::RefusalKind;
use crate::table::{Ledger, lock};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An allocation was handed out.
    Made,
    /// It was released.
    Released,
    /// A borrow began that outlasts its call.
    Borrowed,
    /// That borrow ended.
    Ended,
    /// A pointer or an allocation was refused.
    Refused(RefusalKind),
}

/// One line of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceEntry {
    /// What happened.
    pub step: Step,
    /// The exported function in which it did.
    pub site: &'static str,
    /// To what: number within the trace, kind, bytes. `None` for refusals.
    pub allocation: Option<TracedAllocation>,
}

/// An allocation, as a trace names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TracedAllocation {
    /// From 1 in the order in which they were made; `None` for what is older than the trace.
    pub number: Option<u64>,
    /// What it is.
    pub kind: &'static str,
    /// Bytes.
    pub size: usize,
}

struct Recording {
    /// The newest allocation before the trace began.
    base: u64,
    entries: Vec<TraceEntry>,
}

pub(crate) struct Trace {
    /// Looked at before the lock: a trace that is off costs one load.
    on: AtomicBool,
    recording: Mutex<Recording>,
}

impl Trace {
    pub(crate) const fn new() -> Self {
        Self { on: AtomicBool::new(false), recording: Mutex::new(Recording { base: 0, entries: Vec::new() }) }
    }

    pub(crate) fn note(&self, step: Step, allocation: &Allocation, site: &'static str) {
        if self.on.load(Ordering::Relaxed) {
            let mut recording = lock(&self.recording);
            let number = allocation.id.checked_sub(recording.base).filter(|number| *number > 0);
            let traced = TracedAllocation { number, kind: allocation.kind, size: allocation.size };
            recording.entries.push(TraceEntry { step, site, allocation: Some(traced) });
        }
    }

    pub(crate) fn note_refusal(&self, kind: RefusalKind, site: &'static str) {
        if self.on.load(Ordering::Relaxed) {
            lock(&self.recording).entries.push(TraceEntry { step: Step::Refused(kind), site, allocation: None });
        }
    }
}

impl Ledger {
    /// Begins a trace; one that was under way is forgotten.
    pub fn start_trace(&self) {
        *lock(&self.trace.recording) = Recording { base: self.checkpoint(), entries: Vec::new() };
        self.trace.on.store(true, Ordering::Relaxed);
    }

    /// Ends the trace and gives what it recorded.
    pub fn stop_trace(&self) -> Vec<TraceEntry> {
        self.trace.on.store(false, Ordering::Relaxed);
        std::mem::take(&mut lock(&self.trace.recording).entries)
    }
}
