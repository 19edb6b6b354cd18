//! The wall around every exported function: no panic leaves it, and every outcome becomes a status.
use crate::fault::Fault;
use crate::status::{BridgeStatus, Status};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

static PANIC_NEXT: AtomicBool = AtomicBool::new(false);

/// Makes the next exported function panic that is called, whichever it is, before it looks at its arguments: so it can
/// be seen that a panic in each of them becomes a status.
pub fn panic_in_next_call() {
    PANIC_NEXT.store(true, Ordering::Relaxed);
}

/// `guard` for a whole exported function.
pub fn guard_export<T>(body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    guard(|| {
        if PANIC_NEXT.load(Ordering::Relaxed) && PANIC_NEXT.swap(false, Ordering::Relaxed) {
            panic!("on request");
        }
        body()
    })
}

/// Runs `body`; a panic in it becomes `Status::Panic` with the panic's message and place.
pub fn guard<T>(body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    install_hook();
    DEPTH.with(|depth| depth.set(depth.get() + 1));
    let outcome = catch_unwind(AssertUnwindSafe(body));
    DEPTH.with(|depth| depth.set(depth.get() - 1));
    outcome.unwrap_or_else(|payload| {
        // Dropping a payload may panic too; leaking it cannot.
        std::mem::forget(payload);
        let message = LAST_PANIC.with(|last| last.borrow_mut().take());
        Err(Fault::new(Status::Panic, message.unwrap_or_else(|| "panicked".into())))
    })
}

/// Tells the caller how the call ended. A null `status` means that the caller does not want to know.
///
/// # Safety
/// `status` is null or points to a `bridge_status`.
pub unsafe fn report<T>(status: *mut BridgeStatus, site: &str, outcome: &Result<T, Fault>) {
    if status.is_null() || !status.is_aligned() {
        return;
    }
    let filled = match outcome {
        Ok(_) => BridgeStatus::ok(),
        Err(fault) => BridgeStatus::failed(site, fault),
    };
    // SAFETY: not null, aligned, and the caller promises the rest.
    unsafe { status.write(filled) }
}

/// Inside a guard a panic is remembered and not printed; elsewhere the former hook decides.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let former = take_hook();
        set_hook(Box::new(move |info| {
            if DEPTH.try_with(Cell::get).unwrap_or(0) == 0 {
                former(info);
            } else {
                LAST_PANIC.with(|last| *last.borrow_mut() = Some(describe(info)));
            }
        }));
    });
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let literal = payload.downcast_ref::<&str>().copied();
    let text = literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    match info.location() {
        Some(place) => format!("panicked: {text} ({}:{})", place.file(), place.line()),
        None => format!("panicked: {text}"),
    }
}
