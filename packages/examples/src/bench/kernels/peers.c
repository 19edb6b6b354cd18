// The same algorithms as a C programmer would write them. A translation unit of its own, so that nothing is inlined
// into the harness. Compiled twice: PREFIX is gcc_ for plain -O3 -march=native, and exact_ with -ffp-contract=off,
// where every operation is rounded as JavaScript rounds it.
#include "kernels.h"
#include <complex.h>
#include <math.h>

#ifndef PREFIX
#define PREFIX gcc_
#endif
#define JOIN(A, B) A##B
#define NAMED(A, B) JOIN(A, B)
#define FN(NAME) NAMED(PREFIX, NAME)

void FN(doubling)(const double *a, double *b, int m, int n) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) b[i * n + j] = 2 * a[i * n + j];
}

void FN(flat)(const double *a, double *b, int m, int n) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) b[i * n + j] = 2 * a[i * n + j] + 1;
}

void FN(stencil)(const double *a, double *b, int m, int n) {
  for (int i = 1; i < m - 1; i++)
    for (int j = 1; j < n - 1; j++)
      b[i * n + j] =
          0.2 * (a[i * n + j] + a[(i - 1) * n + j] + a[(i + 1) * n + j] + a[i * n + j - 1] + a[i * n + j + 1]);
}

void FN(matmul)(const double *a, const double *b, double *c, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
}

void FN(strided)(const double *a, double *b, int n, int stride) {
  for (int i = 0; i < n; i++) b[i] = a[i * stride];
}

void FN(fir)(const int16_t *x, const int16_t *h, int16_t *y, int n, int taps) {
  for (int i = 0; i < n; i++) {
    int32_t sum = 0;
    for (int k = 0; k < taps; k++) sum += x[i + k] * h[k];
    y[i] = sum >> 15;
  }
}

void FN(grey)(const uint8_t *rgb, uint8_t *grey, int n) {
  for (int i = 0; i < n; i++) grey[i] = (77 * rgb[3 * i] + 150 * rgb[3 * i + 1] + 29 * rgb[3 * i + 2]) >> 8;
}

void FN(prefix)(const int32_t *x, int32_t *counts, int n, int32_t limit) {
  int count = 0;
  for (int i = 0; i < n; i++) {
    if (x[i] > limit) count++;
    counts[i] = count;
  }
}

intptr_t FN(sum16)(const int16_t *x, int n) {
  intptr_t sum = 0;
  for (int i = 0; i < n; i++) sum += x[i];
  return sum;
}

void FN(histogram)(const uint8_t *x, uint32_t *counts, int n) {
  for (int i = 0; i < n; i++) counts[x[i]]++;
}

uint32_t FN(fnv)(const uint8_t *x, int n) {
  uint32_t hash = 0x811c9dc5;
  for (int i = 0; i < n; i++) hash = (hash ^ x[i]) * 0x01000193;
  return hash;
}

int32_t FN(wrapped)(const int32_t *x, int n) {
  uint32_t sum = 0;
  for (int i = 0; i < n; i++) sum += (uint32_t)x[i];
  return (int32_t)sum;
}

int32_t FN(sieve)(uint8_t *composite, int n) {
  for (int i = 2; i <= n; i++) composite[i] = 0;
  for (int i = 2; i * i <= n; i++)
    if (composite[i] == 0)
      for (int j = i * i; j <= n; j += i) composite[j] = 1;
  int primes = 0;
  for (int i = 2; i <= n; i++)
    if (composite[i] == 0) primes++;
  return primes;
}

void FN(search)(const int32_t *sorted, int n, const int32_t *wanted, int32_t *found, int count) {
  for (int k = 0; k < count; k++) {
    int32_t key = wanted[k];
    int lo = 0, hi = n;
    while (lo < hi) {
      int middle = (int)(((unsigned)lo + (unsigned)hi) >> 1);
      if (sorted[middle] < key)
        lo = middle + 1;
      else
        hi = middle;
    }
    found[k] = lo;
  }
}

int32_t FN(gcd)(const int32_t *x, int n) {
  uint32_t sum = 0;
  for (int i = 0; i + 1 < n; i++) {
    int32_t a = x[i], b = x[i + 1];
    while (b != 0) {
      int32_t rest = a % b;
      a = b;
      b = rest;
    }
    sum += (uint32_t)a;
  }
  return (int32_t)sum;
}

double FN(dot)(const float *x, const float *y, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += (double)x[i] * y[i];
  return sum;
}

void FN(saxpy)(float a, const float *x, const float *y, float *z, int n) {
  for (int i = 0; i < n; i++) z[i] = a * x[i] + y[i];
}

void FN(horner)(const double *x, const double *c, double *y, int n) {
  for (int i = 0; i < n; i++) {
    double p = c[7];
    for (int k = 6; k >= 0; k--) p = p * x[i] + c[k];
    y[i] = p;
  }
}

void FN(mandelbrot)(int32_t *counts, int width, int height, int most) {
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++) {
      double cr = 3.0 * column / width - 2.25, ci = 2.5 * row / height - 1.25, zr = 0, zi = 0;
      int count = 0;
      while (count < most && zr * zr + zi * zi <= 4) {
        double next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        count++;
      }
      counts[row * width + column] = count;
    }
}

/* With textbook products: gcc's own would look for NaN after each. */
void FN(mandelbrot_complex)(int32_t *counts, int width, int height, int most) {
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++) {
      double _Complex c = CMPLX(3.0 * column / width - 2.25, 2.5 * row / height - 1.25), z = 0;
      int count = 0;
      while (count < most && creal(z) * creal(z) + cimag(z) * cimag(z) <= 4) {
        double re = creal(z) * creal(z) - cimag(z) * cimag(z), im = creal(z) * cimag(z) + cimag(z) * creal(z);
        z = CMPLX(re, im) + c;
        count++;
      }
      counts[row * width + column] = count;
    }
}

void FN(nbody)(double *p, double *v, const double *mass, int n, int steps, double dt) {
  for (int step = 0; step < steps; step++) {
    for (int i = 0; i < n; i++)
      for (int j = i + 1; j < n; j++) {
        double dx = p[3 * i] - p[3 * j];
        double dy = p[3 * i + 1] - p[3 * j + 1];
        double dz = p[3 * i + 2] - p[3 * j + 2];
        double d2 = dx * dx + dy * dy + dz * dz;
        double force = dt / (d2 * sqrt(d2));
        v[3 * i] -= dx * mass[j] * force;
        v[3 * i + 1] -= dy * mass[j] * force;
        v[3 * i + 2] -= dz * mass[j] * force;
        v[3 * j] += dx * mass[i] * force;
        v[3 * j + 1] += dy * mass[i] * force;
        v[3 * j + 2] += dz * mass[i] * force;
      }
    for (int i = 0; i < 3 * n; i++) p[i] += dt * v[i];
  }
}

void FN(clamp)(const double *x, double *y, int n, double lo, double hi) {
  for (int i = 0; i < n; i++) y[i] = x[i] < lo ? lo : x[i] > hi ? hi : x[i];
}
