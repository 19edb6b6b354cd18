// Kernels over samples, pixels and bytes.
import { type Kernel, kernel } from "./kernel.ts";
import { filled } from "./random.ts";

const bytes = (n: number): Uint8Array => filled(new Uint8Array(n), 0, 256);
const samples = (n: number): Int16Array => filled(new Int16Array(n), -32768, 32768);

export const signals = (): Kernel[] => [
  kernel(
    "fir",
    "FIR filter on int16, 32 taps",
    "void(CPointer(int16), CPointer(int16), CPointer(int16), intc, intc)",
    () => (x, h, y, n, taps) => {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let k = 0; k < taps; k++) sum = (sum + x[i + k] * h[k]) | 0;
        y[i] = sum >> 15;
      }
    },
    [samples(8192 + 32), filled(new Int16Array(32), -1000, 1000), new Int16Array(8192), 8192, 32],
  ),
  kernel(
    "grey",
    "grey-scale on uint8, 65536 pixels",
    "void(CPointer(uint8), CPointer(uint8), intc)",
    () => (rgb, grey, n) => {
      for (let i = 0; i < n; i++) {
        grey[i] = (77 * rgb[3 * i] + 150 * rgb[3 * i + 1] + 29 * rgb[3 * i + 2]) >> 8;
      }
    },
    [bytes(3 * 65536), new Uint8Array(65536), 65536],
  ),
  kernel(
    "prefix",
    "prefix count of 16384",
    "void(CPointer(int32), CPointer(int32), intc, int32)",
    () => (x, counts, n, limit) => {
      let count = 0;
      for (let i = 0; i < n; i++) {
        if (x[i] > limit) count++;
        counts[i] = count;
      }
    },
    [filled(new Int32Array(16384), -1000, 1000), new Int32Array(16384), 16384, 100],
  ),
  kernel(
    "sum16",
    "sum of 65536 int16",
    "intp(CPointer(int16), intc)",
    () => (x, n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x[i];
      return sum;
    },
    [samples(65536), 65536],
  ),
  kernel(
    "histogram",
    "byte histogram of 65536",
    "void(CPointer(uint8), CPointer(uint32), intc)",
    () => (x, counts, n) => {
      for (let i = 0; i < n; i++) counts[x[i]]++;
    },
    [bytes(65536), new Uint32Array(256), 65536],
  ),
  kernel(
    "fnv",
    "FNV-1a hash of 16384 bytes",
    "uint32(CPointer(uint8), intc)",
    () => (x, n) => {
      let hash = 0x811c9dc5;
      for (let i = 0; i < n; i++) hash = Math.imul(hash ^ x[i], 0x01000193);
      return hash >>> 0;
    },
    [bytes(16384), 16384],
  ),
];
