//! What a function that fails answers: a status from the table and a sentence for a person.
use crate::status::Status;
use ledger::{Refusal, RefusalKind};
use std::fmt;

/// A failure on its way to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its code.
    pub status: Status,
    /// What is wrong and with what, without the name of the function, which is put in front at the boundary.
    pub message: String,
    /// Where in a JSON request, as a JSON pointer (RFC 6901).
    pub pointer: Option<String>,
}

impl Fault {
    /// A failure outside of a JSON request.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), pointer: None }
    }

    /// A failure at a place in a JSON request. The message names the place too.
    pub fn at(pointer: impl Into<String>, status: Status, message: impl fmt::Display) -> Self {
        let pointer = pointer.into();
        let place = if pointer.is_empty() { "the request" } else { pointer.as_str() };
        Self { status, message: format!("{place}: {message}"), pointer: Some(pointer) }
    }

    /// `Status::InvalidArgument` about the parameter `name`.
    pub fn argument(name: &str, message: impl fmt::Display) -> Self {
        Self::new(Status::InvalidArgument, format!("{name} {message}"))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.kind {
            RefusalKind::Null => Status::NullPointer,
            RefusalKind::Unknown => Status::UnknownPointer,
            RefusalKind::Interior => Status::InteriorPointer,
            RefusalKind::WrongKind => Status::WrongKind,
            RefusalKind::AlreadyReleased => Status::AlreadyReleased,
            RefusalKind::Borrowed => Status::StillBorrowed,
            RefusalKind::OutOfMemory => Status::OutOfMemory,
        };
        Self::new(status, refusal.message)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status.name(), self.message)
    }
}

impl std::error::Error for Fault {}
