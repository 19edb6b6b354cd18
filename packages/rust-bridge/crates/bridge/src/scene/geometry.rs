//! What rays hit: spheres and planes, and where on them.
use super::math::Triple;
use super::surface::Surface;
use std::f64::consts::{PI, TAU};

#[derive(Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) origin: Triple,
    /// Of length 1.
    pub(crate) direction: Triple,
}

#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Sphere {
        center: Triple,
        radius: f64,
    },
    /// The normal has length 1. `across` and `up` span the plane.
    Plane {
        origin: Triple,
        normal: Triple,
        across: Triple,
        up: Triple,
    },
}

#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) shape: Shape,
    pub(crate) surface: Surface,
}

impl Shape {
    pub(crate) fn plane(origin: Triple, normal: Triple) -> Self {
        let helper = if normal.y.abs() < 0.9 { Triple::new(0.0, 1.0, 0.0) } else { Triple::new(0.0, 0.0, -1.0) };
        let across = helper.cross(normal).normalized();
        Self::Plane { origin, normal, across, up: normal.cross(across) }
    }

    /// How far along the ray it is hit first, in front of its origin.
    pub(crate) fn distance(&self, ray: &Ray) -> Option<f64> {
        match self {
            Self::Sphere { center, radius } => {
                let to_center = *center - ray.origin;
                let along = to_center.dot(ray.direction);
                let beside = to_center.dot(to_center) - along * along;
                let half = radius * radius - beside;
                if half < 0.0 {
                    return None;
                }
                let half = half.sqrt();
                [along - half, along + half].into_iter().find(|distance| *distance > 0.0)
            }
            Self::Plane { origin, normal, .. } => {
                let slope = normal.dot(ray.direction);
                if slope.abs() < 1e-9 {
                    return None;
                }
                Some((*origin - ray.origin).dot(*normal) / slope).filter(|distance| *distance > 0.0)
            }
        }
    }

    /// Outwards, of length 1.
    pub(crate) fn normal_at(&self, point: Triple) -> Triple {
        match self {
            Self::Sphere { center, radius } => (point - *center) * (1.0 / radius),
            Self::Plane { normal, .. } => *normal,
        }
    }

    /// On a sphere longitude and latitude, both from 0 to 1; on a plane lengths along its two axes.
    pub(crate) fn texture_coordinates(&self, point: Triple) -> (f64, f64) {
        match self {
            Self::Sphere { center, radius } => {
                let Triple { x, y, z } = (point - *center) * (1.0 / radius);
                (0.5 + x.atan2(z) / TAU, 1.0 - y.clamp(-1.0, 1.0).acos() / PI)
            }
            Self::Plane { origin, across, up, .. } => {
                let place = point - *origin;
                (place.dot(*across), place.dot(*up))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ray, Shape};
    use crate::scene::math::Triple;

    fn ray(x: f64, y: f64, z: f64) -> Ray {
        Ray { origin: Triple::ZERO, direction: Triple::new(x, y, z).normalized() }
    }

    #[test]
    fn spheres_are_hit_first_in_front_of_the_origin() {
        let ahead = Shape::Sphere { center: Triple::new(0.0, 0.0, -5.0), radius: 1.0 };
        assert_eq!(ahead.distance(&ray(0.0, 0.0, -1.0)), Some(4.0));
        assert_eq!(ahead.distance(&ray(0.0, 0.0, 1.0)), None);
        assert_eq!(ahead.distance(&ray(0.0, 1.0, -1.0)), None);
        let around = Shape::Sphere { center: Triple::ZERO, radius: 2.0 };
        assert_eq!(around.distance(&ray(0.3, 0.1, 1.0)).map(|distance| (distance * 1e9).round() / 1e9), Some(2.0));
        assert_eq!(ahead.texture_coordinates(Triple::new(0.0, 1.0, -5.0)).1, 1.0);
    }

    #[test]
    fn planes_are_hit_from_both_sides_and_have_square_axes() {
        for normal in [Triple::new(0.0, 1.0, 0.0), Triple::new(0.0, 0.6, 0.8), Triple::new(1.0, 0.0, 0.0)] {
            let plane = Shape::plane(normal * -2.0, normal);
            assert_eq!(plane.distance(&Ray { origin: Triple::ZERO, direction: -normal }), Some(2.0));
            assert_eq!(plane.distance(&Ray { origin: normal * -5.0, direction: normal }), Some(3.0));
            let Shape::Plane { across, up, .. } = plane else { panic!("a plane") };
            for (one, other) in [(across, up), (across, normal), (up, normal)] {
                assert!(one.dot(other).abs() < 1e-12 && (one.norm() - 1.0).abs() < 1e-12);
            }
        }
    }
}
