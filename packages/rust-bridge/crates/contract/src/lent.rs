//! Text inside of an object, lent to the caller: valid until the caller ends the borrow, and as long the object cannot
//! be released.
use crate::argument::{Argument, CHAR, Passing};
use crate::ctype::TypeRecord;
use crate::fault::Fault;
use crate::record::{Direction, Ownership, ResultRecord};
use crate::returned::Returned;
use core::ffi::c_char;
use std::marker::PhantomData;

/// An object that lends what is inside of it.
pub trait Lender {
    /// The function that ends a borrow.
    const END_BORROW: &'static str;
}

const TEXT: TypeRecord = TypeRecord::Pointer { to: &CHAR, constant: true };

/// A NUL-terminated text that stays the object's. Where it is, the object keeps it until the borrow ends.
pub struct Lent<T> {
    text: *const c_char,
    lender: PhantomData<T>,
}

impl<T> Lent<T> {
    /// Lends what is at this address.
    pub fn new(text: *const c_char) -> Self {
        Self { text, lender: PhantomData }
    }
}

impl<T: Lender> Returned for Lent<T> {
    type C = *const c_char;
    const RESULT: ResultRecord = ResultRecord {
        ownership: Some(Ownership::Borrowed),
        destructor: Some(T::END_BORROW),
        encoding: Some("utf-8"),
        ..ResultRecord::value(TEXT)
    };
    const SENTINEL: &'static str = "NULL";

    fn into_c(self, _: &'static str) -> Result<*const c_char, Fault> {
        Ok(self.text)
    }

    fn sentinel(_: &Fault) -> *const c_char {
        std::ptr::null()
    }
}

/// The address of a lent text that the caller gives back. Only its lender may say what it is; nobody reads it.
#[derive(Clone, Copy)]
pub struct LentAddress(pub usize);

impl Argument for LentAddress {
    type C = *const c_char;
    const TYPE: TypeRecord = TEXT;
    const PASSING: Passing =
        Passing { ownership: Some(Ownership::Transferred), direction: None, ..Passing::borrowed(Direction::In) };

    unsafe fn from_c(text: *const c_char, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self(text as usize))
    }
}
