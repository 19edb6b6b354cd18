//! What the ledger costs, as one line of JSON, in nanoseconds: an allocation and its release, with and without the
//! ledger, on one thread and on two; a look-up of a handle. The medians of many rounds.
use ledger::{Handles, Ledger, Memory};
use std::hint::black_box;
use std::time::Instant;

/// Rounds are short, so that most of them run without the scheduler coming in between.
const ROUNDS: usize = 301;
const CALLS: usize = 4_000;

unsafe fn nothing(_: usize, _: usize) {}

unsafe fn free_bytes(address: usize, size: usize) {
    // SAFETY: made by `recorded` from a boxed slice of this length.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(address as *mut u8, size)) });
}

fn plain() {
    for i in 0..CALLS {
        drop(black_box(vec![1u8; 32 + i % 32].into_boxed_slice()));
    }
}

fn recorded(ledger: &Ledger) {
    for i in 0..CALLS {
        let size = 32 + i % 32;
        let address = Box::into_raw(vec![1u8; size].into_boxed_slice()).cast::<u8>() as usize;
        let memory = Memory { address, size, kind: "string", finalize: nothing, reclaim: free_bytes, shared: false };
        // SAFETY: a leaked box that `free_bytes` takes back.
        unsafe { ledger.register(memory, "maker") };
        let _ = black_box(ledger.release(address, "string", "free_mem"));
    }
}

/// Nanoseconds a call, the median of the rounds.
fn measure(mut body: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            body();
            start.elapsed().as_nanos() as f64 / CALLS as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// What each of two threads that run at once measures, on average.
fn measure_on_two_threads(body: impl Fn() + Sync) -> f64 {
    std::thread::scope(|scope| {
        let other = scope.spawn(|| measure(&body));
        let own = measure(&body);
        (own + other.join().unwrap_or(f64::NAN)) / 2.0
    })
}

fn main() {
    let (ledger, handles) = (Ledger::new(), Handles::new());
    recorded(&ledger);
    let handle = match handles.insert(&ledger, 7u64, "number", "make") {
        Ok(handle) => handle,
        Err((refusal, _)) => return eprintln!("{refusal}"),
    };
    let look_up = || {
        for _ in 0..CALLS {
            let _ = black_box(handles.get::<u64>(black_box(handle), "number"));
        }
    };
    let rows = [
        ("plain", measure(plain)),
        ("ledger", measure(|| recorded(&ledger))),
        ("plainTwo", measure_on_two_threads(plain)),
        ("ledgerTwo", measure_on_two_threads(|| recorded(&ledger))),
        ("handle", measure(look_up)),
    ];
    let parts: Vec<String> = rows.iter().map(|(name, value)| format!("\"{name}\":{value:.1}")).collect();
    println!("{{{}}}", parts.join(","));
}
