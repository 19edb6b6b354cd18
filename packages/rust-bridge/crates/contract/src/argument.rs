//! How each kind of parameter arrives from C: its C type, what the contract says about it, and the checks before the
//! Rust function sees it. A parameter type without an entry here does not compile.
use crate::ctype::{CType, TypeRecord};
use crate::fault::Fault;
use crate::record::{CallbackRecord, Direction, Ownership};
use crate::status::Status;
use core::ffi::{CStr, c_char, c_void};

/// What the contract says about a way of passing, apart from the type.
#[derive(Clone, Copy)]
pub struct Passing {
    /// May it be null?
    pub nullable: Option<bool>,
    /// Who owns what is behind it.
    pub ownership: Option<Ownership>,
    /// Which way the data goes.
    pub direction: Option<Direction>,
    /// For strings.
    pub encoding: Option<&'static str>,
    /// For addresses of functions.
    pub callback: Option<CallbackRecord>,
    /// For handles: of what.
    pub handle: Option<&'static str>,
    /// For what is owned through the parameter, or retained: the function that ends that.
    pub destructor: Option<&'static str>,
}

impl Passing {
    /// By value.
    pub const VALUE: Self = Self {
        nullable: None,
        ownership: None,
        direction: None,
        encoding: None,
        callback: None,
        handle: None,
        destructor: None,
    };

    /// By a pointer that the callee uses during the call only, and that must not be null.
    pub const fn borrowed(direction: Direction) -> Self {
        let (nullable, ownership, direction) = (Some(false), Some(Ownership::Borrowed), Some(direction));
        Self { nullable, ownership, direction, ..Self::VALUE }
    }
}

/// A type that a parameter of an exported function may have.
pub trait Argument: Sized {
    /// How it crosses.
    type C: Copy;
    /// Its C type, for the contract.
    const TYPE: TypeRecord;
    /// The rest of what the contract says.
    const PASSING: Passing;

    /// Checks what arrived for the parameter `name` of the function `site`.
    ///
    /// # Safety
    /// A pointer that passes the checks points to what its C type says, for the whole call.
    unsafe fn from_c(value: Self::C, name: &'static str, site: &'static str) -> Result<Self, Fault>;
}

macro_rules! by_value {
    ($($type:ty),+) => {$(
        impl Argument for $type {
            type C = $type;
            const TYPE: TypeRecord = <$type as CType>::TYPE;
            const PASSING: Passing = Passing::VALUE;

            unsafe fn from_c(value: Self::C, _: &'static str, _: &'static str) -> Result<Self, Fault> {
                Ok(value)
            }
        }
    )+};
}

/// C's `bool`. Only 0 and 1 are one: a Rust `bool` of any other byte would be undefined behaviour.
impl Argument for bool {
    type C = u8;
    const TYPE: TypeRecord = <bool as CType>::TYPE;
    const PASSING: Passing = Passing::VALUE;

    unsafe fn from_c(value: u8, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Fault::argument(name, format!("is {value}, which is no bool"))),
        }
    }
}

by_value!(i8, i16, i32, i64, u8, u16, u32, u64, isize, usize, f32, f64);

/// Refuses null and misaligned pointers.
pub(crate) fn check_pointer<T>(pointer: *const T, name: &'static str) -> Result<(), Fault> {
    if pointer.is_null() {
        return Err(Fault::new(Status::NullPointer, format!("{name} is null")));
    }
    if !pointer.is_aligned() {
        let needed = align_of::<T>();
        return Err(Fault::new(Status::MisalignedPointer, format!("{name} is not aligned to {needed} bytes")));
    }
    Ok(())
}

impl<T: CType> Argument for &T {
    type C = *const T;
    const TYPE: TypeRecord = <*const T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::In);

    unsafe fn from_c(value: Self::C, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        check_pointer(value, name)?;
        // SAFETY: not null, aligned, and the caller promises the rest.
        Ok(unsafe { &*value })
    }
}

impl<T: CType> Argument for &mut T {
    type C = *mut T;
    const TYPE: TypeRecord = <*mut T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::Out);

    unsafe fn from_c(value: Self::C, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        check_pointer(value, name)?;
        // SAFETY: not null, aligned, and the caller promises the rest.
        Ok(unsafe { &mut *value })
    }
}

/// A number that is read and then replaced.
pub struct InOut<'a, T>(pub &'a mut T);

impl<T: CType> Argument for InOut<'_, T> {
    type C = *mut T;
    const TYPE: TypeRecord = <*mut T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::InOut);

    unsafe fn from_c(value: Self::C, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        check_pointer(value, name)?;
        // SAFETY: not null, aligned, and the caller promises the rest.
        Ok(Self(unsafe { &mut *value }))
    }
}

pub(crate) const CHAR: TypeRecord = TypeRecord::Scalar { name: "char" };

/// A NUL-terminated UTF-8 string, borrowed.
impl Argument for &str {
    type C = *const c_char;
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &CHAR, constant: true };
    const PASSING: Passing = Passing { encoding: Some("utf-8"), ..Passing::borrowed(Direction::In) };

    unsafe fn from_c(value: Self::C, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        check_pointer(value, name)?;
        // SAFETY: not null, and the caller promises that it is NUL-terminated.
        unsafe { CStr::from_ptr(value) }.to_str().map_err(|error| {
            let place = error.valid_up_to();
            Fault::new(Status::InvalidUtf8, format!("{name} is not UTF-8: the byte at offset {place} fits nowhere"))
        })
    }
}

/// A pointer that is passed on to a callback and never looked at.
#[derive(Clone, Copy)]
pub struct Opaque(pub *mut c_void);

impl Argument for Opaque {
    type C = *mut c_void;
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &TypeRecord::Void, constant: false };
    const PASSING: Passing = Passing { nullable: Some(true), ..Passing::borrowed(Direction::Opaque) };

    unsafe fn from_c(value: Self::C, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self(value))
    }
}

/// The address of an owned string that its owner gives back. Only the ledger may say what it is; nobody reads it.
#[derive(Clone, Copy)]
pub struct Surrendered(pub usize);

impl Argument for Surrendered {
    type C = *mut c_char;
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &CHAR, constant: false };
    const PASSING: Passing =
        Passing { ownership: Some(Ownership::Transferred), direction: None, ..Passing::borrowed(Direction::In) };

    unsafe fn from_c(value: Self::C, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self(value as usize))
    }
}
