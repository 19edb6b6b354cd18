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
    fn into_c(self, site: &'static str) -> Result<Self::C, Fault>;

    /// What is returned when the call failed.
    fn sentinel(fault: &Fault) -> Self::C;
}

/// A function with nothing to return returns how it went.
impl Returned for () {
    type C = i32;
    const RESULT: ResultRecord = ResultRecord { status: true, ..ResultRecord::value(<i32 as CType>::TYPE) };
    const SENTINEL: &'static str = "the status code";

    fn into_c(self, _: &'static str) -> Result<i32, Fault> {
        Ok(0)
    }

    fn sentinel(fault: &Fault) -> i32 {
        fault.status as i32
    }
}

macro_rules! numbers {
    ($($type:ty => $sentinel:expr, $text:literal;)+) => {$(
        impl Returned for $type {
            type C = $type;
            const RESULT: ResultRecord = ResultRecord::value(<$type as CType>::TYPE);
            const SENTINEL: &'static str = $text;

            fn into_c(self, _: &'static str) -> Result<$type, Fault> {
                Ok(self)
            }

            fn sentinel(_: &Fault) -> $type {
                $sentinel
            }
        }
    )+};
}

numbers! {
    bool => false, "false";
    f32 => f32::NAN, "NaN";
    f64 => f64::NAN, "NaN";
    i8 => i8::MAX, "2^7 - 1";
    i16 => i16::MAX, "2^15 - 1";
    i32 => i32::MAX, "2^31 - 1";
    i64 => i64::MAX, "2^63 - 1";
    isize => isize::MAX, "2^63 - 1";
    u8 => u8::MAX, "2^8 - 1";
    u16 => u16::MAX, "2^16 - 1";
    u32 => u32::MAX, "2^32 - 1";
    u64 => u64::MAX, "2^64 - 1";
    usize => usize::MAX, "2^64 - 1";
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
        ..ResultRecord::value(TypeRecord::Pointer { to: &TypeRecord::Scalar { name: "char" }, constant: false })
    };
    const SENTINEL: &'static str = "NULL";

    fn into_c(self, site: &'static str) -> Result<*mut c_char, Fault> {
        ledger::global().permit(STRING, self.0.len() + 1, site)?;
        let mut bytes = self.0.into_bytes();
        bytes.push(0);
        let size = bytes.len();
        let address = Box::into_raw(bytes.into_boxed_slice()).cast::<u8>();
        let address = address as usize;
        let (finalize, reclaim) = (nothing_to_drop, reclaim_bytes);
        let memory = Memory { address, size, kind: STRING, finalize, reclaim, shared: false };
        // SAFETY: a leaked box of bytes, taken back by `reclaim_bytes`.
        unsafe { ledger::global().register(memory, site) };
        Ok(address as *mut c_char)
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
