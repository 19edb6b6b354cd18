//! Exports that fail on purpose, so that callers can test how failures reach them.
use contract::{Fault, ffi_export};

/// Panics with the given message. The panic must arrive as a status, never as a crash.
#[ffi_export]
fn test_panic(message: &str) -> Result<(), Fault> {
    panic!("{message}")
}
