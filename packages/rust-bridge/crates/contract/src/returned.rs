//! How each kind of result goes to C, and what goes instead when the call failed.
use crate::ctype::{CType, TypeRecord};
use crate::fault::Fault;
use crate::record::{Ownership, ResultRecord};
use core::ffi::c_char;
use ledger::Memory;

/// The kind under which strings are on record in the ledger.
pub const STRING: &str = "string";

/// A type that an exported function may return.
pub trait Returned: Sized {
    /// How it crosses.
    type C;
    /// What the contract says about it.
    const RESULT: ResultRecord;
    /// What the contract says about a failure's result.
    const SENTINEL: &'static str;

    /// Hands it over. `site` is the exported function, for the ledger.
    fn into_c(self, site: &'static str) -> Self::C;

    /// What is returned when the call failed.
    fn sentinel(fault: &Fault) -> Self::C;
}

const fn value(ctype: TypeRecord) -> ResultRecord {
    ResultRecord { ctype, status: false, ownership: None, destructor: None, encoding: None }
}

/// A function with nothing to return returns how it went.
impl Returned for () {
    type C = i32;
    const RESULT: ResultRecord = ResultRecord { status: true, ..value(<i32 as CType>::TYPE) };
    const SENTINEL: &'static str = "the status code";

    fn into_c(self, _: &'static str) -> i32 {
        0
    }

    fn sentinel(fault: &Fault) -> i32 {
        fault.status as i32
    }
}

macro_rules! numbers {
    ($($type:ty => $sentinel:expr, $text:literal;)+) => {$(
        impl Returned for $type {
            type C = $type;
            const RESULT: ResultRecord = value(<$type as CType>::TYPE);
            const SENTINEL: &'static str = $text;

            fn into_c(self, _: &'static str) -> $type {
                self
            }

            fn sentinel(_: &Fault) -> $type {
                $sentinel
            }
        }
    )+};
}

numbers! {
    f64 => f64::NAN, "NaN";
    u64 => u64::MAX, "2^64 - 1";
}

/// A string that the caller will own: NUL-terminated UTF-8, on record in the ledger, released with `free_mem`.
pub struct OwnedString(String);

impl OwnedString {
    /// Text without NUL; a NUL in it is replaced by U+FFFD, since C could not see what follows.
    pub fn new(text: String) -> Self {
        Self(if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text })
    }
}

impl Returned for OwnedString {
    type C = *mut c_char;
    const RESULT: ResultRecord = ResultRecord {
        ownership: Some(Ownership::Owned),
        destructor: Some("free_mem"),
        encoding: Some("utf-8"),
        ..value(TypeRecord::Pointer { to: &TypeRecord::Scalar { name: "char" }, constant: false })
    };
    const SENTINEL: &'static str = "NULL";

    fn into_c(self, site: &'static str) -> *mut c_char {
        let mut bytes = self.0.into_bytes();
        bytes.push(0);
        let size = bytes.len();
        let address = Box::into_raw(bytes.into_boxed_slice()).cast::<u8>();
        let memory =
            Memory { address: address as usize, size, kind: STRING, finalize: nothing_to_drop, reclaim: reclaim_bytes };
        // SAFETY: a leaked box of bytes, taken back by `reclaim_bytes`.
        unsafe { ledger::global().register(memory, site) };
        address.cast()
    }

    fn sentinel(_: &Fault) -> *mut c_char {
        std::ptr::null_mut()
    }
}

unsafe fn nothing_to_drop(_: usize, _: usize) {}

unsafe fn reclaim_bytes(address: usize, size: usize) {
    // SAFETY: `into_c` leaked a boxed slice of this length at this address.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(address as *mut u8, size)) });
}
