//! The ownership ledger: a side table of every allocation handed across the C boundary. A destructor asks it before
//! it touches memory, so that a null, unknown, interior, wrongly typed or already released pointer is a status and a
//! message, never a crash. It never holds a lock while it runs somebody's destructor, and it never dereferences an
//! address that it has not itself recorded.
mod address;
mod allocation;
mod borrow;
mod census;
mod event;
mod handles;
mod injection;
mod quarantine;
mod refusal;
mod shard;
mod table;
mod trace;

pub use allocation::{Allocation, Memory};
pub use census::{Census, LiveAllocation};
pub use event::Event;
pub use handles::Handles;
pub use refusal::{Refusal, RefusalKind};
pub use table::Ledger;
pub use trace::{Step, TraceEntry};

static GLOBAL: Ledger = Ledger::new();

/// The ledger of this process: every allocation handed to a foreign caller is in it.
pub fn global() -> &'static Ledger {
    &GLOBAL
}

static HANDLES: Handles = Handles::new();

/// The handles of this process, of all kinds; what they stand for is in the ledger of this process.
pub fn handles() -> &'static Handles {
    &HANDLES
}
