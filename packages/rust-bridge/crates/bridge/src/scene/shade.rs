//! Light: what a ray sees. Whitted's recursion with Fresnel's equations for the share that a refractive surface mirrors
//! (T. Whitted, An improved illumination model for shaded display, CACM 23, 1980).
use super::geometry::{Body, Ray};
use super::math::Triple;
use super::surface::Finish;
use contract::Fault;
use std::f64::consts::PI;

#[derive(Clone, Copy)]
pub(crate) enum Light {
    /// Shines from a place, weaker with the square of the distance.
    Point { position: Triple, power: Triple },
    /// Shines from infinitely far away. `towards` points to it and has length 1.
    Directional { towards: Triple, power: Triple },
}

/// What is behind everything: a gradient from the horizon to the zenith.
#[derive(Clone, Copy)]
pub(crate) struct Sky {
    pub(crate) horizon: Triple,
    pub(crate) zenith: Triple,
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) bodies: Vec<Body>,
    pub(crate) lights: Vec<Light>,
    pub(crate) sky: Sky,
    /// How far above a surface rays start that leave it: less, and it shadows itself.
    pub(crate) shadow_bias: f64,
    pub(crate) recursion_depth: u32,
}

/// Where a ray hit, and how it lies there.
struct Hit<'a> {
    body: &'a Body,
    point: Triple,
    /// Against the ray, of length 1.
    normal: Triple,
    /// The ray comes from outside of the body.
    enters: bool,
}

impl World {
    /// The linear colour that comes from where a ray points.
    pub(crate) fn trace(&self, ray: &Ray, depth: u32) -> Result<Triple, Fault> {
        let Some(hit) = self.hit(ray) else { return Ok(self.sky_at(ray.direction)) };
        let (u, v) = hit.body.shape.texture_coordinates(hit.point);
        let color = hit.body.surface.coloration.at(u, v)?;
        let scattered = |hit: &Hit<'_>| self.scattered(hit).times(color) * (hit.body.surface.albedo / PI);
        if depth >= self.recursion_depth {
            return Ok(scattered(&hit));
        }
        match hit.body.surface.finish {
            Finish::Diffuse => Ok(scattered(&hit)),
            Finish::Reflective { reflectivity } => {
                let mirrored = self.mirrored(ray, &hit, depth)?;
                Ok(scattered(&hit) * (1.0 - reflectivity) + mirrored.times(color) * reflectivity)
            }
            Finish::Refractive { index, transparency } => {
                let share = fresnel(ray.direction, &hit, index);
                let mut through = self.mirrored(ray, &hit, depth)? * share;
                if share < 1.0 {
                    through = through + self.refracted(ray, &hit, index, depth)?.times(color) * (1.0 - share);
                }
                Ok(scattered(&hit) * (1.0 - transparency) + through * transparency)
            }
        }
    }

    fn hit(&self, ray: &Ray) -> Option<Hit<'_>> {
        let mut nearest: Option<(f64, &Body)> = None;
        for body in &self.bodies {
            if let Some(distance) = body.shape.distance(ray) {
                if nearest.is_none_or(|(best, _)| distance < best) {
                    nearest = Some((distance, body));
                }
            }
        }
        let (distance, body) = nearest?;
        let point = ray.origin + ray.direction * distance;
        let outward = body.shape.normal_at(point);
        let enters = outward.dot(ray.direction) < 0.0;
        Some(Hit { body, point, normal: if enters { outward } else { -outward }, enters })
    }

    /// The light that arrives at a place and is scattered there, before the surface's own colour.
    fn scattered(&self, hit: &Hit<'_>) -> Triple {
        let start = hit.point + hit.normal * self.shadow_bias;
        let arriving = |light: &Light| {
            let (towards, distance, power) = match *light {
                Light::Directional { towards, power } => (towards, f64::INFINITY, power),
                Light::Point { position, power } => {
                    let way = position - start;
                    let distance = way.norm();
                    (way * (1.0 / distance), distance, power * (1.0 / (4.0 * PI * distance * distance)))
                }
            };
            let slope = hit.normal.dot(towards);
            // A light exactly at the place has no direction: NaN.
            if slope.is_nan() || slope <= 0.0 {
                return Triple::ZERO;
            }
            power.times(self.let_through(&Ray { origin: start, direction: towards }, distance)) * slope
        };
        self.lights.iter().map(arriving).fold(Triple::ZERO, |sum, light| sum + light)
    }

    /// How much light comes through between a place and a light: nothing past a body, except through glass, which dims.
    fn let_through(&self, ray: &Ray, distance: f64) -> Triple {
        let mut share = 1.0;
        for body in &self.bodies {
            if body.shape.distance(ray).is_some_and(|there| there < distance) {
                match body.surface.finish {
                    Finish::Refractive { transparency, .. } => share *= 0.75 * transparency,
                    _ => return Triple::ZERO,
                }
            }
        }
        Triple::new(share, share, share)
    }

    fn mirrored(&self, ray: &Ray, hit: &Hit<'_>, depth: u32) -> Result<Triple, Fault> {
        let direction = ray.direction.reflected(hit.normal);
        self.trace(&Ray { origin: hit.point + hit.normal * self.shadow_bias, direction }, depth + 1)
    }

    fn refracted(&self, ray: &Ray, hit: &Hit<'_>, index: f64, depth: u32) -> Result<Triple, Fault> {
        let ratio = if hit.enters { 1.0 / index } else { index };
        let cosine = -ray.direction.dot(hit.normal);
        let under = 1.0 - ratio * ratio * (1.0 - cosine * cosine);
        // Below 0 everything is mirrored, and Fresnel's share is 1: nobody asks.
        let direction = ray.direction * ratio + hit.normal * (ratio * cosine - under.max(0.0).sqrt());
        let origin = hit.point - hit.normal * self.shadow_bias;
        self.trace(&Ray { origin, direction: direction.normalized() }, depth + 1)
    }

    fn sky_at(&self, direction: Triple) -> Triple {
        let height = direction.y.clamp(0.0, 1.0).sqrt();
        self.sky.horizon * (1.0 - height) + self.sky.zenith * height
    }
}

/// The share of the light that is mirrored, for light without a polarization.
fn fresnel(direction: Triple, hit: &Hit<'_>, index: f64) -> f64 {
    let (from, to) = if hit.enters { (1.0, index) } else { (index, 1.0) };
    let cosine_in = -direction.dot(hit.normal);
    let sine_out = from / to * (1.0 - cosine_in * cosine_in).max(0.0).sqrt();
    if sine_out >= 1.0 {
        return 1.0;
    }
    let cosine_out = (1.0 - sine_out * sine_out).sqrt();
    let across = (from * cosine_in - to * cosine_out) / (from * cosine_in + to * cosine_out);
    let along = (to * cosine_in - from * cosine_out) / (to * cosine_in + from * cosine_out);
    (across * across + along * along) / 2.0
}
