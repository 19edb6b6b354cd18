//! Wynn's epsilon algorithm, which guesses the limit of the sequence of integrals (QUADPACK's QELG).

/// Elements that the table keeps at most; two more are scratch.
const MOST: usize = 50;

pub(super) struct Extrapolation {
    table: [f64; MOST + 2],
    length: usize,
    /// The last three results.
    recent: [f64; 3],
    results: usize,
}

pub(super) struct Limit {
    pub(super) value: f64,
    pub(super) error: f64,
}

impl Extrapolation {
    pub(super) fn new(first: f64) -> Self {
        let mut extrapolation = Self { table: [0.0; MOST + 2], length: 0, recent: [0.0; 3], results: 0 };
        extrapolation.append(first);
        extrapolation
    }

    pub(super) fn append(&mut self, element: f64) {
        self.table[self.length] = element;
        self.length += 1;
    }

    /// Nothing but the newest element is left: extrapolating further is hopeless.
    pub(super) fn is_exhausted(&self) -> bool {
        self.length == 1
    }

    /// The limit, as far as one can tell, with an estimate of its error.
    pub(super) fn limit(&mut self) -> Limit {
        let last = self.length - 1;
        let mut best = Limit { value: self.table[last], error: f64::MAX };
        if last < 2 {
            return best;
        }
        let columns = last / 2;
        self.table[last + 2] = self.table[last];
        self.table[last] = f64::MAX;
        let mut kept = last;
        for column in 0..columns {
            match self.step(last - 2 * column) {
                Step::Converged(limit) => return limit,
                Step::Irregular => {
                    kept = 2 * column;
                    break;
                }
                Step::Better(limit) if limit.error <= best.error => best = limit,
                Step::Better(_) => {}
            }
        }
        self.shift(last, columns, kept);
        best.error = self.compare_with_recent(best.value).max(5.0 * f64::EPSILON * best.value.abs());
        best
    }

    /// One element of the next diagonal, from the four around it.
    fn step(&mut self, i: usize) -> Step {
        let table = &mut self.table;
        let (e0, e1, e2, e3) = (table[i - 2], table[i - 1], table[i + 2], table[i]);
        let (delta1, delta2, delta3) = (e1 - e3, e2 - e1, e1 - e0);
        let negligible = |delta: f64, x: f64, y: f64| delta.abs() <= x.abs().max(y.abs()) * f64::EPSILON;
        let (flat2, flat3) = (negligible(delta2, e2, e1), negligible(delta3, e1, e0));
        if flat2 && flat3 {
            let error = (delta2.abs() + delta3.abs()).max(5.0 * f64::EPSILON * e2.abs());
            return Step::Converged(Limit { value: e2, error });
        }
        table[i] = e1;
        if flat2 || flat3 || negligible(delta1, e1, e3) {
            return Step::Irregular;
        }
        let slope = 1.0 / delta1 + 1.0 / delta2 - 1.0 / delta3;
        if (slope * e1).abs() <= 1e-4 {
            return Step::Irregular;
        }
        let value = e1 + 1.0 / slope;
        table[i] = value;
        Step::Better(Limit { value, error: delta2.abs() + (value - e2).abs() + delta3.abs() })
    }

    /// Moves the table down for the next diagonal.
    fn shift(&mut self, last: usize, columns: usize, kept: usize) {
        let kept = if kept == MOST - 1 { 2 * ((MOST - 1) / 2) } else { kept };
        let parity = last % 2;
        for i in 0..=columns {
            self.table[parity + 2 * i] = self.table[parity + 2 * i + 2];
        }
        if kept != last {
            self.table.copy_within(last - kept..=last, 0);
        }
        self.length = kept + 1;
    }

    fn compare_with_recent(&mut self, value: f64) -> f64 {
        self.results += 1;
        if self.results <= 3 {
            self.recent[self.results - 1] = value;
            return f64::MAX;
        }
        let error = self.recent.iter().map(|old| (value - old).abs()).sum();
        self.recent = [self.recent[1], self.recent[2], value];
        error
    }
}

enum Step {
    Converged(Limit),
    Irregular,
    Better(Limit),
}

#[cfg(test)]
mod tests {
    use super::Extrapolation;

    #[test]
    fn sums_a_slow_alternating_series() {
        // 1 - 1/2 + 1/3 - ... = ln 2; twenty terms give one digit, their extrapolation gives twelve.
        let mut sum = 1.0;
        let mut series = Extrapolation::new(sum);
        let mut limit = series.limit();
        for n in 2..=20 {
            sum -= f64::from(n).recip() * if n % 2 == 0 { 1.0 } else { -1.0 };
            series.append(sum);
            limit = series.limit();
        }
        assert!((sum - std::f64::consts::LN_2).abs() > 1e-2);
        assert!((limit.value - std::f64::consts::LN_2).abs() < 1e-12, "{}", limit.value);
        assert!(limit.error < 1e-9);
    }
}
