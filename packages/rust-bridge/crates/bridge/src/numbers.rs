//! Numbers in and out: every width by value and by pointer.
use crate::strings::print_line;
use contract::{Fault, InOut, Status, ffi_export};

/// Prints `Python gave us number N` and a line break on standard output.
#[ffi_export]
fn print_int(number: &i32) -> Result<(), Fault> {
    print_line(&format!("Python gave us number {number}"))
}

/// Twice the number. A result that does not fit 32 bits is an error, not a wrap.
#[ffi_export]
fn double(number: i32) -> Result<i32, Fault> {
    twice(number)
}

/// What can be doubled without losing anything.
trait Twice: Copy + std::fmt::Display {
    fn checked_twice(self) -> Option<Self>;
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        impl Twice for $type {
            fn checked_twice(self) -> Option<Self> {
                self.checked_mul(2)
            }
        }
    )+};
}

macro_rules! floats {
    ($($type:ty),+) => {$(
        impl Twice for $type {
            fn checked_twice(self) -> Option<Self> {
                let result = self * 2.0;
                (result.is_finite() || !self.is_finite()).then_some(result)
            }
        }
    )+};
}

integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);
floats!(f32, f64);

fn twice<T: Twice>(number: T) -> Result<T, Fault> {
    number.checked_twice().ok_or_else(|| {
        Fault::new(Status::Overflow, format!("twice {number} does not fit {}", std::any::type_name::<T>()))
    })
}

/// The same number, to see that every bit of every width crosses.
macro_rules! identities {
    ($($name:ident: $type:ty, $doc:literal;)+) => {$(
        #[doc = $doc]
        #[ffi_export]
        fn $name(value: $type) -> $type {
            value
        }
    )+};
}

identities! {
    identity_bool: bool, "Gives back the `bool`. A byte that is neither 0 nor 1 is refused.";
    identity_int8: i8, "Gives back the number.";
    identity_int16: i16, "Gives back the number.";
    identity_int32: i32, "Gives back the number.";
    identity_int64: i64, "Gives back the number.";
    identity_ssize: isize, "Gives back the number.";
    identity_uint8: u8, "Gives back the number.";
    identity_uint16: u16, "Gives back the number.";
    identity_uint32: u32, "Gives back the number.";
    identity_uint64: u64, "Gives back the number.";
    identity_size: usize, "Gives back the number.";
    identity_float32: f32, "Gives back the number.";
    identity_float64: f64, "Gives back the number.";
}

macro_rules! in_place {
    ($($name:ident: $type:ty, $doc:literal;)+) => {$(
        #[doc = $doc]
        #[ffi_export]
        fn $name(value: InOut<$type>) -> Result<(), Fault> {
            *value.0 = twice(*value.0)?;
            Ok(())
        }
    )+};
}

in_place! {
    double_int8: i8, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_int16: i16, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_int32: i32, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_int64: i64, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_ssize: isize, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_uint8: u8, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_uint16: u16, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_uint32: u32, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_uint64: u64, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_size: usize, "Doubles the number in place. What does not fit is an error and leaves it as it was.";
    double_float32: f32, "Doubles the number in place. A finite number that becomes infinite is an error and stays.";
    double_float64: f64, "Doubles the number in place. A finite number that becomes infinite is an error and stays.";
}

#[cfg(test)]
mod tests {
    use super::{double, double_float32, double_uint8, identity_float32, twice};
    use contract::{InOut, Status};

    #[test]
    fn doubles_or_says_that_it_does_not_fit() {
        assert_eq!(double(9), Ok(18));
        assert_eq!(double(-1_073_741_824), Ok(i32::MIN));
        let fault = double(1 << 30).unwrap_err();
        assert_eq!((fault.status, fault.message.as_str()), (Status::Overflow, "twice 1073741824 does not fit i32"));
        let mut byte = 127u8;
        double_uint8(InOut(&mut byte)).unwrap();
        assert_eq!(byte, 254);
        assert_eq!(double_uint8(InOut(&mut byte)).unwrap_err().status, Status::Overflow);
        assert_eq!(byte, 254);
    }

    #[test]
    fn floats_keep_what_is_special() {
        assert_eq!(twice(f64::INFINITY), Ok(f64::INFINITY));
        assert!(twice(f64::NAN).unwrap().is_nan());
        assert_eq!(twice(f32::MAX).unwrap_err().status, Status::Overflow);
        assert_eq!(twice(-0.0f64).unwrap().to_bits(), (-0.0f64).to_bits());
        let mut tiny = f32::from_bits(1);
        double_float32(InOut(&mut tiny)).unwrap();
        assert_eq!(tiny.to_bits(), 2);
        assert_eq!(identity_float32(-0.0).to_bits(), (-0.0f32).to_bits());
    }
}
