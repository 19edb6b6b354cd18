//! The adaptive search: bisect the interval with the largest error, and extrapolate (QUADPACK's QAGS).
use super::extrapolation::Extrapolation;
use super::intervals::{Interval, Intervals};
use super::range::Range;
use super::rule::{Estimate, Rule};
use contract::Fault;

/// Subintervals at most.
const LIMIT: usize = 50;

/// How the search ended: QUADPACK's `ier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(super) enum Status {
    Reached = 0,
    TooManySubdivisions = 1,
    Roundoff = 2,
    BadIntegrand = 3,
    NoConvergence = 4,
    Divergent = 5,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    pub(super) result: f64,
    pub(super) error: f64,
    pub(super) evaluations: i32,
    pub(super) status: Status,
}

#[derive(Clone, Copy)]
pub(super) struct Tolerance {
    absolute: f64,
    relative: f64,
}

impl Tolerance {
    pub(super) fn new(absolute: f64, relative: f64) -> Result<Self, Fault> {
        for (name, value) in [("epsabs", absolute), ("epsrel", relative)] {
            if !value.is_finite() || value < 0.0 {
                return Err(Fault::argument(name, format!("is {value}, a finite tolerance of at least 0 is needed")));
            }
        }
        let least = 50.0 * f64::EPSILON;
        if absolute == 0.0 && relative < least {
            return Err(Fault::argument(
                "epsrel",
                format!("is {relative}; where epsabs is 0 it must be {least:e} or more"),
            ));
        }
        Ok(Self { absolute, relative })
    }

    fn around(self, integral: f64) -> f64 {
        self.absolute.max(self.relative * integral.abs())
    }
}

pub(super) fn integrate(integrand: &dyn Fn(f64) -> f64, range: Range, tolerance: Tolerance) -> Outcome {
    let (from, to) = range.interval();
    let transformed = |t: f64| range.value(integrand, t);
    let rule = range.rule();
    let first = rule.apply(&transformed, from, to);
    let mut intervals = Intervals::new(Interval::new(from, to, 0, &first));
    let (result, error, status) = match verdict_on_first(&first, tolerance) {
        Some(status) => (first.integral, first.error, status),
        None => Search::new(&transformed, rule, tolerance, &first).run(&mut intervals),
    };
    // n intervals came from 2n - 1 applications of the rule.
    let applications = 2 * intervals.len() as i32 - 1;
    Outcome { result, error, evaluations: applications * rule.points() * range.calls(), status }
}

/// Is one application of the rule enough, or already hopeless?
fn verdict_on_first(first: &Estimate, tolerance: Tolerance) -> Option<Status> {
    let wanted = tolerance.around(first.integral);
    if !first.integral.is_finite() {
        Some(Status::BadIntegrand)
    } else if first.error <= 100.0 * f64::EPSILON * first.absolute && first.error > wanted {
        Some(Status::Roundoff)
    } else if (first.error <= wanted && first.error != first.deviation) || first.error == 0.0 {
        Some(Status::Reached)
    } else {
        None
    }
}

/// Signs that rounding errors have taken over, counted.
#[derive(Default)]
struct Roundoff {
    in_bisection: u32,
    in_extrapolation: u32,
    error_grows: u32,
}

struct Search<'a> {
    f: &'a dyn Fn(f64) -> f64,
    rule: &'static Rule,
    tolerance: Tolerance,
    area: f64,
    error_sum: f64,
    absolute_of_first: f64,
    one_signed: bool,
    extrapolating: bool,
    extrapolation_useless: bool,
    roundoff: Roundoff,
    /// Rounding errors were seen while extrapolating.
    extrapolation_rough: bool,
    stopped: Option<Status>,
    series: Extrapolation,
    best: f64,
    best_error: f64,
    correction: f64,
    failures_in_a_row: u32,
    error_of_large: f64,
    wanted_of_large: f64,
}

impl<'a> Search<'a> {
    fn new(f: &'a dyn Fn(f64) -> f64, rule: &'static Rule, tolerance: Tolerance, first: &Estimate) -> Self {
        Self {
            f,
            rule,
            tolerance,
            area: first.integral,
            error_sum: first.error,
            absolute_of_first: first.absolute,
            one_signed: first.integral.abs() >= (1.0 - 50.0 * f64::EPSILON) * first.absolute,
            extrapolating: false,
            extrapolation_useless: false,
            roundoff: Roundoff::default(),
            extrapolation_rough: false,
            stopped: None,
            series: Extrapolation::new(first.integral),
            best: first.integral,
            best_error: f64::MAX,
            correction: 0.0,
            failures_in_a_row: 0,
            error_of_large: 0.0,
            wanted_of_large: 0.0,
        }
    }

    fn run(mut self, intervals: &mut Intervals) -> (f64, f64, Status) {
        while intervals.len() < LIMIT {
            let bisected = intervals.next();
            let error_of_halves = self.bisect(intervals);
            if !self.area.is_finite() {
                return (self.area, f64::INFINITY, Status::BadIntegrand);
            }
            if self.error_sum <= self.tolerance.around(self.area) {
                return (intervals.sum(), self.error_sum, self.stopped.unwrap_or(Status::Reached));
            }
            if self.stopped.is_some() {
                break;
            }
            if intervals.len() >= LIMIT {
                self.stopped = Some(Status::TooManySubdivisions);
                break;
            }
            if intervals.len() == 2 {
                self.error_of_large = self.error_sum;
                self.wanted_of_large = self.tolerance.around(self.area);
                self.series.append(self.area);
            } else if !self.extrapolation_useless && self.extrapolate(intervals, bisected, error_of_halves) {
                break;
            }
        }
        self.conclude(intervals)
    }

    /// Bisects the next interval; answers the error of the two halves together.
    fn bisect(&mut self, intervals: &mut Intervals) -> f64 {
        let whole = intervals.next();
        let middle = 0.5 * (whole.from + whole.to);
        let left = self.rule.apply(self.f, whole.from, middle);
        let right = self.rule.apply(self.f, middle, whole.to);
        let (area, error) = (left.integral + right.integral, left.error + right.error);
        self.error_sum += error - whole.error;
        self.area += area - whole.integral;
        if left.deviation != left.error && right.deviation != right.error {
            let same = (whole.integral - area).abs() <= 1e-5 * area.abs() && error >= 0.99 * whole.error;
            if same && self.extrapolating {
                self.roundoff.in_extrapolation += 1;
            } else if same {
                self.roundoff.in_bisection += 1;
            }
            if intervals.len() > 9 && error > whole.error {
                self.roundoff.error_grows += 1;
            }
        }
        let Roundoff { in_bisection, in_extrapolation, error_grows } = self.roundoff;
        if in_bisection + in_extrapolation >= 10 || error_grows >= 20 {
            self.stopped = Some(Status::Roundoff);
        }
        self.extrapolation_rough |= in_extrapolation >= 5;
        if too_small(whole.from, middle, whole.to) {
            self.stopped = Some(Status::BadIntegrand);
        }
        let level = whole.level + 1;
        let halves = [(whole.from, middle, left), (middle, whole.to, right)];
        intervals.replace(halves.map(|(from, to, estimate)| Interval::new(from, to, level, &estimate)));
        error
    }

    /// After a bisection: extrapolates when the large intervals are good enough. Answers whether the search is over.
    fn extrapolate(&mut self, intervals: &mut Intervals, bisected: Interval, error_of_halves: f64) -> bool {
        self.error_of_large -= bisected.error;
        if bisected.level + 1 < intervals.deepest() {
            self.error_of_large += error_of_halves;
        }
        if !self.extrapolating {
            if intervals.next_is_large() {
                return false;
            }
            self.extrapolating = true;
            intervals.start_behind_largest();
        }
        if !self.extrapolation_rough && self.error_of_large > self.wanted_of_large && intervals.find_large() {
            return false;
        }
        self.series.append(self.area);
        let limit = self.series.limit();
        self.failures_in_a_row += 1;
        if self.failures_in_a_row > 5 && self.best_error < 1e-3 * self.error_sum {
            self.stopped = Some(Status::NoConvergence);
        }
        if limit.error < self.best_error {
            self.failures_in_a_row = 0;
            (self.best, self.best_error) = (limit.value, limit.error);
            self.correction = self.error_of_large;
            self.wanted_of_large = self.tolerance.around(limit.value);
            if self.best_error <= self.wanted_of_large {
                return true;
            }
        }
        self.extrapolation_useless |= self.series.is_exhausted();
        if self.stopped.is_some() {
            return true;
        }
        intervals.start_over();
        self.extrapolating = false;
        self.error_of_large = self.error_sum;
        false
    }

    /// The extrapolated value, or the plain sum where that is the better one.
    fn conclude(mut self, intervals: &Intervals) -> (f64, f64, Status) {
        let summed = |search: &Self, status: Status| (intervals.sum(), search.error_sum, status);
        if self.best_error == f64::MAX {
            return summed(&self, self.stopped.unwrap_or(Status::TooManySubdivisions));
        }
        if self.stopped.is_some() || self.extrapolation_rough {
            if self.extrapolation_rough {
                self.best_error += self.correction;
            }
            let status = *self.stopped.get_or_insert(Status::Roundoff);
            if self.best != 0.0 && self.area != 0.0 {
                if self.best_error / self.best.abs() > self.error_sum / self.area.abs() {
                    return summed(&self, status);
                }
            } else if self.best_error > self.error_sum {
                return summed(&self, status);
            } else if self.area == 0.0 {
                return (self.best, self.best_error, status);
            }
        }
        let status = self.stopped.unwrap_or(Status::Reached);
        let cancels = !self.one_signed && self.best.abs().max(self.area.abs()) < 0.01 * self.absolute_of_first;
        let ratio = self.best / self.area;
        if !cancels && (!(0.01..=100.0).contains(&ratio) || self.error_sum > self.area.abs()) {
            return (self.best, self.best_error, Status::Divergent);
        }
        (self.best, self.best_error, status)
    }
}

/// Has bisection come down to neighbouring numbers?
fn too_small(from: f64, middle: f64, to: f64) -> bool {
    let bound = (1.0 + 100.0 * f64::EPSILON) * (middle.abs() + 1000.0 * f64::MIN_POSITIVE);
    from.abs() <= bound && to.abs() <= bound
}
