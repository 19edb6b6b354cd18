//! Why the ledger refused a pointer. Every message names the allocation, where it was made, and who released it first;
//! the name of the function that was called goes in front of it at the boundary.
use crate::allocation::Allocation;
use std::fmt;

/// Which mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// A null pointer.
    Null,
    /// An address that never came from here.
    Unknown,
    /// An address inside a live allocation, not its first byte.
    Interior,
    /// A live allocation of another kind.
    WrongKind,
    /// Released before.
    AlreadyReleased,
    /// Something still borrows it.
    Borrowed,
    /// There is no memory for another allocation, or a test asked for this.
    OutOfMemory,
}

/// A refused pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which mistake.
    pub kind: RefusalKind,
    /// One sentence for a person.
    pub message: String,
}

impl Refusal {
    pub(crate) fn null(kind: &str) -> Self {
        Self { kind: RefusalKind::Null, message: format!("the pointer is null, a {kind} was expected") }
    }

    pub(crate) fn unknown(kind: &str, address: usize) -> Self {
        let message = format!("{address:#x} is not a {kind} that this library handed out");
        Self { kind: RefusalKind::Unknown, message }
    }

    pub(crate) fn interior(address: usize, inside: &Allocation) -> Self {
        let offset = address - inside.address();
        let message = format!("the pointer is {offset} bytes inside {inside}; pass its first byte");
        Self { kind: RefusalKind::Interior, message }
    }

    pub(crate) fn wrong_kind(kind: &str, found: &Allocation) -> Self {
        Self { kind: RefusalKind::WrongKind, message: format!("expected a {kind}, found {found}") }
    }

    pub(crate) fn borrowed(allocation: &Allocation) -> Self {
        let times = if allocation.borrows == 1 { String::new() } else { format!(" {} times", allocation.borrows) };
        let last = allocation.borrower.map_or_else(String::new, |event| format!(", last by {event}"));
        let message = format!("{allocation} is still borrowed{times}{last}; end the borrow before the release");
        Self { kind: RefusalKind::Borrowed, message }
    }

    /// No memory for `size` bytes of a `kind`.
    pub fn out_of_memory(kind: &str, size: usize) -> Self {
        let message = format!("there is no memory for a {kind} of {size} bytes");
        Self { kind: RefusalKind::OutOfMemory, message }
    }

    pub(crate) fn already_released(allocation: &Allocation) -> Self {
        let first = allocation.released.map_or_else(|| "a call under way".into(), |event| event.to_string());
        let message = format!("{allocation} was already released by {first}");
        Self { kind: RefusalKind::AlreadyReleased, message }
    }
}

impl RefusalKind {
    /// Its name in a trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown => "unknown",
            Self::Interior => "interior",
            Self::WrongKind => "wrong_kind",
            Self::AlreadyReleased => "already_released",
            Self::Borrowed => "borrowed",
            Self::OutOfMemory => "out_of_memory",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
