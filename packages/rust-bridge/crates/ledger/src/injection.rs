//! Allocations that fail on purpose: the only way to reach the paths that a machine with enough memory never takes.
use crate::refusal::{Refusal, RefusalKind};
use crate::table::Ledger;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct Injection {
    /// How many allocations may still be made before one fails, plus one; 0 when nothing is to fail.
    countdown: AtomicU64,
}

impl Injection {
    pub(crate) const fn new() -> Self {
        Self { countdown: AtomicU64::new(0) }
    }

    fn strikes(&self) -> bool {
        if self.countdown.load(Ordering::Relaxed) == 0 {
            return false;
        }
        let step = |left: u64| left.checked_sub(1);
        self.countdown.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) == Ok(1)
    }
}

impl Ledger {
    /// Asked before memory of `size` bytes is allocated for the caller of `site`. Refuses when a test wanted this one
    /// to fail.
    pub fn permit(&self, kind: &str, size: usize, site: &'static str) -> Result<(), Refusal> {
        if self.injection.strikes() {
            self.trace.note_refusal(RefusalKind::OutOfMemory, site);
            return Err(Refusal::out_of_memory(kind, size));
        }
        Ok(())
    }

    /// Lets the `nth` allocation from now fail, once: 1 is the next. 0 takes it back.
    pub fn fail_nth(&self, nth: u64) {
        self.injection.countdown.store(nth, Ordering::Relaxed);
    }
}
