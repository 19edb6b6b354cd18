//! Numbers in and out.
use crate::strings::print_line;
use contract::{Fault, ffi_export};

/// Prints `Python gave us number N` and a line break on standard output.
#[ffi_export]
fn print_int(number: &i32) -> Result<(), Fault> {
    print_line(&format!("Python gave us number {number}"))
}
