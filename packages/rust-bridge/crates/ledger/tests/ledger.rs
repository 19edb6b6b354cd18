//! The ledger from outside: every mistake is refused with its own kind and a message that names the allocation.
use ledger::{Ledger, Memory, Refusal, RefusalKind, Step};
use std::sync::atomic::{AtomicUsize, Ordering};

unsafe fn nothing(_: usize, _: usize) {}

unsafe fn free_bytes(address: usize, size: usize) {
    // SAFETY: made by `make` below from a boxed slice of exactly this length.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(address as *mut u8, size)) });
}

fn make(ledger: &Ledger, size: usize, kind: &'static str) -> usize {
    let address = Box::into_raw(vec![1u8; size].into_boxed_slice()).cast::<u8>() as usize;
    let memory = Memory { address, size, kind, finalize: nothing, reclaim: free_bytes, shared: false };
    // SAFETY: the memory is a leaked box that `free_bytes` takes back.
    unsafe { ledger.register(memory, "maker") };
    address
}

fn refused<T>(outcome: Result<T, Refusal>) -> Refusal {
    match outcome {
        Ok(_) => panic!("the ledger accepted a bad pointer"),
        Err(refusal) => refusal,
    }
}

#[test]
fn counts_what_is_live() {
    let ledger = Ledger::new();
    let first = make(&ledger, 10, "string");
    let checkpoint = ledger.checkpoint();
    let second = make(&ledger, 20, "string");
    assert_eq!((ledger.census_since(0).allocations, ledger.census_since(0).bytes), (2, 30));
    assert_eq!((ledger.census_since(checkpoint).allocations, ledger.census_since(checkpoint).bytes), (1, 20));
    assert_eq!(ledger.live_since(checkpoint)[0].made.site, "maker");
    ledger.release(first, "string", "releaser").unwrap();
    ledger.release(second, "string", "releaser").unwrap();
    assert_eq!(ledger.census_since(0).allocations, 0);
}

#[test]
fn refuses_null_unknown_interior_and_wrong_kind() {
    let ledger = Ledger::new();
    let address = make(&ledger, 16, "string");
    let null = refused(ledger.release(0, "string", "free_mem"));
    assert_eq!(null.kind, RefusalKind::Null);
    assert_eq!(null.message, "the pointer is null, a string was expected");
    let local = 7u64;
    let unknown = refused(ledger.release(&raw const local as usize, "string", "free_mem"));
    assert_eq!(unknown.kind, RefusalKind::Unknown);
    let interior = refused(ledger.release(address + 3, "string", "free_mem"));
    assert_eq!(interior.kind, RefusalKind::Interior);
    assert!(interior.message.starts_with("the pointer is 3 bytes inside string #1 (16 bytes, made by maker"));
    assert_eq!(refused(ledger.release(address + 16, "string", "free_mem")).kind, RefusalKind::Unknown);
    let wrong = refused(ledger.release(address, "scene", "scene_free"));
    assert_eq!(wrong.kind, RefusalKind::WrongKind);
    assert!(wrong.message.starts_with("expected a scene, found string #1"), "{}", wrong.message);
    assert_eq!(ledger.census_since(0).allocations, 1, "a refusal releases nothing");
    ledger.release(address, "string", "free_mem").unwrap();
}

#[test]
fn names_who_released_first() {
    let ledger = Ledger::new();
    let address = make(&ledger, 5, "string");
    ledger.release(address, "string", "first_release").unwrap();
    for again in [ledger.release(address, "string", "second_release"), ledger.check(address, "string")] {
        let again = refused(again);
        assert_eq!(again.kind, RefusalKind::AlreadyReleased);
        assert!(again.message.starts_with("string #1 (5 bytes, made by maker"), "{}", again.message);
        assert!(again.message.contains("was already released by first_release (event "), "{}", again.message);
    }
}

#[test]
fn catches_a_double_free_after_fifty_allocations_every_time() {
    let ledger = Ledger::new();
    for round in 0..2000 {
        let victim = make(&ledger, 24, "string");
        ledger.release(victim, "string", "first").unwrap();
        let later: Vec<usize> = (0..50).map(|_| make(&ledger, 24, "string")).collect();
        let again = refused(ledger.release(victim, "string", "second"));
        assert_eq!(again.kind, RefusalKind::AlreadyReleased, "missed in round {round}");
        for address in later {
            ledger.release(address, "string", "cleanup").unwrap();
        }
    }
    assert_eq!(ledger.census_since(0).allocations, 0);
}

#[test]
fn poisons_released_memory_and_reclaims_it_once() {
    static FINALIZED: AtomicUsize = AtomicUsize::new(0);
    static RECLAIMED: AtomicUsize = AtomicUsize::new(0);
    unsafe fn finalize(_: usize, _: usize) {
        FINALIZED.fetch_add(1, Ordering::Relaxed);
    }
    unsafe fn reclaim(address: usize, size: usize) {
        RECLAIMED.fetch_add(1, Ordering::Relaxed);
        // SAFETY: a boxed slice of this length, made below.
        unsafe { free_bytes(address, size) }
    }
    let ledger = Ledger::new();
    let address = Box::into_raw(vec![1u8; 8].into_boxed_slice()).cast::<u8>() as usize;
    // SAFETY: as in `make`.
    unsafe { ledger.register(Memory { address, size: 8, kind: "bytes", finalize, reclaim, shared: false }, "maker") };
    ledger.release(address, "bytes", "releaser").unwrap();
    assert_eq!((FINALIZED.load(Ordering::Relaxed), RECLAIMED.load(Ordering::Relaxed)), (1, 0));
    // SAFETY: the quarantine still holds the memory.
    let seen = unsafe { std::slice::from_raw_parts(address as *const u8, 8) };
    assert_eq!(seen, [0xDD; 8]);
    ledger.flush();
    ledger.flush();
    assert_eq!((FINALIZED.load(Ordering::Relaxed), RECLAIMED.load(Ordering::Relaxed)), (1, 1));
}

#[test]
fn a_destructor_may_use_the_ledger() {
    static LEDGER: Ledger = Ledger::new();
    static CHILD: AtomicUsize = AtomicUsize::new(0);
    unsafe fn release_child(_: usize, _: usize) {
        LEDGER.release(CHILD.load(Ordering::Relaxed), "child", "parent's destructor").unwrap();
    }
    // Same shard or not, it must not deadlock: try many pairs.
    for _ in 0..200 {
        CHILD.store(make(&LEDGER, 32, "child"), Ordering::Relaxed);
        let address = Box::into_raw(vec![0u8; 32].into_boxed_slice()).cast::<u8>() as usize;
        let memory =
            Memory { address, size: 32, kind: "parent", finalize: release_child, reclaim: free_bytes, shared: false };
        // SAFETY: as in `make`.
        unsafe { LEDGER.register(memory, "maker") };
        LEDGER.release(address, "parent", "releaser").unwrap();
    }
    assert_eq!(LEDGER.census_since(0).allocations, 0);
}

#[test]
fn of_many_threads_that_release_the_same_pointer_one_succeeds() {
    let ledger = Ledger::new();
    for _ in 0..200 {
        let address = make(&ledger, 48, "string");
        let barrier = std::sync::Barrier::new(4);
        let successes = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        ledger.release(address, "string", "racer").is_ok()
                    })
                })
                .collect();
            handles.into_iter().map(|handle| handle.join().unwrap()).filter(|won| *won).count()
        });
        assert_eq!(successes, 1);
    }
}

#[test]
fn memory_stays_flat_over_many_rounds() {
    let ledger = Ledger::new();
    for _ in 0..300_000 {
        let address = make(&ledger, 64, "string");
        ledger.release(address, "string", "releaser").unwrap();
    }
    assert_eq!(ledger.census_since(0).allocations, 0);
}

#[test]
fn a_borrow_keeps_its_allocation_from_being_released() {
    let ledger = Ledger::new();
    let address = make(&ledger, 16, "store");
    ledger.borrow(address, "store", "store_get").unwrap();
    ledger.borrow(address, "store", "store_get").unwrap();
    let refusal = refused(ledger.release(address, "store", "store_free"));
    assert_eq!(refusal.kind, RefusalKind::Borrowed);
    assert!(refusal.message.contains("is still borrowed 2 times, last by store_get"), "{}", refusal.message);
    assert_eq!(ledger.live_since(0)[0].borrows, 2);
    ledger.end_borrow(address);
    assert_eq!(refused(ledger.release(address, "store", "store_free")).kind, RefusalKind::Borrowed);
    ledger.end_borrow(address);
    ledger.end_borrow(address);
    ledger.release(address, "store", "store_free").unwrap();
    assert_eq!(refused(ledger.borrow(address, "store", "store_get")).kind, RefusalKind::AlreadyReleased);
    assert_eq!(refused(ledger.borrow(0, "store", "store_get")).kind, RefusalKind::Null);
}

#[test]
fn lets_the_nth_allocation_fail_once() {
    let ledger = Ledger::new();
    ledger.fail_nth(2);
    ledger.permit("string", 1, "maker").unwrap();
    assert_eq!(refused(ledger.permit("string", 1, "maker")).kind, RefusalKind::OutOfMemory);
    ledger.permit("string", 1, "maker").unwrap();
    ledger.fail_nth(1);
    ledger.fail_nth(0);
    ledger.permit("string", 1, "maker").unwrap();
}

#[test]
fn traces_without_addresses() {
    let run = |ledger: &Ledger| {
        ledger.start_trace();
        let address = make(ledger, 8, "string");
        let _ = ledger.release(address + 1, "string", "free_mem");
        ledger.release(address, "string", "free_mem").unwrap();
        ledger.stop_trace()
    };
    let (one, other) = (Ledger::new(), Ledger::new());
    let older = make(&other, 5, "string");
    let trace = run(&one);
    assert_eq!(trace, run(&other));
    let steps: Vec<Step> = trace.iter().map(|entry| entry.step).collect();
    assert_eq!(steps, [Step::Made, Step::Refused(RefusalKind::Interior), Step::Released]);
    assert_eq!(trace[0].allocation.and_then(|allocation| allocation.number), Some(1));
    other.release(older, "string", "free_mem").unwrap();
    assert!(one.stop_trace().is_empty());
}

static RECLAIMED: AtomicUsize = AtomicUsize::new(0);

unsafe fn count_and_free(address: usize, size: usize) {
    RECLAIMED.fetch_add(1, Ordering::SeqCst);
    // SAFETY: as `free_bytes`.
    unsafe { free_bytes(address, size) }
}

#[test]
fn holds_back_as_many_blocks_as_it_is_told_to() {
    let ledger = Ledger::new();
    let make_and_release = |times: usize| {
        for _ in 0..times {
            let address = Box::into_raw(vec![1u8; 40].into_boxed_slice()).cast::<u8>() as usize;
            let memory =
                Memory { address, size: 40, kind: "string", finalize: nothing, reclaim: count_and_free, shared: false };
            // SAFETY: a leaked box that `count_and_free` takes back.
            unsafe { ledger.register(memory, "maker") };
            ledger.release(address, "string", "free_mem").unwrap();
        }
        RECLAIMED.load(Ordering::SeqCst)
    };
    assert_eq!(make_and_release(64), 0);
    ledger.hold_back(0);
    assert!(make_and_release(1000) >= 1000);
    ledger.flush();
    assert_eq!(RECLAIMED.load(Ordering::SeqCst), 1064);
}

/// What of this process is in memory, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

#[test]
fn creating_and_freeing_leaves_memory_flat() {
    let rounds = if std::env::var_os("CFUNC_FULL").is_some() { 10_000_000 } else { 300_000 };
    let ledger = Ledger::new();
    let run = |rounds: usize| {
        for round in 0..rounds {
            let address = make(&ledger, 16 + round % 100, "string");
            ledger.release(address, "string", "free_mem").unwrap();
        }
    };
    // Fills quarantine and tombstones, which are as large as they get then.
    run(200_000);
    let before = resident();
    run(rounds);
    let grown = resident().saturating_sub(before);
    assert!(grown < 16 * 1024, "{rounds} rounds took {grown} KiB more");
    assert_eq!(ledger.census_since(0).allocations, 0);
}
