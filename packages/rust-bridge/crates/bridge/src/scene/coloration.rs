//! Colorations: what colour a surface has at a place. One of three: a solid colour, an image, or a C function of the
//! caller's, which render threads call at every hit.
use super::math::Triple;
use super::texture::Texture;
use contract::{
    Argument, CFunction, CType, CallbackRecord, Fault, FunctionPointer, FunctionTypeRecord, Object, Opaque,
};
use contract::{Passing, Status, Threads, TypeRecord};
use core::ffi::c_void;
use std::sync::Arc;

pub(crate) enum Coloration {
    Solid(Triple),
    Texture(Texture),
    Procedural { function: Procedure, user_data: UserData },
}

/// What the caller holds. Surfaces share what is inside, so it may be released before them.
pub(crate) struct SharedColoration(pub(crate) Arc<Coloration>);

impl Object for SharedColoration {
    const KIND: &'static str = "coloration";
    const TAG: &'static str = "coloration";
    const DESTRUCTOR: &'static str = "coloration_free";
}

type WithUserData = unsafe extern "C" fn(f64, f64, *mut f64, *mut c_void);
type WithoutUserData = unsafe extern "C" fn(f64, f64, *mut f64);

/// A `void(double u, double v, double *rgb)`, or one that gets the user data too. It is always called with four
/// arguments: in the calling conventions of System V x86-64 and AAPCS64 the last one is in a register that a function of
/// three does not look at.
#[derive(Clone, Copy)]
pub(crate) struct Procedure(FunctionPointer<WithUserData>);

const SIGNATURES: &[FunctionTypeRecord] = &[WithoutUserData::TYPE, WithUserData::TYPE];

impl Argument for Procedure {
    type C = usize;
    const TYPE: TypeRecord = <usize as CType>::TYPE;
    const PASSING: Passing =
        Passing { callback: Some(CallbackRecord { signatures: SIGNATURES, threads: Threads::Any }), ..Passing::VALUE };

    unsafe fn from_c(value: usize, name: &'static str, site: &'static str) -> Result<Self, Fault> {
        // SAFETY: as promised to us.
        unsafe { FunctionPointer::from_c(value, name, site) }.map(Self)
    }
}

/// A pointer of the caller's that is passed on from any thread.
pub(crate) struct UserData(*mut c_void);

// SAFETY: nobody here looks behind it; the caller promises that its function may, on any thread.
unsafe impl Send for UserData {}
// SAFETY: as above.
unsafe impl Sync for UserData {}

impl UserData {
    pub(crate) fn of(given: Opaque) -> Self {
        Self(given.0)
    }
}

impl Coloration {
    /// The linear colour at texture coordinates. A function that leaves something that is no colour has failed.
    pub(crate) fn at(&self, u: f64, v: f64) -> Result<Triple, Fault> {
        match self {
            Self::Solid(color) => Ok(*color),
            Self::Texture(texture) => Ok(texture.at(u, v)),
            Self::Procedural { function, user_data } => {
                // A function that fails half-way leaves NaN.
                let mut rgb = [f64::NAN; 3];
                // SAFETY: the caller promises such a function, on any thread; see `Procedure` about the last argument.
                unsafe { (function.0.call)(u, v, rgb.as_mut_ptr(), user_data.0) };
                let [r, g, b] = rgb;
                if rgb.iter().all(|part| part.is_finite() && *part >= 0.0) {
                    return Ok(Triple::new(r, g, b));
                }
                let message =
                    format!("the procedural coloration gave ({r}, {g}, {b}) at ({u}, {v}), which is no colour");
                Err(Fault::new(Status::CallbackFailed, message))
            }
        }
    }
}
