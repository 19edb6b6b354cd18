//! Tuples returned by value: small structures that come back in registers, integers in some and doubles in others.
use contract::{Fault, Input, Status, c_struct, ffi_export};

c_struct! {
    /// A quotient and what is left.
    pub struct Division as "division" {
        /// Rounded towards zero.
        pub quotient: i64,
        /// Has the sign of the dividend.
        pub remainder: i64,
    }
}

c_struct! {
    /// The least and the greatest of some numbers.
    pub struct Extent as "extent_result" {
        /// The least.
        pub least: f64,
        /// The greatest.
        pub greatest: f64,
    }
}

c_struct! {
    /// How many numbers there are, and their mean.
    pub struct Mean as "mean_result" {
        /// How many.
        pub count: i64,
        /// Their mean.
        pub mean: f64,
    }
}

/// Divides integers. A divisor of 0, and -2^63 divided by -1, have no result.
#[ffi_export]
fn divide(dividend: i64, divisor: i64) -> Result<Division, Fault> {
    if divisor == 0 {
        return Err(Fault::argument("divisor", "is 0"));
    }
    match (dividend.checked_div(divisor), dividend.checked_rem(divisor)) {
        (Some(quotient), Some(remainder)) => Ok(Division { quotient, remainder }),
        _ => Err(Fault::new(Status::Overflow, format!("{dividend} divided by {divisor} does not fit i64"))),
    }
}

/// The least and the greatest of `n` numbers, of which there must be one, and none may be NaN.
#[ffi_export]
fn extent(#[length(n)] numbers: Input<f64>, n: usize) -> Result<Extent, Fault> {
    if n == 0 {
        return Err(Fault::argument("n", "is 0: no numbers have no extent"));
    }
    let mut extent = Extent { least: f64::INFINITY, greatest: f64::NEG_INFINITY };
    for (i, number) in numbers.iter().enumerate() {
        if number.is_nan() {
            return Err(Fault::argument(&format!("numbers[{i}]"), "is NaN, which has no place in an order"));
        }
        extent = Extent { least: extent.least.min(number), greatest: extent.greatest.max(number) };
    }
    Ok(extent)
}

/// How many numbers there are, and their mean; NaN where there is none.
#[ffi_export]
fn mean(#[length(n)] numbers: Input<f64>, n: usize) -> Mean {
    Mean { count: n as i64, mean: numbers.iter().fold(0.0, |sum, number| sum + number) / n as f64 }
}

#[cfg(test)]
mod tests {
    use super::divide;
    use contract::Status;

    #[test]
    fn divides_towards_zero() {
        for (dividend, divisor, quotient, remainder) in [(7, 2, 3, 1), (-7, 2, -3, -1), (7, -2, -3, 1), (0, 5, 0, 0)] {
            let division = divide(dividend, divisor).unwrap();
            assert_eq!((division.quotient, division.remainder), (quotient, remainder));
        }
        assert_eq!(divide(1, 0).unwrap_err().status, Status::InvalidArgument);
        assert_eq!(divide(i64::MIN, -1).unwrap_err().status, Status::Overflow);
    }
}
