// The C functions that TypeScript calls in the benchmark. They do next to nothing: what is measured is the call.
#include "functions.h"

#include <string.h>

int32_t add(int32_t a, int32_t b) { return a + b; }

size_t text_length(const char *text) { return strlen(text); }

static const char *const names[] = {"anthracite", "burnt sienna", "cornflower blue", "dark olive green"};

const char *color_name(int32_t index) { return names[index & 3]; }

double squared_norm(const struct point *p) { return p->x * p->x + p->y * p->y; }

struct point scaled(struct point p, double factor) { return (struct point){p.x * factor, p.y * factor}; }

int32_t sum_of(int32_t (*f)(int32_t), int32_t n) {
  int32_t sum = 0;
  for (int32_t i = 0; i < n; i++) sum += f(i);
  return sum;
}
