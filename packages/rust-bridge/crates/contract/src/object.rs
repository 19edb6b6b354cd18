//! Objects whose inside only the library knows, by pointer and by handle. A call that works on one borrows it, so a
//! release on another thread is refused meanwhile; the destructor asks the ledger and nobody else.
use crate::argument::{Argument, Passing};
use crate::ctype::{CType, TypeRecord};
use crate::fault::Fault;
use crate::record::{Direction, Ownership, ResultRecord};
use crate::returned::Returned;
use ledger::Memory;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// What may be handed out as an opaque pointer or as a handle.
pub trait Object: Send + Sync + Sized + 'static {
    /// What it is, as messages and the ledger say it.
    const KIND: &'static str;
    /// Its C tag, where it crosses by pointer.
    const TAG: &'static str;
    /// The function that releases it.
    const DESTRUCTOR: &'static str;
    /// Its C type, where it crosses by pointer.
    const TYPE: TypeRecord = TypeRecord::Opaque { name: Self::TAG };

    /// Runs instead of an ordinary drop when it could not be handed out as a handle.
    fn abandon(self) {}
}

/// A new object that the caller will own, by pointer.
pub struct Owned<T>(pub T);

impl<T: Object> Returned for Owned<T> {
    type C = *mut T;
    const RESULT: ResultRecord = ResultRecord {
        ownership: Some(Ownership::Owned),
        destructor: Some(T::DESTRUCTOR),
        ..ResultRecord::value(TypeRecord::Pointer { to: &T::TYPE, constant: false })
    };
    const SENTINEL: &'static str = "NULL";

    fn into_c(self, site: &'static str) -> Result<*mut T, Fault> {
        const { assert!(size_of::<T>() > 0, "an object of no size has no address of its own") };
        let size = size_of::<T>();
        ledger::global().permit(T::KIND, size, site)?;
        let address = Box::into_raw(Box::new(self.0)) as usize;
        let (finalize, reclaim) = (drop_in_place::<T>, reclaim_box::<T>);
        let memory = Memory { address, size, kind: T::KIND, finalize, reclaim, shared: false };
        // SAFETY: a leaked box, emptied by the one step and freed by the other.
        unsafe { ledger::global().register(memory, site) };
        Ok(address as *mut T)
    }

    fn sentinel(_: &Fault) -> *mut T {
        std::ptr::null_mut()
    }
}

unsafe fn drop_in_place<T>(address: usize, _: usize) {
    // SAFETY: the ledger runs this once, on what `into_c` leaked.
    unsafe { std::ptr::drop_in_place(address as *mut T) }
}

unsafe fn reclaim_box<T>(address: usize, _: usize) {
    // SAFETY: the memory of a box whose contents were dropped.
    drop(unsafe { Box::from_raw(address as *mut std::mem::MaybeUninit<T>) });
}

/// An object by pointer, borrowed for the call.
pub struct Lease<T> {
    address: usize,
    object: PhantomData<T>,
}

impl<T: Object> Argument for Lease<T> {
    type C = *const T;
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &T::TYPE, constant: true };
    const PASSING: Passing = Passing::borrowed(Direction::In);

    unsafe fn from_c(pointer: *const T, _: &'static str, site: &'static str) -> Result<Self, Fault> {
        let address = pointer as usize;
        ledger::global().borrow(address, T::KIND, site)?;
        Ok(Self { address, object: PhantomData })
    }
}

impl<T> Lease<T> {
    /// Where the object is, as the ledger knows it.
    pub fn address(&self) -> usize {
        self.address
    }
}

impl<T> Deref for Lease<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the ledger says that this is a live object of the type, and keeps it until the borrow ends.
        unsafe { &*(self.address as *const T) }
    }
}

impl<T> Drop for Lease<T> {
    fn drop(&mut self) {
        ledger::global().end_borrow(self.address);
    }
}

/// An object by pointer that its owner gives back. Only the ledger may say what it is.
pub struct Yielded<T> {
    address: usize,
    object: PhantomData<T>,
}

impl<T: Object> Argument for Yielded<T> {
    type C = *mut T;
    const TYPE: TypeRecord = TypeRecord::Pointer { to: &T::TYPE, constant: false };
    const PASSING: Passing =
        Passing { ownership: Some(Ownership::Transferred), direction: None, ..Passing::borrowed(Direction::In) };

    unsafe fn from_c(pointer: *mut T, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self { address: pointer as usize, object: PhantomData })
    }
}

impl<T: Object> Yielded<T> {
    /// Releases it, once.
    pub fn release(self) -> Result<(), Fault> {
        ledger::global().release(self.address, T::KIND, T::DESTRUCTOR)?;
        Ok(())
    }
}

/// A new object that the caller will own, by handle.
pub struct NewHandle<T>(pub T);

impl<T: Object> Returned for NewHandle<T> {
    type C = u64;
    const RESULT: ResultRecord = ResultRecord {
        ownership: Some(Ownership::Owned),
        destructor: Some(T::DESTRUCTOR),
        handle: Some(T::KIND),
        ..ResultRecord::value(<u64 as CType>::TYPE)
    };
    const SENTINEL: &'static str = "0";

    fn into_c(self, site: &'static str) -> Result<u64, Fault> {
        ledger::handles().insert(ledger::global(), self.0, T::KIND, site).map_err(|(refusal, object)| {
            object.abandon();
            refusal.into()
        })
    }

    fn sentinel(_: &Fault) -> u64 {
        0
    }
}

const fn by_handle<T: Object>(ownership: Ownership) -> Passing {
    Passing { ownership: Some(ownership), handle: Some(T::KIND), ..Passing::VALUE }
}

/// An object by handle. It lives until the call has ended, whatever happens to its handle.
pub struct Handle<T>(Arc<T>);

impl<T: Object> Argument for Handle<T> {
    type C = u64;
    const TYPE: TypeRecord = <u64 as CType>::TYPE;
    const PASSING: Passing = by_handle::<T>(Ownership::Borrowed);

    unsafe fn from_c(handle: u64, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self(ledger::handles().get(handle, T::KIND)?))
    }
}

impl<T> Handle<T> {
    /// Where the object is, as the ledger knows it.
    pub fn address(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }

    /// The object, to be kept.
    pub fn share(&self) -> Arc<T> {
        Arc::clone(&self.0)
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A handle that its owner gives back.
pub struct YieldedHandle<T> {
    handle: u64,
    object: PhantomData<T>,
}

impl<T: Object> Argument for YieldedHandle<T> {
    type C = u64;
    const TYPE: TypeRecord = <u64 as CType>::TYPE;
    const PASSING: Passing = by_handle::<T>(Ownership::Transferred);

    unsafe fn from_c(handle: u64, _: &'static str, _: &'static str) -> Result<Self, Fault> {
        Ok(Self { handle, object: PhantomData })
    }
}

impl<T: Object> YieldedHandle<T> {
    /// What it stands for, without releasing it.
    pub fn look(&self) -> Result<Arc<T>, Fault> {
        Ok(ledger::handles().get(self.handle, T::KIND)?)
    }

    /// Releases it, once.
    pub fn release(self) -> Result<(), Fault> {
        Ok(ledger::handles().release(ledger::global(), self.handle, T::KIND, T::DESTRUCTOR)?)
    }
}
