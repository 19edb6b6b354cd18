// What the benchmark calls through @cfunc/core, through koffi, and through an addon written by hand.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct point {
  double x, y;
};

int32_t add(int32_t a, int32_t b);
size_t text_length(const char *text);
const char *color_name(int32_t index);
double squared_norm(const struct point *p);
struct point scaled(struct point p, double factor);
int32_t sum_of(int32_t (*f)(int32_t), int32_t n);
