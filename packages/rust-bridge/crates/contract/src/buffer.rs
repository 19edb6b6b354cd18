//! Buffers that the caller owns: a pointer whose number of elements is a product of other parameters. Rust slices would
//! promise that input and output do not overlap, which a C caller may well want, so these stay pointers.
use crate::argument::{Passing, check_pointer};
use crate::ctype::{CType, TypeRecord};
use crate::fault::Fault;
use crate::record::Direction;
use std::marker::PhantomData;

/// A type that a parameter with `#[length(...)]` may have.
pub trait BufferArgument: Sized {
    /// How it crosses.
    type C: Copy;
    /// What is in it.
    type Element;
    /// Its C type, for the contract.
    const TYPE: TypeRecord;
    /// The rest of what the contract says.
    const PASSING: Passing;

    /// Checks what arrived for the parameter `name`. An empty buffer may be null.
    ///
    /// # Safety
    /// The pointer, when it passes the checks, is good for `length` elements for the whole call.
    unsafe fn from_c(value: Self::C, length: usize, name: &'static str) -> Result<Self, Fault>;
}

/// Elements to read.
pub struct Input<'a, T> {
    start: *const T,
    length: usize,
    borrow: PhantomData<&'a T>,
}

/// Elements to write.
pub struct Output<'a, T> {
    start: *mut T,
    length: usize,
    borrow: PhantomData<&'a mut T>,
}

/// Elements to read and then to replace.
pub struct InPlace<'a, T> {
    old: Input<'a, T>,
    new: Output<'a, T>,
}

impl<T> InPlace<'_, T> {
    /// Copies of the elements, in order.
    pub fn iter(&self) -> impl Iterator<Item = T>
    where
        T: Copy,
    {
        self.old.iter()
    }

    /// Writes one element.
    ///
    /// # Panics
    /// Outside of the buffer.
    pub fn set(&mut self, index: usize, value: T) {
        self.new.set(index, value);
    }
}

impl<T: CType> BufferArgument for InPlace<'_, T> {
    type C = *mut T;
    type Element = T;
    const TYPE: TypeRecord = <*mut T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::InOut);

    unsafe fn from_c(value: Self::C, length: usize, name: &'static str) -> Result<Self, Fault> {
        // SAFETY: as promised to us.
        unsafe { Ok(Self { old: Input::from_c(value, length, name)?, new: Output::from_c(value, length, name)? }) }
    }
}

impl<T> Input<'_, T> {
    /// The first element; dangling where there is none.
    pub fn as_ptr(&self) -> *const T {
        self.start
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Copies of the elements, in order. No reference to the caller's memory is made: an output may overlap it.
    pub fn iter(&self) -> impl Iterator<Item = T>
    where
        T: Copy,
    {
        let start = self.start;
        // SAFETY: inside the buffer, which the caller promised to be good.
        (0..self.length).map(move |index| unsafe { start.add(index).read() })
    }

    /// Is there nothing to read?
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl<T> Output<'_, T> {
    /// The first element; dangling where there is none.
    pub fn as_mut_ptr(&self) -> *mut T {
        self.start
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Is there no room?
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Writes one element.
    ///
    /// # Panics
    /// Outside of the buffer.
    pub fn set(&mut self, index: usize, value: T) {
        assert!(index < self.length, "element {index} of a buffer of {}", self.length);
        // SAFETY: inside the buffer, which the caller promised to be good.
        unsafe { self.start.add(index).write(value) }
    }
}

impl<T: CType> BufferArgument for Input<'_, T> {
    type C = *const T;
    type Element = T;
    const TYPE: TypeRecord = <*const T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::In);

    unsafe fn from_c(value: Self::C, length: usize, name: &'static str) -> Result<Self, Fault> {
        let start = if length == 0 { std::ptr::dangling() } else { value };
        check_pointer(start, name)?;
        Ok(Self { start, length, borrow: PhantomData })
    }
}

impl<T: CType> BufferArgument for Output<'_, T> {
    type C = *mut T;
    type Element = T;
    const TYPE: TypeRecord = <*mut T>::TYPE;
    const PASSING: Passing = Passing::borrowed(Direction::Out);

    unsafe fn from_c(value: Self::C, length: usize, name: &'static str) -> Result<Self, Fault> {
        let start = if length == 0 { std::ptr::dangling_mut() } else { value };
        check_pointer(start, name)?;
        Ok(Self { start, length, borrow: PhantomData })
    }
}

/// The number of elements of a buffer: the product of `factors`, none of them negative, all together within what an
/// address space can hold.
pub fn buffer_length<T>(name: &'static str, factors: &[(&'static str, i128)]) -> Result<usize, Fault> {
    let mut product: usize = 1;
    for (factor, value) in factors {
        let Ok(value) = usize::try_from(*value) else {
            return Err(Fault::argument(factor, format!("is {value}, but the length of {name} cannot be negative")));
        };
        product = product.checked_mul(value).filter(|n| *n <= isize::MAX as usize / size_of::<T>().max(1)).ok_or_else(
            || Fault::argument(name, format!("would have more elements than memory can hold ({factor} is {value})")),
        )?;
    }
    Ok(product)
}
