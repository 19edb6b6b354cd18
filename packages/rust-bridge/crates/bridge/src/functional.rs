//! Map, filter, fold and sort over the caller's buffers, with C functions given by address. Results are gathered first
//! and written when everything went well; the buffers may overlap.
use contract::{CBool, Fault, FunctionPointer, InPlace, Input, Output, Status, ffi_export, guard};
use std::cmp::Ordering;

type OfNumber = FunctionPointer<unsafe extern "C" fn(f64) -> f64>;
type Predicate = FunctionPointer<unsafe extern "C" fn(f64) -> CBool>;
type Step = FunctionPointer<unsafe extern "C" fn(f64, f64) -> f64>;
type Comparator = FunctionPointer<unsafe extern "C" fn(f64, f64) -> i32>;

/// `output[i] = fn(input[i])` for `n` numbers.
#[ffi_export]
fn map_doubles(
    fn_ptr: OfNumber,
    #[length(n)] input: Input<f64>,
    #[length(n)] output: Output<f64>,
    n: usize,
) -> Result<(), Fault> {
    // SAFETY: the caller promises a function of this type.
    let mapped = gathered(n, input.iter().map(|number| unsafe { (fn_ptr.call)(number) }))?;
    write_all(output, &mapped);
    Ok(())
}

/// The numbers for which the function returns true, in order. Gives how many they are; the rest of `output` stays as it
/// was.
#[ffi_export]
fn filter_doubles(
    fn_ptr: Predicate,
    #[length(n)] input: Input<f64>,
    #[length(n)] output: Output<f64>,
    n: usize,
) -> Result<usize, Fault> {
    // SAFETY: the caller promises a function of this type.
    let kept = gathered(n, input.iter().filter(|number| unsafe { (fn_ptr.call)(*number) }.is_true()))?;
    write_all(output, &kept);
    Ok(kept.len())
}

/// `fn(... fn(fn(start, input[0]), input[1]) ...)`; `start` where there are no numbers.
#[ffi_export]
fn fold_doubles(fn_ptr: Step, start: f64, #[length(n)] input: Input<f64>, n: usize) -> f64 {
    debug_assert_eq!(input.len(), n);
    // SAFETY: the caller promises a function of this type.
    input.iter().fold(start, |sum, number| unsafe { (fn_ptr.call)(sum, number) })
}

/// Sorts `n` numbers in place. `compare(a, b)` returns less than 0 where `a` comes first, more than 0 where `b` does, and
/// 0 where they keep their order. A function that contradicts itself is an error where it is noticed, and harmless
/// where it is not: the same numbers come out.
#[ffi_export]
fn sort_doubles(compare: Comparator, #[length(n)] values: InPlace<f64>, n: usize) -> Result<(), Fault> {
    let mut sorted = gathered(n, values.iter())?;
    // The standard library panics where it notices an order that is none.
    let sorted = guard(move || {
        sorted.sort_by(|a, b| {
            // SAFETY: the caller promises a function of this type.
            let order = unsafe { (compare.call)(*a, *b) };
            if order < 0 { Ordering::Less } else { order.cmp(&0) }
        });
        Ok(sorted)
    });
    let contradicts = |_| Fault::new(Status::CallbackFailed, "compare contradicts itself: it is no order");
    let sorted = sorted.map_err(contradicts)?;
    let mut values = values;
    sorted.into_iter().enumerate().for_each(|(i, value)| values.set(i, value));
    Ok(())
}

fn gathered(n: usize, numbers: impl Iterator<Item = f64>) -> Result<Vec<f64>, Fault> {
    let mut all = Vec::new();
    all.try_reserve_exact(n)
        .map_err(|_| Fault::new(Status::OutOfMemory, format!("there is no memory for {n} numbers more")))?;
    all.extend(numbers);
    Ok(all)
}

fn write_all(mut output: Output<'_, f64>, numbers: &[f64]) {
    numbers.iter().enumerate().for_each(|(i, number)| output.set(i, *number));
}
