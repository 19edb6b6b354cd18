//! Integrals with closed forms, of the kinds that QUADPACK's book tries: smooth, peaked, oscillating, singular at an
//! end or inside, on half lines and on the whole line; and the ones that must not succeed.
use super::adaptive::{Outcome, Status, Tolerance, integrate};
use super::range::Range;
use std::f64::consts::{FRAC_PI_2, LN_2, PI};

fn quad(f: impl Fn(f64) -> f64, a: f64, b: f64) -> Outcome {
    integrate(&f, Range::new(a, b), Tolerance::new(1.49e-8, 1.49e-8).unwrap())
}

/// The true error is within the estimate, and the estimate within the tolerance.
fn reaches(f: impl Fn(f64) -> f64, a: f64, b: f64, exact: f64) -> Outcome {
    let outcome = quad(f, a, b);
    let error = (outcome.result - exact).abs();
    assert_eq!(outcome.status, Status::Reached, "{outcome:?}");
    assert!(error <= outcome.error.max(4.0 * f64::EPSILON * exact.abs()), "{outcome:?}, off by {error:e}");
    assert!(outcome.error <= 1.49e-8 * exact.abs().max(1.0), "{outcome:?}");
    outcome
}

const INF: f64 = f64::INFINITY;

#[test]
fn the_integral_of_exp_minus_t_over_t_squared() {
    let outcome = reaches(|t| (-t).exp() / (t * t), 1.0, INF, 0.148_495_506_775_922_05);
    assert!((outcome.result - 0.148_495_506_775_922_05).abs() < 1e-16);
    assert_eq!(outcome.evaluations % 15, 0);
}

/// Results and error estimates of the Fortran QUADPACK, as SciPy's documentation prints them.
#[test]
fn agrees_with_quadpack() {
    let close = |found: f64, printed: f64| (found / printed - 1.0).abs() < 1e-6;
    let parabola = quad(|x| x * x, 0.0, 4.0);
    assert_eq!(parabola.result, 21.333333333333332);
    assert!(close(parabola.error, 2.3684757858670003e-13), "{parabola:?}");
    let tail = quad(|t| (-t).exp() / (t * t), 1.0, INF);
    assert!(close(tail.error, 3.8736750296130505e-10), "{tail:?}");
    let decay = quad(|x| (-x).exp(), 0.0, INF);
    assert_eq!(decay.evaluations, 135);
    assert!(close(decay.error, 5.842606742906004e-11), "{decay:?}");
}

#[test]
fn finite_ranges() {
    assert_eq!(reaches(f64::exp, 0.0, 1.0, 1f64.exp() - 1.0).evaluations, 21);
    reaches(f64::cos, 0.0, FRAC_PI_2, 1.0);
    reaches(f64::cos, FRAC_PI_2, 0.0, -1.0);
    reaches(|x| 1.0 / (1.0 + 1e4 * x * x), -1.0, 1.0, 2.0 * 100f64.atan() / 100.0);
    reaches(|x| (100.0 * x).sin(), 0.0, PI, 0.0);
    reaches(|x| (x - 0.3).abs(), 0.0, 1.0, 0.29);
    reaches(|x| if x < 1.0 / 3.0 { 0.0 } else { 1.0 }, 0.0, 1.0, 2.0 / 3.0);
    reaches(|_| 0.0, 0.0, 1.0, 0.0);
}

#[test]
fn singular_ends() {
    reaches(f64::ln, 0.0, 1.0, -1.0);
    reaches(|x| 1.0 / x.sqrt(), 0.0, 1.0, 2.0);
    reaches(|x| x.ln() / x.sqrt(), 0.0, 1.0, -4.0);
    reaches(|x| x.powf(-0.9), 0.0, 1.0, 10.0);
    reaches(|x| 1.0 / (1.0 - x * x).sqrt(), 0.0, 1.0, FRAC_PI_2);
}

#[test]
fn infinite_ranges() {
    reaches(|x| (-x).exp(), 0.0, INF, 1.0);
    reaches(|x| (-x).exp(), INF, 0.0, -1.0);
    reaches(f64::exp, -INF, 0.0, 1.0);
    reaches(f64::exp, 0.0, -INF, -1.0);
    reaches(|x| (-x * x).exp(), -INF, INF, PI.sqrt());
    reaches(|x| (-x * x).exp(), INF, -INF, -PI.sqrt());
    reaches(|x| 1.0 / (1.0 + x * x), -INF, INF, PI);
    reaches(|x| x.ln() / (1.0 + 100.0 * x * x), 0.0, INF, -PI * 10f64.ln() / 20.0);
    reaches(|x| 1.0 / (x.exp() + 1.0), 0.0, INF, LN_2);
    reaches(|x| (-x).exp() / x.sqrt(), 0.0, INF, PI.sqrt());
}

#[test]
fn evaluations_are_what_was_called() {
    use std::cell::Cell;
    let calls = Cell::new(0);
    let counted = |x: f64| {
        calls.set(calls.get() + 1);
        (-x * x).exp() * x.abs().sqrt()
    };
    let outcome = quad(counted, -INF, INF);
    assert_eq!(outcome.evaluations, calls.get());
    assert_eq!(outcome.evaluations % 30, 0);
}

#[test]
fn says_so_where_it_cannot() {
    assert_ne!(quad(|x| 1.0 / x, 0.0, 1.0).status, Status::Reached);
    assert_ne!(quad(|x| 1.0 / (1.0 + x), 0.0, INF).status, Status::Reached);
    assert_eq!(quad(|x| (x * x * 1e6).sin(), 0.0, 10.0).status, Status::TooManySubdivisions);
    assert_eq!(quad(|_| f64::NAN, 0.0, 1.0).status, Status::BadIntegrand);
    let pole = quad(|x| 1.0 / x.abs().sqrt(), -1.0, 1.0);
    assert_eq!((pole.status, pole.result), (Status::BadIntegrand, INF));
}

#[test]
fn an_empty_range_is_zero_and_calls_nothing() {
    let outcome = quad(|_| panic!("called"), 2.0, 2.0);
    assert_eq!((outcome.result, outcome.evaluations, outcome.status), (0.0, 0, Status::Reached));
}

#[test]
fn refuses_tolerances_that_mean_nothing() {
    for (absolute, relative) in [(f64::NAN, 1.0), (1.0, f64::NAN), (INF, 1.0), (-1.0, 1.0), (1.0, -1.0), (0.0, 1e-16)] {
        assert!(Tolerance::new(absolute, relative).is_err(), "{absolute} {relative}");
    }
    assert!(Tolerance::new(0.0, 1e-12).is_ok());
}
