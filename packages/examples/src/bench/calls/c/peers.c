// What a C programmer would write for the same callbacks.
#include <math.h>
#include <stdint.h>

double gcc_integrand(double t) { return exp(-t) / (t * t); }

void gcc_doubling(const double *in, double *out, int m, int n) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) out[i * n + j] = 2 * in[i * n + j];
}

int gcc_ascending(const int32_t *a, const int32_t *b) { return *a < *b ? -1 : *a > *b ? 1 : 0; }
