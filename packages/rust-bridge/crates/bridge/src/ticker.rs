//! A thread of its own that calls back at even intervals until it is stopped.
use contract::{Fault, FunctionPointer, NewHandle, Object, Opaque, Status, YieldedHandle, ffi_export, guard};
use core::ffi::c_void;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};

type Tick = FunctionPointer<unsafe extern "C" fn(u64, *mut c_void)>;

struct Ticker {
    bell: Arc<Bell>,
    thread: Mutex<Option<JoinHandle<Result<u64, Fault>>>>,
    id: ThreadId,
}

impl Object for Ticker {
    const KIND: &'static str = "ticker";
    const TAG: &'static str = "ticker";
    const DESTRUCTOR: &'static str = "ticker_stop";

    /// Nobody could stop it any more.
    fn abandon(self) {
        let _ = self.end();
    }
}

impl Ticker {
    /// Waits for the thread, and gives the number of ticks.
    fn end(&self) -> Result<u64, Fault> {
        self.bell.ring();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        match thread.map(JoinHandle::join) {
            Some(Ok(ticks)) => ticks,
            Some(Err(_)) | None => Err(Fault::new(Status::Panic, "the ticker's thread panicked")),
        }
    }
}

/// Wakes the thread when it shall stop.
#[derive(Default)]
struct Bell {
    stopped: Mutex<bool>,
    rings: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.rings.notify_all();
    }

    /// Waits until a time or the bell; true for the bell.
    fn rings_before(&self, time: Instant) -> bool {
        let stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        let left = time.saturating_duration_since(Instant::now());
        let waited = self.rings.wait_timeout_while(stopped, left, |stopped| !*stopped);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

struct UserData(*mut c_void);

// SAFETY: nobody here looks behind it; the caller promises that its function may, on the ticker's thread.
unsafe impl Send for UserData {}

/// Starts a thread that calls `fn(0, user_data)`, `fn(1, user_data)`, ... every `interval` microseconds, from 1 to
/// 3600000000 (an hour), until `ticker_stop`. A tick that is late because the one before took long comes at once.
#[ffi_export]
fn ticker_start(
    #[any_thread]
    #[until(ticker_stop)]
    fn_ptr: Tick,
    #[until(ticker_stop)] user_data: Opaque,
    interval: u32,
) -> Result<NewHandle<Ticker>, Fault> {
    if interval == 0 || interval > 3_600_000_000 {
        return Err(Fault::argument("interval", format!("is {interval} microseconds, but must be from 1 to an hour")));
    }
    let bell = Arc::new(Bell::default());
    let (for_thread, user_data) = (Arc::clone(&bell), UserData(user_data.0));
    let interval = Duration::from_micros(u64::from(interval));
    let run = move || guard(|| Ok(tick(fn_ptr, &user_data, interval, &for_thread)));
    let thread = std::thread::Builder::new()
        .name("ticker".into())
        .spawn(run)
        .map_err(|error| Fault::new(Status::NoThread, format!("no thread started: {error}")))?;
    let id = thread.thread().id();
    Ok(NewHandle(Ticker { bell, thread: Mutex::new(Some(thread)), id }))
}

fn tick(function: Tick, user_data: &UserData, interval: Duration, bell: &Bell) -> u64 {
    let (mut count, mut next) = (0, Instant::now() + interval);
    while !bell.rings_before(next) {
        // SAFETY: the caller promises a function of this type until the ticker is stopped.
        unsafe { (function.call)(count, user_data.0) };
        count += 1;
        next = (next + interval).max(Instant::now());
    }
    count
}

/// Stops a ticker, once, waits for the tick that is under way, and gives the number of ticks. After that the function
/// is not called any more. The function itself cannot stop its ticker.
#[ffi_export]
fn ticker_stop(ticker: YieldedHandle<Ticker>) -> Result<u64, Fault> {
    let object = ticker.look()?;
    if object.id == std::thread::current().id() {
        return Err(Fault::argument("ticker", "cannot be stopped by its own function, which would wait for itself"));
    }
    ticker.release()?;
    object.end()
}
