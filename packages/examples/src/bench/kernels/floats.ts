// Kernels that compute on floating-point numbers.
import { complex } from "@cfunc/core";
import { type Kernel, kernel } from "./kernel.ts";
import { filled } from "./random.ts";

/** Sun, Jupiter, Saturn, Uranus and Neptune: positions in au, velocities in au a year, masses of the sun's 4 pi^2. */
const solarSystem = {
  positions: [
    0, 0, 0, 4.84143144246472, -1.16032004402743, -0.10362204447112, 8.34336671824458, 4.1247985641243,
    -0.40352341711432, 12.8943695621391, -15.111151401699, -0.22330757889266, 15.3796971148509, -25.9193146099879,
    0.17925877295037,
  ],
  velocities: [
    -0.00038766340719874, -0.0032753590371766, 0.0000239357340800598, 0.606326392995832, 2.81198684491626,
    -0.0252183616598876, -1.01077434617879, 1.82566237123041, 0.00841576137658415, 1.08279100644154, 0.868713018169608,
    -0.0108326374013636, 0.979090732243898, 0.594698998647676, -0.0347559555155867,
  ],
  masses: [39.4784176043574, 0.03769367487038949, 0.011286326131968767, 0.0017237240570597112, 0.0020336868699246304],
};

export const floats = (): Kernel[] => [
  kernel(
    "dot",
    "dot product of 16384 float32",
    "float64(CPointer(float32), CPointer(float32), intc)",
    () => (x, y, n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x[i] * y[i];
      return sum;
    },
    [filled(new Float32Array(16384), -1, 1), filled(new Float32Array(16384), -1, 1).reverse(), 16384],
  ),
  kernel(
    "saxpy",
    "saxpy on 16384 float32",
    "void(float32, CPointer(float32), CPointer(float32), CPointer(float32), intc)",
    () => (a, x, y, z, n) => {
      for (let i = 0; i < n; i++) z[i] = Math.fround(a * x[i]) + y[i];
    },
    [
      1.5,
      filled(new Float32Array(16384), -1, 1),
      filled(new Float32Array(16384), -1, 1),
      new Float32Array(16384),
      16384,
    ],
  ),
  kernel(
    "horner",
    "polynomial of degree 7, 8192 values",
    "void(CPointer(float64), CPointer(float64), CPointer(float64), intc)",
    () => (x, c, y, n) => {
      for (let i = 0; i < n; i++) {
        let p = c[7];
        for (let k = 6; k >= 0; k--) p = p * x[i] + c[k];
        y[i] = p;
      }
    },
    [filled(new Float64Array(8192), -1, 1), filled(new Float64Array(8), -1, 1), new Float64Array(8192), 8192],
  ),
  kernel(
    "mandelbrot",
    "Mandelbrot set, 64 x 64, 200 iterations",
    "void(CPointer(int32), intc, intc, intc)",
    () => (counts, width, height, most) => {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const cr = (3 * column) / width - 2.25;
          const ci = (2.5 * row) / height - 1.25;
          let zr = 0;
          let zi = 0;
          let count = 0;
          while (count < most && zr * zr + zi * zi <= 4) {
            const next = zr * zr - zi * zi + cr;
            zi = 2 * zr * zi + ci;
            zr = next;
            count++;
          }
          counts[row * width + column] = count;
        }
      }
    },
    [new Int32Array(64 * 64), 64, 64, 200],
  ),
  kernel(
    "mandelbrot_complex",
    "the same with complex numbers",
    "void(CPointer(int32), intc, intc, intc)",
    () => (counts, width, height, most) => {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const c = complex.of((3 * column) / width - 2.25, (2.5 * row) / height - 1.25);
          let z = complex.of(0, 0);
          let count = 0;
          while (count < most && z.re * z.re + z.im * z.im <= 4) {
            z = complex.add(complex.mul(z, z), c);
            count++;
          }
          counts[row * width + column] = count;
        }
      }
    },
    [new Int32Array(64 * 64), 64, 64, 200],
  ),
  kernel(
    "nbody",
    "n-body, 5 bodies, 200 steps",
    "void(CPointer(float64), CPointer(float64), CPointer(float64), intc, intc, float64)",
    () => (p, v, mass, n, steps, dt) => {
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < n; i++) {
          for (let j = i + 1; j < n; j++) {
            const dx = p[3 * i] - p[3 * j];
            const dy = p[3 * i + 1] - p[3 * j + 1];
            const dz = p[3 * i + 2] - p[3 * j + 2];
            const d2 = dx * dx + dy * dy + dz * dz;
            const force = dt / (d2 * Math.sqrt(d2));
            v[3 * i] -= dx * mass[j] * force;
            v[3 * i + 1] -= dy * mass[j] * force;
            v[3 * i + 2] -= dz * mass[j] * force;
            v[3 * j] += dx * mass[i] * force;
            v[3 * j + 1] += dy * mass[i] * force;
            v[3 * j + 2] += dz * mass[i] * force;
          }
        }
        for (let i = 0; i < 3 * n; i++) p[i] += dt * v[i];
      }
    },
    [
      Float64Array.from(solarSystem.positions),
      Float64Array.from(solarSystem.velocities),
      Float64Array.from(solarSystem.masses),
      5,
      200,
      0.01,
    ],
  ),
  kernel(
    "clamp",
    "clamp of 16384 float64",
    "void(CPointer(float64), CPointer(float64), intc, float64, float64)",
    () => (x, y, n, lo, hi) => {
      for (let i = 0; i < n; i++) {
        const value = x[i];
        y[i] = value < lo ? lo : value > hi ? hi : value;
      }
    },
    [filled(new Float64Array(16384), -2, 2), new Float64Array(16384), 16384, -1, 1],
  ),
];
