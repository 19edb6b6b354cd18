//! C functions given by address, called on the caller's buffers and from many threads.
use contract::{Fault, FunctionPointer, Input, Output, Status, ffi_export, guard};

type Matrix = FunctionPointer<unsafe extern "C" fn(*mut f64, *mut f64, i32, i32)>;
type OfIndex = FunctionPointer<unsafe extern "C" fn(i32) -> f64>;

/// More threads than this are refused: it is a slip, and would exhaust the machine.
const MOST_THREADS: i32 = 1024;

/// Turns an address into a C function `void(double *input, double *output, int m, int n)` and calls it once on the
/// caller's buffers of `m * n` elements. The buffers may overlap.
#[ffi_export]
fn compute_from_rust(
    fn_ptr: Matrix,
    #[length(m * n)] input: Input<f64>,
    #[length(m * n)] output: Output<f64>,
    m: i32,
    n: i32,
) {
    // SAFETY: the caller promises a function of this type; the buffers hold m * n elements.
    unsafe { (fn_ptr.call)(input.as_ptr().cast_mut(), output.as_mut_ptr(), m, n) }
}

/// Calls a `double(int32_t)` from `n_threads` native threads at once. Each thread passes 0, 1, ... `n_calls - 1`;
/// `out[t]` becomes the sum of what thread `t` got. At most 1024 threads.
#[ffi_export]
fn call_on_threads(
    #[any_thread] fn_ptr: OfIndex,
    n_threads: i32,
    n_calls: i32,
    #[length(n_threads)] out: Output<f64>,
) -> Result<(), Fault> {
    if n_threads > MOST_THREADS {
        return Err(Fault::argument("n_threads", format!("is {n_threads}, at most {MOST_THREADS} are allowed")));
    }
    if n_calls < 0 {
        return Err(Fault::argument("n_calls", format!("is {n_calls}, but cannot be negative")));
    }
    let sums = std::thread::scope(|scope| {
        let started: Result<Vec<_>, Fault> = (0..n_threads)
            .map(|_| std::thread::Builder::new().spawn_scoped(scope, move || guard(|| Ok(sum(fn_ptr, n_calls)))))
            .map(|spawned| spawned.map_err(|error| Fault::new(Status::NoThread, format!("no thread started: {error}"))))
            .collect();
        started?.into_iter().map(joined).collect::<Result<Vec<f64>, Fault>>()
    })?;
    // Nothing is written before every thread is done: a failure leaves the caller's buffer as it was.
    let mut out = out;
    for (thread, sum) in sums.into_iter().enumerate() {
        out.set(thread, sum);
    }
    Ok(())
}

fn sum(function: OfIndex, n_calls: i32) -> f64 {
    // SAFETY: the caller promises a function of this type that may run on any thread.
    let value = |i| unsafe { (function.call)(i) };
    // Not `sum()`, which begins with -0.
    (0..n_calls).fold(0.0, |sum, i| sum + value(i))
}

fn joined(handle: std::thread::ScopedJoinHandle<'_, Result<f64, Fault>>) -> Result<f64, Fault> {
    handle.join().unwrap_or_else(|_| Err(Fault::new(Status::Panic, "a thread panicked")))
}
