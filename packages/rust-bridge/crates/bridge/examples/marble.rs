//! The procedural texture of the benchmark, written in Rust: a library of its own with one C function, called through
//! its address exactly like a compiled TypeScript function.

/// Veins of marble.
///
/// # Safety
/// `rgb` is good for three numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn marble(u: f64, v: f64, rgb: *mut f64) {
    let mut sum = 0.0;
    let mut scale = 1.0;
    for _ in 0..4 {
        sum += ((u * 3.1 * scale + sum).sin() * (v * 2.3 * scale - sum).cos()).abs() / scale;
        scale *= 2.0;
    }
    let vein = 0.5 + 0.5 * (4.0 * u + 5.0 * sum).sin();
    let light = vein * vein;
    // SAFETY: promised by the caller.
    unsafe {
        rgb.write(0.2 + 0.7 * light);
        rgb.add(1).write(0.22 + 0.66 * light);
        rgb.add(2).write(0.28 + 0.6 * light);
    }
}
