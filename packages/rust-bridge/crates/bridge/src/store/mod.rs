//! A key-value store as an opaque object: the same entries by pointer and by handle. A value that is lent stays where
//! and what it is; replacing it, removing it and releasing the store are refused until the borrow ends.
mod by_handle;
mod by_pointer;

use contract::{CChar, Fault, FunctionPointer, Opaque, OwnedString, Status};
use core::ffi::{c_char, c_void};
use std::collections::{BTreeMap, HashMap};
use std::ffi::CString;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Gets a key and a value, valid for the call, and the user data; goes on with the next entry unless it returns 0.
type Visit = FunctionPointer<unsafe extern "C" fn(*const CChar, *const CChar, *mut c_void) -> i32>;

/// The entries of one store, ordered by key.
#[derive(Default)]
struct Entries {
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    values: BTreeMap<String, Arc<CString>>,
    /// What is lent, by address, and how many times.
    lent: HashMap<usize, Loan>,
}

struct Loan {
    value: Arc<CString>,
    times: u32,
}

impl Entries {
    fn insert(&self, key: &str, value: &str) -> Result<(), Fault> {
        // A `&str` came from a C string: there is no NUL in it.
        let value = CString::new(value).map_err(|_| Fault::argument("value", "has a NUL"))?;
        let mut table = self.table();
        table.check_not_lent(key)?;
        let former = table.values.insert(key.to_owned(), Arc::new(value));
        drop(table);
        drop(former);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Fault> {
        let mut table = self.table();
        table.check_not_lent(key)?;
        table.values.remove(key).map(drop).ok_or_else(|| missing(key))
    }

    fn get(&self, key: &str) -> Result<OwnedString, Fault> {
        let value = self.table().value(key)?;
        Ok(OwnedString::new(value.to_string_lossy().into_owned()))
    }

    /// Lends the value under a key; `begin` makes the ledger keep the store meanwhile.
    fn lend(
        &self,
        key: &str,
        length: &mut usize,
        begin: impl FnOnce() -> Result<(), Fault>,
    ) -> Result<*const c_char, Fault> {
        *length = 0;
        let mut table = self.table();
        let value = table.value(key)?;
        begin()?;
        *length = value.as_bytes().len();
        let text = value.as_ptr();
        table.lent.entry(text as usize).or_insert(Loan { value, times: 0 }).times += 1;
        Ok(text)
    }

    fn end_loan(&self, text: usize, end: impl FnOnce() -> Result<(), Fault>) -> Result<(), Fault> {
        let mut table = self.table();
        let Some(loan) = table.lent.get_mut(&text) else {
            let status = if text == 0 { Status::NullPointer } else { Status::UnknownPointer };
            return Err(Fault::new(status, format!("{text:#x} is not borrowed from this store")));
        };
        end()?;
        loan.times -= 1;
        if loan.times == 0 {
            table.lent.remove(&text);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.table().values.len()
    }

    /// Calls `visit` for what the store holds now. No lock is held meanwhile: the callback may use the store.
    fn each(&self, visit: Visit, user_data: Opaque) -> Result<usize, Fault> {
        let snapshot: Vec<(CString, Arc<CString>)> = self
            .table()
            .values
            .iter()
            .map(|(key, value)| Ok((CString::new(key.as_str())?, Arc::clone(value))))
            .collect::<Result<_, std::ffi::NulError>>()
            .map_err(|error| Fault::argument("key", error))?;
        let mut visited = 0;
        for (key, value) in &snapshot {
            visited += 1;
            // SAFETY: the caller promises a function of this type.
            let goes_on = unsafe { (visit.call)(key.as_ptr().cast(), value.as_ptr().cast(), user_data.0) };
            if goes_on == 0 {
                break;
            }
        }
        Ok(visited)
    }

    /// No code of others runs under this lock, so a poisoned one still guards consistent entries.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn value(&self, key: &str) -> Result<Arc<CString>, Fault> {
        self.values.get(key).map(Arc::clone).ok_or_else(|| missing(key))
    }

    fn check_not_lent(&self, key: &str) -> Result<(), Fault> {
        let loan = self.values.get(key).and_then(|value| self.lent.get(&(value.as_ptr() as usize)));
        match loan {
            None => Ok(()),
            Some(loan) => {
                let times = loan.times;
                debug_assert!(Arc::strong_count(&loan.value) > 1);
                let message = format!("the value under {key:?} is borrowed ({times} times); end the borrow first");
                Err(Fault::new(Status::StillBorrowed, message))
            }
        }
    }
}

fn missing(key: &str) -> Fault {
    Fault::new(Status::NotFound, format!("there is nothing under {key:?}"))
}

#[cfg(test)]
mod tests {
    use super::Entries;
    use contract::Status;

    #[test]
    fn what_is_lent_stays() {
        let entries = Entries::default();
        entries.insert("key", "value").unwrap();
        let mut length = 0;
        let text = entries.lend("key", &mut length, || Ok(())).unwrap() as usize;
        assert_eq!(length, 5);
        assert_eq!(entries.insert("key", "other").unwrap_err().status, Status::StillBorrowed);
        assert_eq!(entries.remove("key").unwrap_err().status, Status::StillBorrowed);
        assert_eq!(entries.end_loan(text + 1, || Ok(())).unwrap_err().status, Status::UnknownPointer);
        entries.end_loan(text, || Ok(())).unwrap();
        assert_eq!(entries.end_loan(text, || Ok(())).unwrap_err().status, Status::UnknownPointer);
        entries.remove("key").unwrap();
        assert_eq!(entries.lend("key", &mut length, || Ok(())).unwrap_err().status, Status::NotFound);
        assert_eq!((length, entries.len()), (0, 0));
    }
}
