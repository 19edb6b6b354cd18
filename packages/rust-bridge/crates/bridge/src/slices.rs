//! Slices: buffers of the caller's, read or filled in place.
use contract::{Input, Output, ffi_export};

/// The sum of the even numbers among `n`.
#[ffi_export]
fn sum_of_even(#[length(n)] numbers: Input<i32>, n: usize) -> i64 {
    debug_assert_eq!(numbers.len(), n);
    // It would take 2^32 numbers to overflow, each of them at an end of its range: 16 GiB of them.
    numbers.iter().filter(|number| number % 2 == 0).fold(0, |sum: i64, number| sum.saturating_add(i64::from(number)))
}

/// Fills the caller's buffer with `start`, `start + step`, `start + 2 * step`, ...
#[ffi_export]
fn fill_range(start: f64, step: f64, #[length(n)] out: Output<f64>, n: usize) {
    let mut out = out;
    for i in 0..n {
        out.set(i, start + step * i as f64);
    }
}
