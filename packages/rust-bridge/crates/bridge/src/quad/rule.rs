//! Gauss-Kronrod rules with QUADPACK's error estimate: 21 points for finite ranges (QK21), 15 for infinite ones (QK15I).

/// A rule on [-1, 1], which is symmetric.
pub(super) struct Rule {
    /// From 1 to the centre; every second one, from the second on, is also a node of the Gauss rule.
    nodes: &'static [f64],
    kronrod_weights: &'static [f64],
    gauss_weights: &'static [f64],
    /// The centre's weight in the Gauss rule; 0 where it is no node of it.
    gauss_centre: f64,
}

/// 10 Gauss points and 11 more.
pub(super) const KRONROD_21: Rule = Rule {
    nodes: &[
        0.995_657_163_025_808_1,
        0.973_906_528_517_171_7,
        0.930_157_491_355_708_2,
        0.865_063_366_688_984_5,
        0.780_817_726_586_416_9,
        0.679_409_568_299_024_4,
        0.562_757_134_668_604_7,
        0.433_395_394_129_247_2,
        0.294_392_862_701_460_2,
        0.148_874_338_981_631_22,
        0.0,
    ],
    kronrod_weights: &[
        0.011_694_638_867_371_874,
        0.032_558_162_307_964_725,
        0.054_755_896_574_351_995,
        0.075_039_674_810_919_96,
        0.093_125_454_583_697_6,
        0.109_387_158_802_297_64,
        0.123_491_976_262_065_84,
        0.134_709_217_311_473_34,
        0.142_775_938_577_060_09,
        0.147_739_104_901_338_49,
        0.149_445_554_002_916_9,
    ],
    gauss_weights: &[
        0.066_671_344_308_688_14,
        0.149_451_349_150_580_6,
        0.219_086_362_515_982_04,
        0.269_266_719_309_996_35,
        0.295_524_224_714_752_87,
    ],
    gauss_centre: 0.0,
};

/// 7 Gauss points and 8 more.
pub(super) const KRONROD_15: Rule = Rule {
    nodes: &[
        0.991_455_371_120_812_6,
        0.949_107_912_342_758_5,
        0.864_864_423_359_769_1,
        0.741_531_185_599_394_5,
        0.586_087_235_467_691_1,
        0.405_845_151_377_397_2,
        0.207_784_955_007_898_48,
        0.0,
    ],
    kronrod_weights: &[
        0.022_935_322_010_529_224,
        0.063_092_092_629_978_56,
        0.104_790_010_322_250_19,
        0.140_653_259_715_525_92,
        0.169_004_726_639_267_9,
        0.190_350_578_064_785_42,
        0.204_432_940_075_298_89,
        0.209_482_141_084_727_82,
    ],
    gauss_weights: &[0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9],
    gauss_centre: 0.417_959_183_673_469_4,
};

pub(super) struct Estimate {
    pub(super) integral: f64,
    pub(super) error: f64,
    /// The integral of |f|.
    pub(super) absolute: f64,
    /// The integral of |f - mean of f|.
    pub(super) deviation: f64,
}

impl Rule {
    /// Values that the rule takes.
    pub(super) fn points(&self) -> i32 {
        2 * self.nodes.len() as i32 - 1
    }

    /// Applies the rule once on [a, b].
    pub(super) fn apply(&self, f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> Estimate {
        let (centre, half) = (0.5 * (a + b), 0.5 * (b - a));
        let pairs = self.nodes.len() - 1;
        let middle = f(centre);
        let mut kronrod = middle * self.kronrod_weights[pairs];
        let mut gauss = middle * self.gauss_centre;
        let mut absolute = kronrod.abs();
        let mut values = [(0.0, 0.0); MOST_PAIRS];
        for (i, pair) in values.iter_mut().take(pairs).enumerate() {
            let offset = half * self.nodes[i];
            let (left, right) = (f(centre - offset), f(centre + offset));
            *pair = (left, right);
            kronrod += self.kronrod_weights[i] * (left + right);
            absolute += self.kronrod_weights[i] * (left.abs() + right.abs());
            if i % 2 == 1 {
                gauss += self.gauss_weights[i / 2] * (left + right);
            }
        }
        let mean = 0.5 * kronrod;
        let mut deviation = self.kronrod_weights[pairs] * (middle - mean).abs();
        for (weight, (left, right)) in self.kronrod_weights.iter().zip(values).take(pairs) {
            deviation += weight * ((left - mean).abs() + (right - mean).abs());
        }
        let scale = half.abs();
        let (absolute, deviation) = (absolute * scale, deviation * scale);
        let error = rescale((kronrod - gauss) * half, absolute, deviation);
        Estimate { integral: kronrod * half, error, absolute, deviation }
    }
}

const MOST_PAIRS: usize = 10;

/// The difference of the two rules overestimates the error of the better one by far; QUADPACK's experience in a formula.
fn rescale(difference: f64, absolute: f64, deviation: f64) -> f64 {
    let mut error = difference.abs();
    if deviation != 0.0 && error != 0.0 {
        error = deviation * (200.0 * error / deviation).powf(1.5).min(1.0);
    }
    if absolute > f64::MIN_POSITIVE / (50.0 * f64::EPSILON) {
        error = error.max(50.0 * f64::EPSILON * absolute);
    }
    error
}

#[cfg(test)]
mod tests {
    use super::{KRONROD_15, KRONROD_21};

    #[test]
    fn rules_are_exact_for_polynomials_up_to_their_degree() {
        for (rule, exact_to, gauss_exact_to) in [(KRONROD_21, 31, 19), (KRONROD_15, 23, 13)] {
            for degree in 0..=exact_to {
                let estimate = rule.apply(&|x| x.powi(degree), 0.0, 1.0);
                let exact = 1.0 / f64::from(degree + 1);
                assert!((estimate.integral - exact).abs() < 4e-16, "degree {degree}: {}", estimate.integral - exact);
            }
            // Above the degree of its Gauss rule the estimate of the error wakes up.
            assert!(rule.apply(&|x| x.powi(gauss_exact_to), -1.0, 1.0).error < 1e-14);
            assert!(rule.apply(&|x| x.powi(exact_to + 9), -1.0, 1.0).error > 1e-10);
        }
    }
}
