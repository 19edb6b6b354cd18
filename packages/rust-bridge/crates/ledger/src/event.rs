//! When, where and by whom something happened to an allocation: enough to name the culprit, cheap enough to keep.
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// One thing that happened: which exported function did it, as the how-manieth event, on which thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The exported function, by its C name.
    pub site: &'static str,
    /// Position in the order of all events of this process, from 1.
    pub sequence: u64,
    /// Number of the thread, from 1, in the order in which threads first reached a ledger.
    pub thread: u32,
}

impl Event {
    pub(crate) fn now(site: &'static str) -> Self {
        static SEQUENCE: AtomicU64 = AtomicU64::new(0);
        Self { site, sequence: SEQUENCE.fetch_add(1, Ordering::Relaxed) + 1, thread: thread_number() }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (event {}, thread {})", self.site, self.sequence, self.thread)
    }
}

fn thread_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    thread_local! { static NUMBER: Cell<u32> = const { Cell::new(0) }; }
    // A thread that is being torn down has no thread-locals any more; it reports as thread 0.
    NUMBER
        .try_with(|number| {
            if number.get() == 0 {
                number.set(NEXT.fetch_add(1, Ordering::Relaxed));
            }
            number.get()
        })
        .unwrap_or(0)
}
