// Calls a kernel through a pointer in a loop and gives the nanoseconds a call took: bench_<kernel>(f, calls, ...).
#include "kernels.h"
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

#define UNWRAP(...) __VA_ARGS__
#define BENCH(RESULT, NAME, PARAMS, ARGS)                                                                             \
  double bench_##NAME(RESULT (*f) PARAMS, int64_t calls, UNWRAP PARAMS) {                                             \
    double start = now();                                                                                             \
    for (int64_t call = 0; call < calls; call++) f ARGS;                                                              \
    return (now() - start) / calls;                                                                                   \
  }
KERNELS(BENCH)
