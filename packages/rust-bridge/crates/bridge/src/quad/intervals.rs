//! The list of subintervals, in the order of their errors, and which of them is bisected next (QUADPACK's QPSRT).
use super::rule::Estimate;

#[derive(Clone, Copy)]
pub(super) struct Interval {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) integral: f64,
    pub(super) error: f64,
    /// Bisections that led to it.
    pub(super) level: u32,
}

impl Interval {
    pub(super) fn new(from: f64, to: f64, level: u32, estimate: &Estimate) -> Self {
        Self { from, to, integral: estimate.integral, error: estimate.error, level }
    }
}

pub(super) struct Intervals {
    /// Largest error first.
    sorted: Vec<Interval>,
    /// Which one comes next: 0, or further down while the extrapolation wants the large intervals refined first.
    next: usize,
    deepest: u32,
}

impl Intervals {
    pub(super) fn new(whole: Interval) -> Self {
        Self { sorted: vec![whole], next: 0, deepest: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    pub(super) fn deepest(&self) -> u32 {
        self.deepest
    }

    pub(super) fn next(&self) -> Interval {
        self.sorted[self.next]
    }

    /// Puts two halves in the place of the next interval.
    pub(super) fn replace(&mut self, halves: [Interval; 2]) {
        self.sorted.remove(self.next);
        self.deepest = self.deepest.max(halves[0].level);
        let [one, other] = halves;
        let (larger, smaller) = if other.error > one.error { (other, one) } else { (one, other) };
        let place = self.insert(larger);
        self.insert(smaller);
        self.next = self.next.min(place);
    }

    /// Is the next interval larger than the smallest ones?
    pub(super) fn next_is_large(&self) -> bool {
        self.next().level < self.deepest
    }

    pub(super) fn start_behind_largest(&mut self) {
        self.next = 1;
    }

    pub(super) fn start_over(&mut self) {
        self.next = 0;
    }

    /// Goes on to the next large interval; `false` where there is none.
    pub(super) fn find_large(&mut self) -> bool {
        while self.next < self.sorted.len() {
            if self.next_is_large() {
                return true;
            }
            self.next += 1;
        }
        self.next = self.sorted.len() - 1;
        false
    }

    /// The sum of the integrals.
    pub(super) fn sum(&self) -> f64 {
        self.sorted.iter().map(|interval| interval.integral).sum()
    }

    fn insert(&mut self, interval: Interval) -> usize {
        let place = self.sorted.partition_point(|other| other.error >= interval.error);
        self.sorted.insert(place, interval);
        place
    }
}
