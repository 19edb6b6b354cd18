// Kernels over matrices of float64.
import { type Kernel, kernel } from "./kernel.ts";
import { filled } from "./random.ts";

const side = 256;
const matrix = (n = side): Float64Array => filled(new Float64Array(n * n), -1, 1);

export const matrices = (): Kernel[] => [
  kernel(
    "doubling",
    "2-D doubling, 256 x 256",
    "void(CPointer(float64), CPointer(float64), intc, intc)",
    (carray) => (input, output, m, n) => {
      const a = carray(input, [m, n]);
      const b = carray(output, [m, n]);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) b[i][j] = 2 * a[i][j];
    },
    [matrix(), new Float64Array(side * side), side, side],
  ),
  kernel(
    "flat",
    "flat index, 256 x 256",
    "void(CPointer(float64), CPointer(float64), intc, intc)",
    () => (input, output, m, n) => {
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) output[i * n + j] = 2 * input[i * n + j] + 1;
    },
    [matrix(), new Float64Array(side * side), side, side],
  ),
  kernel(
    "stencil",
    "5-point stencil, 256 x 256",
    "void(CPointer(float64), CPointer(float64), intc, intc)",
    (carray) => (input, output, m, n) => {
      const a = carray(input, [m, n]);
      const b = carray(output, [m, n]);
      for (let i = 1; i < m - 1; i++) {
        for (let j = 1; j < n - 1; j++) {
          b[i][j] = 0.2 * (a[i][j] + a[i - 1][j] + a[i + 1][j] + a[i][j - 1] + a[i][j + 1]);
        }
      }
    },
    [matrix(), new Float64Array(side * side), side, side],
  ),
  kernel(
    "matmul",
    "matrix product, 96 x 96",
    "void(CPointer(float64), CPointer(float64), CPointer(float64), intc)",
    (carray) => (x, y, z, n) => {
      const a = carray(x, [n, n]);
      const b = carray(y, [n, n]);
      const c = carray(z, [n, n]);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += a[i][k] * b[k][j];
          c[i][j] = sum;
        }
      }
    },
    [matrix(96), matrix(96).reverse(), new Float64Array(96 * 96), 96],
  ),
  kernel(
    "strided",
    "strided copy, every 4th of 32768",
    "void(CPointer(float64), CPointer(float64), intc, intc)",
    () => (input, output, n, stride) => {
      for (let i = 0; i < n; i++) output[i] = input[i * stride];
    },
    [filled(new Float64Array(4 * 8192), -1, 1), new Float64Array(8192), 8192, 4],
  ),
];
