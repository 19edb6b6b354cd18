//! Points, directions and linear colours, three numbers each, and the arithmetic that a ray tracer needs.
use crate::geometry::Vector3;
use contract::Fault;
use std::ops::{Add, Mul, Neg, Sub};

/// A point, a direction, or a linear colour.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Triple {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) z: f64,
}

impl Triple {
    pub(crate) const ZERO: Self = Self::new(0.0, 0.0, 0.0);

    pub(crate) const fn new(x: f64, y: f64, z: f64) -> Self {
        Self { x, y, z }
    }

    /// What a caller passed as the parameter `name`. Refuses what is not finite.
    pub(crate) fn finite(name: &str, given: &Vector3) -> Result<Self, Fault> {
        let Vector3 { x, y, z } = *given;
        if x.is_finite() && y.is_finite() && z.is_finite() {
            return Ok(Self { x, y, z });
        }
        Err(Fault::argument(name, format!("is ({x}, {y}, {z}), but must be finite")))
    }

    /// A direction that a caller passed. Refuses what has none.
    pub(crate) fn direction(name: &str, given: &Vector3) -> Result<Self, Fault> {
        let vector = Self::finite(name, given)?;
        let scale = vector.x.abs().max(vector.y.abs()).max(vector.z.abs());
        if scale == 0.0 {
            return Err(Fault::argument(name, "has length 0, and therefore no direction"));
        }
        // Scaled first: the squares of very long and very short vectors do not fit a double.
        Ok(Self::new(vector.x / scale, vector.y / scale, vector.z / scale).normalized())
    }

    /// A linear colour that a caller passed. Refuses what is negative or not finite.
    pub(crate) fn color(name: &str, given: &Vector3) -> Result<Self, Fault> {
        let color = Self::finite(name, given)?;
        if color.x < 0.0 || color.y < 0.0 || color.z < 0.0 {
            let Self { x, y, z } = color;
            return Err(Fault::argument(name, format!("is ({x}, {y}, {z}), but a colour has no negative part")));
        }
        Ok(color)
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(crate) fn cross(self, other: Self) -> Self {
        Self::new(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    pub(crate) fn norm(self) -> f64 {
        self.dot(self).sqrt()
    }

    pub(crate) fn normalized(self) -> Self {
        self * (1.0 / self.norm())
    }

    /// Part by part.
    pub(crate) fn times(self, other: Self) -> Self {
        Self::new(self.x * other.x, self.y * other.y, self.z * other.z)
    }

    /// Mirrored at a surface with this normal.
    pub(crate) fn reflected(self, normal: Self) -> Self {
        self - normal * (2.0 * self.dot(normal))
    }
}

impl Add for Triple {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl Sub for Triple {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f64> for Triple {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor, self.z * factor)
    }
}

impl Neg for Triple {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1.0
    }
}
