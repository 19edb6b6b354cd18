//! Numerical integration of a C function, after QUADPACK's QAGS and QAGI (R. Piessens, E. de Doncker-Kapenga,
//! C. W. Überhuber, D. K. Kahaner, QUADPACK, Springer 1983).
mod adaptive;
mod extrapolation;
mod intervals;
mod range;
mod rule;

use adaptive::{Outcome, Tolerance};
use contract::{Argument, CFunction, CType, CallbackRecord, Fault, FunctionPointer, FunctionTypeRecord, Opaque};
use contract::{Passing, Threads, TypeRecord, c_struct, ffi_export};
use core::ffi::c_void;
use range::Range;

c_struct! {
    /// What `quad` found.
    pub struct QuadResult as "quad_result" {
        /// The integral.
        pub result: f64,
        /// An estimate of the absolute error, usually far too large.
        pub error: f64,
        /// How often the integrand was called.
        pub evaluations: i32,
        /// 0 where the tolerance was met, else as QUADPACK's `ier`: 1 too many subdivisions, 2 rounding errors,
        /// 3 the integrand behaves badly at some point, 4 the extrapolation does not converge, 5 the integral is
        /// probably divergent, 6 the arguments are invalid.
        pub status: i32,
    }
}

const NOTHING: QuadResult = QuadResult { result: f64::NAN, error: f64::INFINITY, evaluations: 0, status: 6 };

/// Integrates from `a` to `b`, either of which may be infinite, until the estimated error is at most
/// `max(epsabs, epsrel * |result|)`. The integrand is a `double(double)` or a `double(double, void *)`, which gets
/// `user_data`. That the search did not reach the tolerance is told by `out->status`, and is no failure of the call.
#[ffi_export]
fn quad(
    fn_ptr: Integrand,
    user_data: Opaque,
    a: f64,
    b: f64,
    epsabs: f64,
    epsrel: f64,
    out: &mut QuadResult,
) -> Result<(), Fault> {
    // A caller that looks only at `out` must not find an old success there.
    *out = NOTHING;
    for (name, end) in [("a", a), ("b", b)] {
        if end.is_nan() {
            return Err(Fault::argument(name, "is NaN"));
        }
    }
    let tolerance = Tolerance::new(epsabs, epsrel)?;
    // SAFETY: the caller promises an integrand at the address; see `Integrand` about its second argument.
    let integrand = |x: f64| unsafe { (fn_ptr.0.call)(x, user_data.0) };
    let Outcome { result, error, evaluations, status } = adaptive::integrate(&integrand, Range::new(a, b), tolerance);
    *out = QuadResult { result, error, evaluations, status: status as i32 };
    Ok(())
}

type WithUserData = unsafe extern "C" fn(f64, *mut c_void) -> f64;
type WithoutUserData = unsafe extern "C" fn(f64) -> f64;

/// An integrand of either type. It is always called with two arguments: in the calling conventions of System V x86-64
/// and AAPCS64 the second one is in a register that a function of one argument does not look at.
#[derive(Clone, Copy)]
struct Integrand(FunctionPointer<WithUserData>);

const SIGNATURES: &[FunctionTypeRecord] = &[WithoutUserData::TYPE, WithUserData::TYPE];

impl Argument for Integrand {
    type C = usize;
    const TYPE: TypeRecord = <usize as CType>::TYPE;
    const PASSING: Passing = Passing {
        callback: Some(CallbackRecord { signatures: SIGNATURES, threads: Threads::Caller }),
        ..Passing::VALUE
    };

    unsafe fn from_c(value: usize, name: &'static str, site: &'static str) -> Result<Self, Fault> {
        // SAFETY: as promised to us.
        unsafe { FunctionPointer::from_c(value, name, site) }.map(Self)
    }
}

#[cfg(test)]
mod tests;
