//! C types as the contract names them, and which Rust type is which. Scalars have their signature names (`int32`,
//! `float64`, `size_t`), so a reader needs no C parser.
use crate::record::FunctionTypeRecord;
use core::ffi::{c_char, c_void};
use serde::Serialize;

/// A C type, as data.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TypeRecord {
    /// Nothing; behind a pointer, anything.
    Void,
    /// A number, `bool` or `char`.
    Scalar {
        /// Its name in a signature.
        name: &'static str,
    },
    /// A data pointer.
    Pointer {
        /// What it points to.
        to: &'static TypeRecord,
        /// `const T *`: the callee promises not to write through it.
        constant: bool,
    },
    /// An array inside a structure.
    Array {
        /// The element.
        of: &'static TypeRecord,
        /// How many.
        length: usize,
    },
    /// A structure, by its name in the contract.
    Struct {
        /// Its C tag.
        name: &'static str,
    },
    /// A structure whose inside only the library knows, behind a pointer.
    Opaque {
        /// Its C tag.
        name: &'static str,
    },
    /// A function, behind a pointer.
    Function(FunctionTypeRecord),
}

/// A Rust type that has a C type of the same layout.
pub trait CType {
    /// That C type.
    const TYPE: TypeRecord;
}

/// C's `char`, which is not C's `int8_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct CChar(pub c_char);

/// C's `bool` as a foreign function returns it: any byte, since a Rust `bool` that is neither 0 nor 1 would be undefined
/// behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct CBool(u8);

impl CBool {
    /// Anything but 0.
    pub const fn is_true(self) -> bool {
        self.0 != 0
    }
}

macro_rules! scalars {
    ($($rust:ty => $name:literal),+ $(,)?) => {
        $(impl CType for $rust { const TYPE: TypeRecord = TypeRecord::Scalar { name: $name }; })+
    };
}

scalars! {
    bool => "bool", CBool => "bool", CChar => "char",
    i8 => "int8", i16 => "int16", i32 => "int32", i64 => "int64",
    u8 => "uint8", u16 => "uint16", u32 => "uint32", u64 => "uint64",
    isize => "ssize_t", usize => "size_t", f32 => "float32", f64 => "float64",
}

impl CType for () {
    const TYPE: TypeRecord = TypeRecord::Void;
}

impl CType for c_void {
    const TYPE: TypeRecord = TypeRecord::Void;
}

impl<T: CType> CType for *const T {
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &T::TYPE, constant: true };
}

impl<T: CType> CType for *mut T {
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &T::TYPE, constant: false };
}

impl<T: CType, const N: usize> CType for [T; N] {
    const TYPE: TypeRecord = TypeRecord::Array { of: &T::TYPE, length: N };
}
