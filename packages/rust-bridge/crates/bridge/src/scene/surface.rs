//! Surfaces: a coloration, and what light does there.
use super::coloration::Coloration;
use contract::{Fault, Object};
use std::sync::Arc;

#[derive(Clone, Copy)]
pub(crate) enum Finish {
    /// Scatters light evenly.
    Diffuse,
    /// Mirrors this share of the light and scatters the rest.
    Reflective { reflectivity: f64 },
    /// Bends light that goes through, and mirrors as much as Fresnel's equations say. What does not go through is
    /// scattered.
    Refractive { index: f64, transparency: f64 },
}

#[derive(Clone)]
pub(crate) struct Surface {
    pub(crate) coloration: Arc<Coloration>,
    /// The share of the scattered light that is not swallowed.
    pub(crate) albedo: f64,
    pub(crate) finish: Finish,
}

impl Object for Surface {
    const KIND: &'static str = "surface";
    const TAG: &'static str = "surface";
    const DESTRUCTOR: &'static str = "surface_free";
}

impl Surface {
    pub(crate) fn new(coloration: Arc<Coloration>, albedo: f64, finish: Finish) -> Result<Self, Fault> {
        share("albedo", albedo)?;
        match finish {
            Finish::Diffuse => {}
            Finish::Reflective { reflectivity } => share("reflectivity", reflectivity)?,
            Finish::Refractive { index, transparency } => {
                share("transparency", transparency)?;
                if !(0.1..=10.0).contains(&index) {
                    return Err(Fault::argument("index", format!("is {index}, but must be from 0.1 to 10")));
                }
            }
        }
        Ok(Self { coloration, albedo, finish })
    }
}

fn share(name: &str, value: f64) -> Result<(), Fault> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(Fault::argument(name, format!("is {value}, but must be from 0 to 1")))
}
