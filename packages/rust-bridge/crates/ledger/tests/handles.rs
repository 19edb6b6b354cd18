//! Handles from outside: never used twice, checked by kind, and alive until the last call has ended.
use ledger::{Handles, Ledger, RefusalKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_released_handle_is_recognised_however_late() {
    let (handles, ledger) = (Handles::new(), Ledger::new());
    let first = handles.insert(&ledger, 1u32, "number", "make").map_err(|(why, _)| why).unwrap();
    assert_eq!(*handles.get::<u32>(first, "number").unwrap(), 1);
    handles.release(&ledger, first, "number", "free").unwrap();
    let stale = handles.get::<u32>(first, "number").unwrap_err();
    assert_eq!(stale.kind, RefusalKind::AlreadyReleased);
    assert!(stale.message.contains("made by make") && stale.message.contains("released by free"), "{}", stale.message);
    for i in 0..1000 {
        let next = handles.insert(&ledger, i, "number", "make").map_err(|(why, _)| why).unwrap();
        assert!(next != first && next < 1 << 53);
        assert_eq!(handles.release(&ledger, first, "number", "free").unwrap_err().kind, RefusalKind::AlreadyReleased);
        handles.release(&ledger, next, "number", "free").unwrap();
    }
    assert_eq!(ledger.census_since(0).allocations, 0);
}

#[test]
fn refuses_null_unknown_and_wrong_kinds() {
    let (handles, ledger) = (Handles::new(), Ledger::new());
    let handle = handles.insert(&ledger, 1u32, "number", "make").map_err(|(why, _)| why).unwrap();
    let kind_of = |handle, kind| handles.get::<u32>(handle, kind).unwrap_err().kind;
    assert_eq!(kind_of(0, "number"), RefusalKind::Null);
    for strange in [handle + 1, handle + (2 << 24), 12, u64::MAX, 1 << 24 | 5] {
        assert_eq!(kind_of(strange, "number"), RefusalKind::Unknown, "{strange:#x}");
    }
    assert_eq!(kind_of(handle, "scene"), RefusalKind::WrongKind);
    assert_eq!(handles.release(&ledger, handle, "scene", "free").unwrap_err().kind, RefusalKind::WrongKind);
    handles.release(&ledger, handle, "number", "free").unwrap();
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn an_object_outlives_its_handle_until_the_last_call_ends() {
    let (handles, ledger, drops) = (Handles::new(), Ledger::new(), Arc::new(AtomicUsize::new(0)));
    let handle =
        handles.insert(&ledger, Counted(Arc::clone(&drops)), "counted", "make").map_err(|(why, _)| why).unwrap();
    let in_use = handles.get::<Counted>(handle, "counted").unwrap();
    handles.release(&ledger, handle, "counted", "free").unwrap();
    assert_eq!(drops.load(Ordering::SeqCst), 0);
    drop(in_use);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    ledger.flush();
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn of_threads_that_release_at_once_one_succeeds() {
    let (handles, ledger) = (Handles::new(), Ledger::new());
    for _ in 0..500 {
        let handle = handles.insert(&ledger, 5u8, "number", "make").map_err(|(why, _)| why).unwrap();
        let successes = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..3).map(|_| scope.spawn(|| handles.release(&ledger, handle, "number", "free").is_ok())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).filter(|released| *released).count()
        });
        assert_eq!(successes, 1);
    }
    assert_eq!(ledger.census_since(0).allocations, 0);
}
