//! The store by handle.
use super::{Entries, Visit};
use contract::{
    Fault, Handle, Lender, Lent, LentAddress, NewHandle, Object, Opaque, OwnedString, YieldedHandle, ffi_export,
};

/// A store that is handed out by handle.
#[derive(Default)]
struct KeyValues(Entries);

impl Object for KeyValues {
    const KIND: &'static str = "kv";
    const TAG: &'static str = "kv";
    const DESTRUCTOR: &'static str = "kv_close";
}

impl Lender for KeyValues {
    const END_BORROW: &'static str = "kv_end_borrow";
}

/// Makes an empty store, ordered by key.
#[ffi_export]
fn kv_open() -> NewHandle<KeyValues> {
    NewHandle(KeyValues::default())
}

/// Puts a value under a key; what was there before is replaced, unless it is borrowed.
#[ffi_export]
fn kv_insert(store: Handle<KeyValues>, key: &str, value: &str) -> Result<(), Fault> {
    store.0.insert(key, value)
}

/// Removes what is under a key, unless it is borrowed.
#[ffi_export]
fn kv_remove(store: Handle<KeyValues>, key: &str) -> Result<(), Fault> {
    store.0.remove(key)
}

/// A copy of the value under a key.
#[ffi_export]
fn kv_get(store: Handle<KeyValues>, key: &str) -> Result<OwnedString, Fault> {
    store.0.get(key)
}

/// The value under a key, where the store keeps it, and its bytes in `length`. Until the borrow ends the value cannot be
/// replaced or removed, and the store cannot be released.
#[ffi_export]
fn kv_borrow(store: Handle<KeyValues>, key: &str, length: &mut usize) -> Result<Lent<KeyValues>, Fault> {
    let begin = || Ok(ledger::global().lend(store.address(), KeyValues::KIND, "kv_borrow").map(drop)?);
    store.0.lend(key, length, begin).map(Lent::new)
}

/// Ends one borrow of a value. An address that is not borrowed from this store is refused.
#[ffi_export]
fn kv_end_borrow(store: Handle<KeyValues>, value: LentAddress) -> Result<(), Fault> {
    let end = || Ok(ledger::global().give_back(store.address(), KeyValues::KIND, "kv_end_borrow").map(drop)?);
    store.0.end_loan(value.0, end)
}

/// How many entries there are.
#[ffi_export]
fn kv_length(store: Handle<KeyValues>) -> usize {
    store.0.len()
}

/// Calls a function with each key and value, in the order of the keys, as long as it returns something else than 0.
/// Gives the number of calls. The function may use the store; it sees the entries as they were at the start.
#[ffi_export]
fn kv_each(store: Handle<KeyValues>, visit: Visit, user_data: Opaque) -> Result<usize, Fault> {
    store.0.each(visit, user_data)
}

/// Releases a store, once. Refused while a value is borrowed from it.
#[ffi_export]
fn kv_close(store: YieldedHandle<KeyValues>) -> Result<(), Fault> {
    store.release()
}
