// Compiled with -ffast-math as well: the C side of what `fastmath` allows.
#include <math.h>

void gcc_fast_integrands(const double *in, double *out, int n) {
  for (int i = 0; i < n; i++) out[i] = exp(-in[i]) / (in[i] * in[i]);
}
