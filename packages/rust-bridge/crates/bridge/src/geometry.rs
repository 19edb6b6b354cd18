//! Structures by pointer, by value and in arrays.
use contract::{Fault, Input, Output, Status, c_struct, ffi_export};

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

/// The cross product of two vectors.
#[ffi_export]
fn cross(left: &Vector3, right: &Vector3, out: &mut Vector3) {
    *out = Vector3 {
        x: left.y * right.z - left.z * right.y,
        y: left.z * right.x - left.x * right.z,
        z: left.x * right.y - left.y * right.x,
    };
}

/// The same length, of a vector by value.
#[ffi_export]
fn length_by_value(vector: Vector3) -> f64 {
    length(&vector)
}

/// The cross product by value: vectors in, a vector out.
#[ffi_export]
fn cross_by_value(left: Vector3, right: Vector3) -> Vector3 {
    let mut out = left;
    cross(&left, &right, &mut out);
    out
}

/// The vector of length 1 in the same direction. A vector of length 0, or one that is not finite, has none.
#[ffi_export]
fn normalize(vector: &Vector3, out: &mut Vector3) -> Result<(), Fault> {
    *out = direction_of(*vector).map_err(|why| Fault::argument("vector", why))?;
    Ok(())
}

/// Normalizes `n` vectors. One that cannot be normalized is refused by its index, and nothing is written then. The two
/// buffers may be the same.
#[ffi_export]
fn normalize_all(
    #[length(n)] vectors: Input<Vector3>,
    #[length(n)] out: Output<Vector3>,
    n: usize,
) -> Result<(), Fault> {
    let mut directions = Vec::new();
    directions
        .try_reserve_exact(n)
        .map_err(|_| Fault::new(Status::OutOfMemory, "there is no memory for the result"))?;
    for (i, vector) in vectors.iter().enumerate() {
        directions.push(direction_of(vector).map_err(|why| Fault::argument(&format!("vectors[{i}]"), why))?);
    }
    let mut out = out;
    for (i, direction) in directions.into_iter().enumerate() {
        out.set(i, direction);
    }
    Ok(())
}

fn direction_of(vector: Vector3) -> Result<Vector3, &'static str> {
    let Vector3 { x, y, z } = vector;
    // Scaled by the largest coordinate first: the length of a very long vector is infinite, its direction is not.
    let scale = x.abs().max(y.abs()).max(z.abs());
    if !(x.is_finite() && y.is_finite() && z.is_finite()) {
        return Err("is not finite");
    }
    if scale == 0.0 {
        return Err("has length 0, and therefore no direction");
    }
    // Not the reciprocal, which overflows for the smallest numbers.
    let (x, y, z) = (x / scale, y / scale, z / scale);
    let norm = (x * x + y * y + z * z).sqrt();
    Ok(Vector3 { x: x / norm, y: y / norm, z: z / norm })
}

#[cfg(test)]
mod tests {
    use super::{Vector3, cross, length, normalize};
    use contract::Status;

    #[test]
    fn products_and_directions() {
        let [a, b] = [Vector3 { x: 1.0, y: 2.0, z: 3.0 }, Vector3 { x: -4.0, y: 5.0, z: 0.5 }];
        let mut out = a;
        cross(&a, &b, &mut out);
        assert_eq!([out.x, out.y, out.z], [-14.0, -12.5, 13.0]);
        for scale in [1e-320, 1e-200, 1.0, 1e300] {
            normalize(&Vector3 { x: 3.0 * scale, y: 0.0, z: -4.0 * scale }, &mut out).unwrap();
            assert!((length(&out) - 1.0).abs() < 1e-15);
            assert!((out.x - 0.6).abs() < 1e-4 && (out.z + 0.8).abs() < 1e-4, "{out:?}");
        }
        for bad in [0.0, f64::NAN, f64::INFINITY] {
            let fault = normalize(&Vector3 { x: 0.0, y: bad, z: 0.0 }, &mut out).unwrap_err();
            assert_eq!(fault.status, Status::InvalidArgument);
        }
    }

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
