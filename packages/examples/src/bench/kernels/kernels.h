// Every kernel once: its result, its name, its parameters, and how they are passed on.
#include <stdint.h>

#define KERNELS(K)                                                                                                  \
  K(void, doubling, (const double *a, double *b, int m, int n), (a, b, m, n))                                       \
  K(void, flat, (const double *a, double *b, int m, int n), (a, b, m, n))                                           \
  K(void, stencil, (const double *a, double *b, int m, int n), (a, b, m, n))                                        \
  K(void, matmul, (const double *a, const double *b, double *c, int n), (a, b, c, n))                               \
  K(void, strided, (const double *a, double *b, int n, int stride), (a, b, n, stride))                              \
  K(void, fir, (const int16_t *x, const int16_t *h, int16_t *y, int n, int taps), (x, h, y, n, taps))               \
  K(void, grey, (const uint8_t *rgb, uint8_t *grey, int n), (rgb, grey, n))                                         \
  K(void, prefix, (const int32_t *x, int32_t *counts, int n, int32_t limit), (x, counts, n, limit))                 \
  K(intptr_t, sum16, (const int16_t *x, int n), (x, n))                                                             \
  K(void, histogram, (const uint8_t *x, uint32_t *counts, int n), (x, counts, n))                                   \
  K(uint32_t, fnv, (const uint8_t *x, int n), (x, n))                                                               \
  K(int32_t, wrapped, (const int32_t *x, int n), (x, n))                                                            \
  K(int32_t, sieve, (uint8_t *composite, int n), (composite, n))                                                    \
  K(void, search, (const int32_t *sorted, int n, const int32_t *wanted, int32_t *found, int count),                 \
    (sorted, n, wanted, found, count))                                                                              \
  K(int32_t, gcd, (const int32_t *x, int n), (x, n))                                                                \
  K(double, dot, (const float *x, const float *y, int n), (x, y, n))                                                \
  K(void, saxpy, (float a, const float *x, const float *y, float *z, int n), (a, x, y, z, n))                       \
  K(void, horner, (const double *x, const double *c, double *y, int n), (x, c, y, n))                               \
  K(void, mandelbrot, (int32_t *counts, int width, int height, int most), (counts, width, height, most))            \
  K(void, mandelbrot_complex, (int32_t *counts, int width, int height, int most), (counts, width, height, most))    \
  K(void, nbody, (double *p, double *v, const double *mass, int n, int steps, double dt), (p, v, mass, n, steps, dt)) \
  K(void, clamp, (const double *x, double *y, int n, double lo, double hi), (x, y, n, lo, hi))
