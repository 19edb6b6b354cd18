//! Callbacks that are kept: registered with user data and a destructor for them, called by handle, unregistered. The
//! destructor runs once, when the last call has ended, and no lock is held while any function of the caller's runs.
use contract::{Fault, FunctionPointer, Handle, NewHandle, Object, Opaque, YieldedHandle, ffi_export};
use core::ffi::c_void;

type WithUserData = FunctionPointer<unsafe extern "C" fn(f64, *mut c_void) -> f64>;
type Destructor = FunctionPointer<unsafe extern "C" fn(*mut c_void)>;

/// A function and what belongs to it.
struct Registered {
    function: WithUserData,
    user_data: *mut c_void,
    destroy: Option<Destructor>,
}

// SAFETY: nobody here looks behind the user data; the caller promises that its functions may, on any thread on which it
// calls them or unregisters them.
unsafe impl Send for Registered {}
// SAFETY: as above.
unsafe impl Sync for Registered {}

impl Object for Registered {
    const KIND: &'static str = "callback";
    const TAG: &'static str = "callback";
    const DESTRUCTOR: &'static str = "callback_unregister";

    /// The user data are the caller's still.
    fn abandon(mut self) {
        self.destroy = None;
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the caller promises a function of this type, for this user data.
            unsafe { (destroy.call)(self.user_data) }
        }
    }
}

/// Keeps a function `double(double, void *)`, its user data, and a `void(void *)` or none that takes the user data back.
/// If this call fails the destructor is not called: the user data are the caller's still.
#[ffi_export]
fn callback_register(
    #[until(callback_unregister)] fn_ptr: WithUserData,
    #[until(callback_unregister)] user_data: Opaque,
    #[until(callback_unregister)] destroy: Option<Destructor>,
) -> NewHandle<Registered> {
    NewHandle(Registered { function: fn_ptr, user_data: user_data.0, destroy })
}

/// Calls a registered function on this thread.
#[ffi_export]
fn callback_call(callback: Handle<Registered>, x: f64) -> f64 {
    // SAFETY: the caller promised a function of this type until it is unregistered and the last call has ended.
    unsafe { (callback.function.call)(x, callback.user_data) }
}

/// Unregisters a function, once. The destructor of its user data runs now, or, where calls are under way, at the end of
/// the last of them, on its thread.
#[ffi_export]
fn callback_unregister(callback: YieldedHandle<Registered>) -> Result<(), Fault> {
    callback.release()
}
