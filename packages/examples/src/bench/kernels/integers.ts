// Kernels that compute on integers.
import { type Kernel, kernel } from "./kernel.ts";
import { filled } from "./random.ts";

const words = (n: number): Int32Array => filled(new Int32Array(n), -(2 ** 31), 2 ** 31);

export const integers = (): Kernel[] => [
  kernel(
    "wrapped",
    "wrapped sum of 65536 int32",
    "int32(CPointer(int32), intc)",
    () => (x, n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum = (sum + x[i]) | 0;
      return sum;
    },
    [words(65536), 65536],
  ),
  kernel(
    "sieve",
    "sieve of Eratosthenes to 65536",
    "int32(CPointer(uint8), intc)",
    () => (composite, n) => {
      for (let i = 2; i <= n; i++) composite[i] = 0;
      for (let i = 2; i * i <= n; i++) {
        if (composite[i] === 0) for (let j = i * i; j <= n; j += i) composite[j] = 1;
      }
      let primes = 0;
      for (let i = 2; i <= n; i++) if (composite[i] === 0) primes++;
      return primes;
    },
    [new Uint8Array(65537), 65536],
  ),
  kernel(
    "search",
    "binary search, 4096 in 4096",
    "void(CPointer(int32), intc, CPointer(int32), CPointer(int32), intc)",
    () => (sorted, n, wanted, found, count) => {
      for (let k = 0; k < count; k++) {
        const key = wanted[k];
        let lo = 0;
        let hi = n;
        while (lo < hi) {
          const middle = (lo + hi) >>> 1;
          if (sorted[middle] < key) lo = middle + 1;
          else hi = middle;
        }
        found[k] = lo;
      }
    },
    [words(4096).sort(), 4096, words(4096), new Int32Array(4096), 4096],
  ),
  kernel(
    "gcd",
    "greatest common divisors, 1024 pairs",
    "int32(CPointer(int32), intc)",
    () => (x, n) => {
      let sum = 0;
      for (let i = 0; i + 1 < n; i++) {
        let a = x[i];
        let b = x[i + 1];
        while (b !== 0) {
          const rest = a % b;
          a = b;
          b = rest;
        }
        sum = (sum + a) | 0;
      }
      return sum;
    },
    [filled(new Int32Array(1025), 1, 2 ** 31), 1025],
  ),
];
