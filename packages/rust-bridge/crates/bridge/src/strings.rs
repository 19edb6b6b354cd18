//! Strings in and out, and the one destructor of every string that this library hands out.
use contract::{Fault, STRING, Status, Surrendered, ffi_export};
use std::io::Write;

/// Prints a string and a line break on standard output.
#[ffi_export]
fn print_string(text: &str) -> Result<(), Fault> {
    print_line(text)
}

/// Releases a string that this library returned, once. Null, unknown, interior and already released pointers are
/// refused, each with its own code, and nothing is touched then.
#[ffi_export]
fn free_mem(text: Surrendered) -> Result<(), Fault> {
    ledger::global().release(text.0, STRING, "free_mem")?;
    Ok(())
}

/// One line, flushed: the caller's own output, through other buffers, must not overtake it.
pub(crate) fn print_line(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|error| Fault::new(Status::OutputFailed, format!("standard output cannot be written: {error}")))
}
