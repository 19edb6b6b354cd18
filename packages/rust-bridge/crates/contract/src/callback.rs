//! Addresses of C functions. The address arrives as `size_t`; that the function behind it has the type on record is
//! what the caller promises.
use crate::argument::{Argument, Passing};
use crate::ctype::{CType, TypeRecord};
use crate::fault::Fault;
use crate::record::{CallbackRecord, FunctionTypeRecord, Threads};
use crate::status::Status;

/// A type of C function.
pub trait CFunction: Copy {
    /// It, as data.
    const TYPE: FunctionTypeRecord;

    /// The function at an address.
    ///
    /// # Safety
    /// There is such a function at the address.
    unsafe fn at(address: usize) -> Self;
}

macro_rules! functions {
    ($(($($parameter:ident),*))+) => {$(
        impl<R: CType, $($parameter: CType),*> CFunction for unsafe extern "C" fn($($parameter),*) -> R {
            const TYPE: FunctionTypeRecord =
                FunctionTypeRecord { result: &R::TYPE, parameters: &[$($parameter::TYPE),*] };

            unsafe fn at(address: usize) -> Self {
                // SAFETY: a function pointer has the size of an address, and the caller promises its type.
                unsafe { std::mem::transmute::<usize, Self>(address) }
            }
        }
    )+};
}

functions! { () (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) }

/// The address of a function of type `F`, not null, called on the caller's thread until the call returns.
#[derive(Clone, Copy)]
pub struct FunctionPointer<F> {
    /// The function.
    pub call: F,
}

impl<F: CFunction> Argument for FunctionPointer<F> {
    type C = usize;
    const TYPE: TypeRecord = <usize as CType>::TYPE;
    const PASSING: Passing = Passing {
        callback: Some(CallbackRecord { signatures: &[F::TYPE], threads: Threads::Caller }),
        ..Passing::VALUE
    };

    unsafe fn from_c(value: usize, name: &'static str, _: &'static str) -> Result<Self, Fault> {
        if value == 0 {
            return Err(Fault::new(
                Status::NullPointer,
                format!("{name} is null, the address of a function is needed"),
            ));
        }
        // SAFETY: not null, and the caller promises the type.
        Ok(Self { call: unsafe { F::at(value) } })
    }
}

/// A callback that may be absent: null for none.
impl<F: CFunction> Argument for Option<FunctionPointer<F>> {
    type C = usize;
    const TYPE: TypeRecord = <usize as CType>::TYPE;
    const PASSING: Passing = Passing { nullable: Some(true), ..FunctionPointer::<F>::PASSING };

    unsafe fn from_c(value: usize, name: &'static str, site: &'static str) -> Result<Self, Fault> {
        if value == 0 {
            return Ok(None);
        }
        // SAFETY: as promised to us.
        unsafe { FunctionPointer::from_c(value, name, site) }.map(Some)
    }
}
