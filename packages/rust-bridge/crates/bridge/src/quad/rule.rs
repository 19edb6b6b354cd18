//! The 21-point Gauss-Kronrod rule with QUADPACK's error estimate (QK21).

/// Nodes in (0, 1], the last one at the centre; every second one, from the second on, is also a 10-point Gauss node.
const NODES: [f64; 11] = [
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
];

const KRONROD_WEIGHTS: [f64; 11] = [
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
];

const GAUSS_WEIGHTS: [f64; 5] = [
    0.066_671_344_308_688_14,
    0.149_451_349_150_580_6,
    0.219_086_362_515_982_04,
    0.269_266_719_309_996_35,
    0.295_524_224_714_752_87,
];

/// Values that the rule takes.
pub(super) const POINTS: i32 = 21;

pub(super) struct Estimate {
    pub(super) integral: f64,
    pub(super) error: f64,
    /// The integral of |f|.
    pub(super) absolute: f64,
    /// The integral of |f - mean of f|.
    pub(super) deviation: f64,
}

/// Applies the rule once on [a, b].
pub(super) fn apply(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> Estimate {
    let (centre, half) = (0.5 * (a + b), 0.5 * (b - a));
    let middle = f(centre);
    let mut kronrod = middle * KRONROD_WEIGHTS[10];
    let mut absolute = kronrod.abs();
    let mut gauss = 0.0;
    let mut values = [(0.0, 0.0); 10];
    for (i, pair) in values.iter_mut().enumerate() {
        let offset = half * NODES[i];
        let (left, right) = (f(centre - offset), f(centre + offset));
        *pair = (left, right);
        kronrod += KRONROD_WEIGHTS[i] * (left + right);
        absolute += KRONROD_WEIGHTS[i] * (left.abs() + right.abs());
        if i % 2 == 1 {
            gauss += GAUSS_WEIGHTS[i / 2] * (left + right);
        }
    }
    let mean = 0.5 * kronrod;
    let mut deviation = KRONROD_WEIGHTS[10] * (middle - mean).abs();
    for (weight, (left, right)) in KRONROD_WEIGHTS.iter().zip(values) {
        deviation += weight * ((left - mean).abs() + (right - mean).abs());
    }
    let scale = half.abs();
    let (absolute, deviation) = (absolute * scale, deviation * scale);
    let error = rescale((kronrod - gauss) * half, absolute, deviation);
    Estimate { integral: kronrod * half, error, absolute, deviation }
}

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
    use super::apply;

    #[test]
    fn is_exact_for_polynomials_up_to_degree_31() {
        for degree in 0..=31 {
            let estimate = apply(&|x| x.powi(degree), 0.0, 1.0);
            let exact = 1.0 / f64::from(degree + 1);
            assert!((estimate.integral - exact).abs() < 4e-16, "degree {degree}: {}", estimate.integral - exact);
        }
        // The Gauss rule is exact to degree 19 only, so the estimate of the error wakes up behind it.
        assert!(apply(&|x| x.powi(19), -1.0, 1.0).error < 1e-14);
        assert!(apply(&|x| x.powi(40), -1.0, 1.0).error > 1e-10);
    }
}
