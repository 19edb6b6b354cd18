// Calls a kernel through a pointer in a loop and gives the nanoseconds a call took: bench_<kernel>(f, calls, ...).
// Time is what this thread had of the processor, so that other processes of a busy machine do not count.
#include "kernels.h"
#include <time.h>

double thread_nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

#define UNWRAP(...) __VA_ARGS__
#define BENCH(RESULT, NAME, PARAMS, ARGS)                                                                             \
  double bench_##NAME(RESULT (*f) PARAMS, int64_t calls, UNWRAP PARAMS) {                                             \
    double start = thread_nanoseconds();                                                                                             \
    for (int64_t call = 0; call < calls; call++) f ARGS;                                                              \
    return (thread_nanoseconds() - start) / calls;                                                                                   \
  }
KERNELS(BENCH)
