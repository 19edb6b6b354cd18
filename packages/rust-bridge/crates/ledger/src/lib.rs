//! The ownership ledger: a side table of every allocation handed across the C boundary. A destructor asks it before
//! it touches memory, so that a null, unknown, interior, wrongly typed or already released pointer is a status and a
//! message, never a crash. It never holds a lock while it runs somebody's destructor, and it never dereferences an
//! address that it has not itself recorded.
mod address;
mod allocation;
mod census;
mod event;
mod quarantine;
mod refusal;
mod shard;
mod table;

pub use allocation::{Allocation, Memory};
pub use census::{Census, LiveAllocation};
pub use event::Event;
pub use refusal::{Refusal, RefusalKind};
pub use table::Ledger;

static GLOBAL: Ledger = Ledger::new();

/// The ledger of this process: every allocation handed to a foreign caller is in it.
pub fn global() -> &'static Ledger {
    &GLOBAL
}
