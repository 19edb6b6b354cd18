//! The store by pointer.
use super::{Entries, Visit};
use contract::{Fault, Lease, Lender, Lent, LentAddress, Object, Opaque, Owned, OwnedString, Yielded, ffi_export};

/// A store that is handed out by pointer.
#[derive(Default)]
struct Store(Entries);

impl Object for Store {
    const KIND: &'static str = "store";
    const TAG: &'static str = "store";
    const DESTRUCTOR: &'static str = "store_free";
}

impl Lender for Store {
    const END_BORROW: &'static str = "store_end_borrow";
}

/// Makes an empty store, ordered by key.
#[ffi_export]
fn store_new() -> Owned<Store> {
    Owned(Store::default())
}

/// Puts a value under a key; what was there before is replaced, unless it is borrowed.
#[ffi_export]
fn store_insert(store: Lease<Store>, key: &str, value: &str) -> Result<(), Fault> {
    store.0.insert(key, value)
}

/// Removes what is under a key, unless it is borrowed.
#[ffi_export]
fn store_remove(store: Lease<Store>, key: &str) -> Result<(), Fault> {
    store.0.remove(key)
}

/// A copy of the value under a key.
#[ffi_export]
fn store_get(store: Lease<Store>, key: &str) -> Result<OwnedString, Fault> {
    store.0.get(key)
}

/// The value under a key, where the store keeps it, and its bytes in `length`. Until the borrow ends the value cannot be
/// replaced or removed, and the store cannot be released.
#[ffi_export]
fn store_borrow(store: Lease<Store>, key: &str, length: &mut usize) -> Result<Lent<Store>, Fault> {
    let begin = || Ok(ledger::global().lend(store.address(), Store::KIND, "store_borrow").map(drop)?);
    store.0.lend(key, length, begin).map(Lent::new)
}

/// Ends one borrow of a value. An address that is not borrowed from this store is refused.
#[ffi_export]
fn store_end_borrow(store: Lease<Store>, value: LentAddress) -> Result<(), Fault> {
    let end = || Ok(ledger::global().give_back(store.address(), Store::KIND, "store_end_borrow").map(drop)?);
    store.0.end_loan(value.0, end)
}

/// How many entries there are.
#[ffi_export]
fn store_length(store: Lease<Store>) -> usize {
    store.0.len()
}

/// Calls a function with each key and value, in the order of the keys, as long as it returns something else than 0.
/// Gives the number of calls. The function may use the store; it sees the entries as they were at the start.
#[ffi_export]
fn store_each(store: Lease<Store>, visit: Visit, user_data: Opaque) -> Result<usize, Fault> {
    store.0.each(visit, user_data)
}

/// Releases a store, once. Refused while a value is borrowed from it.
#[ffi_export]
fn store_free(store: Yielded<Store>) -> Result<(), Fault> {
    store.release()
}
