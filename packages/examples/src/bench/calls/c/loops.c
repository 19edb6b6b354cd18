// The C side of the benchmark: calls function pointers in a loop and reports nanoseconds a call. Compiled by the
// machine's gcc with -O3 -march=native. The peers stand in a translation unit of their own, so that calls of them go
// through a pointer as calls of compiled callbacks do.
#include <stdint.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

double bench_integrand(double (*f)(double), int64_t calls, double *sum) {
  double start = now(), total = 0, t = 1;
  for (int64_t i = 0; i < calls; i++) {
    total += f(t);
    t += 1e-7;
  }
  *sum = total;
  return (now() - start) / calls;
}

double bench_vector(void (*f)(const double *, double *, int), const double *in, double *out, int n, int64_t calls) {
  double start = now();
  for (int64_t i = 0; i < calls; i++) f(in, out, n);
  return (now() - start) / calls / n;
}

double bench_doubling(void (*f)(const double *, double *, int, int), const double *in, double *out, int m, int n,
                      int64_t calls) {
  double start = now();
  for (int64_t i = 0; i < calls; i++) f(in, out, m, n);
  return (now() - start) / calls;
}
