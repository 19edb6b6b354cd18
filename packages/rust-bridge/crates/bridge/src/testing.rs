//! Exports that fail on purpose, so that callers can test how failures reach them.
use contract::{Fault, ffi_export, panic_in_next_call};

/// Panics with the given message. The panic must arrive as a status, never as a crash.
#[ffi_export]
fn test_panic(message: &str) -> Result<(), Fault> {
    panic!("{message}")
}

/// Makes the next call of whichever function panic, before it looks at its arguments. It must end with the status
/// `panic` and do nothing else.
#[ffi_export(single)]
fn test_panic_next() {
    panic_in_next_call();
}
