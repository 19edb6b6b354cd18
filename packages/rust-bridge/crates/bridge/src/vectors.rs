//! Vectors that Rust allocates, grows and frees while the caller reads and writes their elements: a pointer, a length
//! and a capacity, and a destructor. What the caller passes back is checked against the ledger, never believed.
use contract::{Fault, InOut, c_struct, ffi_export};
use ledger::Memory;
use std::mem::MaybeUninit;

c_struct! {
    /// A vector in Rust's memory. The elements below `length` may be read and written.
    pub struct DoubleVector as "double_vector" {
        /// The first element. Never null before the release.
        pub data: *mut f64,
        /// How many elements there are.
        pub length: usize,
        /// How many elements there is room for.
        pub capacity: usize,
    }
}

const KIND: &str = "vector";
const RELEASED: DoubleVector = DoubleVector { data: std::ptr::null_mut(), length: 0, capacity: 0 };

/// Makes a vector of `start`, `start + step`, ..., `n` elements, and leaves it in `out`.
#[ffi_export]
fn vector_range(start: f64, step: f64, n: usize, #[owned(vector_free)] out: &mut DoubleVector) -> Result<(), Fault> {
    *out = RELEASED;
    let mut vector = allocate(n.max(4), "vector_range")?;
    for i in 0..n {
        // SAFETY: below the capacity.
        unsafe { vector.data.add(i).write(start + step * i as f64) };
    }
    vector.length = n;
    *out = vector;
    Ok(())
}

/// Appends an element. The elements may move: `vector->data` is new then, and the old address is no more.
#[ffi_export]
fn vector_push(vector: InOut<DoubleVector>, value: f64) -> Result<(), Fault> {
    let vector = vector.0;
    checked(vector)?;
    if vector.length == vector.capacity {
        let larger = allocate(vector.capacity.saturating_mul(2), "vector_push")?;
        // SAFETY: `length` elements are in the old block, as was just checked, and fit the new one.
        unsafe { std::ptr::copy_nonoverlapping(vector.data, larger.data, vector.length) };
        let old = std::mem::replace(vector, DoubleVector { length: vector.length, ..larger });
        release(old.data, "vector_push")?;
    }
    // SAFETY: below the capacity.
    unsafe { vector.data.add(vector.length).write(value) };
    vector.length += 1;
    Ok(())
}

/// Releases a vector, once, and leaves an empty one in its place. A copy of the structure that still has the old pointer
/// is refused.
#[ffi_export]
fn vector_free(#[transferred] vector: InOut<DoubleVector>) -> Result<(), Fault> {
    checked(vector.0)?;
    release(vector.0.data, "vector_free")?;
    *vector.0 = RELEASED;
    Ok(())
}

/// The ledger knows where the elements are and how many there is room for; the structure must say the same.
fn checked(vector: &DoubleVector) -> Result<(), Fault> {
    let allocation = ledger::global().check(vector.data as usize, KIND)?;
    let room = allocation.size / size_of::<f64>();
    if vector.capacity != room || vector.length > room {
        let DoubleVector { length, capacity, .. } = *vector;
        let message = format!("has length {length} and capacity {capacity}, but {allocation} has room for {room}");
        return Err(Fault::argument("vector", message));
    }
    Ok(())
}

fn allocate(capacity: usize, site: &'static str) -> Result<DoubleVector, Fault> {
    let size = capacity.saturating_mul(size_of::<f64>());
    ledger::global().permit(KIND, size, site)?;
    let mut block: Vec<MaybeUninit<f64>> = Vec::new();
    block.try_reserve_exact(capacity).map_err(|_| ledger::Refusal::out_of_memory(KIND, size))?;
    // A reservation may be larger than what was asked for, and the ledger wants to know the exact size.
    block.resize(capacity, MaybeUninit::new(0.0));
    let data = Box::into_raw(block.into_boxed_slice()).cast::<f64>();
    let (address, finalize, reclaim) = (data as usize, nothing_to_drop, reclaim_elements);
    let memory = Memory { address, size, kind: KIND, finalize, reclaim, shared: false };
    // SAFETY: a leaked box of `capacity` elements, taken back by `reclaim_elements`.
    unsafe { ledger::global().register(memory, site) };
    Ok(DoubleVector { data, length: 0, capacity })
}

fn release(data: *mut f64, site: &'static str) -> Result<(), Fault> {
    ledger::global().release(data as usize, KIND, site)?;
    Ok(())
}

unsafe fn nothing_to_drop(_: usize, _: usize) {}

unsafe fn reclaim_elements(address: usize, size: usize) {
    let elements = std::ptr::slice_from_raw_parts_mut(address as *mut MaybeUninit<f64>, size / size_of::<f64>());
    // SAFETY: `allocate` leaked a boxed slice of this length at this address.
    drop(unsafe { Box::from_raw(elements) });
}

#[cfg(test)]
mod tests {
    use super::{DoubleVector, RELEASED, vector_free, vector_push, vector_range};
    use contract::{InOut, Status};

    fn elements(vector: &DoubleVector) -> Vec<f64> {
        // SAFETY: a live vector of the library's.
        unsafe { std::slice::from_raw_parts(vector.data, vector.length) }.to_vec()
    }

    #[test]
    fn grows_and_is_released_once() {
        let mut vector = RELEASED;
        vector_range(1.0, 0.5, 3, &mut vector).unwrap();
        for i in 0..100 {
            vector_push(InOut(&mut vector), f64::from(i)).unwrap();
        }
        assert_eq!(elements(&vector)[..5], [1.0, 1.5, 2.0, 0.0, 1.0]);
        assert_eq!(vector.length, 103);
        let mut copy = vector;
        vector_free(InOut(&mut vector)).unwrap();
        assert!(vector.data.is_null());
        assert_eq!(vector_free(InOut(&mut copy)).unwrap_err().status, Status::AlreadyReleased);
        assert_eq!(vector_free(InOut(&mut vector)).unwrap_err().status, Status::NullPointer);
    }

    #[test]
    fn believes_no_length_and_no_capacity() {
        let mut vector = RELEASED;
        vector_range(0.0, 1.0, 8, &mut vector).unwrap();
        for lie in [DoubleVector { length: 9, ..vector }, DoubleVector { capacity: 9, ..vector }] {
            let mut lie = lie;
            assert_eq!(vector_push(InOut(&mut lie), 1.0).unwrap_err().status, Status::InvalidArgument);
            assert_eq!(vector_free(InOut(&mut lie)).unwrap_err().status, Status::InvalidArgument);
        }
        vector_free(InOut(&mut vector)).unwrap();
        assert_eq!(vector_range(0.0, 1.0, usize::MAX / 16, &mut vector).unwrap_err().status, Status::OutOfMemory);
        assert!(vector.data.is_null());
    }
}
