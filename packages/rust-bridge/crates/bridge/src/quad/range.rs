//! The range of integration, and the change of variable that makes an infinite one finite. As in QUADPACK's QAGI,
//! `x = a + (1 - t) / t` maps (0, 1] onto [a, infinity); the whole line is folded at 0 into `f(x) + f(-x)`.

use super::rule::{KRONROD_15, KRONROD_21, Rule};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Range {
    /// Nothing to integrate over.
    Empty,
    Finite {
        from: f64,
        to: f64,
    },
    /// From `from` upwards (`direction` 1) or downwards (-1), with the sign of the orientation.
    HalfLine {
        from: f64,
        direction: f64,
        sign: f64,
    },
    WholeLine {
        sign: f64,
    },
}

impl Range {
    pub(super) fn new(a: f64, b: f64) -> Self {
        match (a.is_infinite(), b.is_infinite()) {
            _ if a == b => Self::Empty,
            (false, false) => Self::Finite { from: a, to: b },
            (false, true) => Self::HalfLine { from: a, direction: b.signum(), sign: b.signum() },
            (true, false) => Self::HalfLine { from: b, direction: a.signum(), sign: -a.signum() },
            (true, true) => Self::WholeLine { sign: b.signum() },
        }
    }

    /// The finite interval that is really integrated over.
    pub(super) fn interval(self) -> (f64, f64) {
        match self {
            Self::Empty => (0.0, 0.0),
            Self::Finite { from, to } => (from, to),
            Self::HalfLine { .. } | Self::WholeLine { .. } => (0.0, 1.0),
        }
    }

    /// The integrand there.
    pub(super) fn value(self, integrand: &dyn Fn(f64) -> f64, t: f64) -> f64 {
        let distance = (1.0 - t) / t;
        match self {
            Self::Empty => 0.0,
            Self::Finite { .. } => integrand(t),
            Self::HalfLine { from, direction, sign } => sign * (integrand(from + direction * distance) / t / t),
            Self::WholeLine { sign } => sign * ((integrand(distance) + integrand(-distance)) / t / t),
        }
    }

    /// The rule that QUADPACK uses there.
    pub(super) fn rule(self) -> &'static Rule {
        match self {
            Self::Empty | Self::Finite { .. } => &KRONROD_21,
            Self::HalfLine { .. } | Self::WholeLine { .. } => &KRONROD_15,
        }
    }

    /// Calls of the integrand for one value.
    pub(super) fn calls(self) -> i32 {
        match self {
            Self::Empty => 0,
            Self::Finite { .. } | Self::HalfLine { .. } => 1,
            Self::WholeLine { .. } => 2,
        }
    }
}
