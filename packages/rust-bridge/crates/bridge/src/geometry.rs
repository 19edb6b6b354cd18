//! Structures by pointer.
use contract::{c_struct, ffi_export};

c_struct! {
    /// A vector in space.
    pub struct Vector3 as "Vector3" {
        /// First coordinate.
        pub x: f64,
        /// Second coordinate.
        pub y: f64,
        /// Third coordinate.
        pub z: f64,
    }
}

/// The Euclidean length of a vector. Does not overflow where the length itself does not.
#[ffi_export]
fn length(vector: &Vector3) -> f64 {
    let Vector3 { x, y, z } = *vector;
    let plain = (x * x + y * y + z * z).sqrt();
    // The plain formula is the more exact one; squares near the ends of a double's range need the other.
    if (1e-140..1e140).contains(&plain) { plain } else { x.hypot(y).hypot(z) }
}

#[cfg(test)]
mod tests {
    use super::{Vector3, length};

    #[test]
    fn lengths() {
        assert_eq!(length(&Vector3 { x: 1.0, y: 1.0, z: 1.0 }), 1.7320508075688772);
        assert_eq!(length(&Vector3 { x: 3.0, y: -4.0, z: 0.0 }), 5.0);
        assert_eq!(length(&Vector3 { x: 0.0, y: 0.0, z: 0.0 }), 0.0);
        for (scale, exact) in [(1e200, 5e200), (1e-200, 5e-200)] {
            let found = length(&Vector3 { x: 3.0 * scale, y: 4.0 * scale, z: 0.0 });
            assert!((found / exact - 1.0).abs() <= 2.0 * f64::EPSILON, "{found}");
        }
        assert!(length(&Vector3 { x: f64::NAN, y: 0.0, z: 0.0 }).is_nan());
    }
}
