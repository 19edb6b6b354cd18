// The C library without a binding: sorting, searching, parsing and formatting, and libm against JavaScript's Math.
import { alloc, as, CFuncError, CPointer, cfunc, char, float64, int32, load, stringAt } from "@cfunc/core";

// 1. Declarations as the manual pages write them. A comparison is a function pointer: ours is compiled.
const libc = load("libc.so.6", {
  qsort: "void qsort(void *base, size_t n, size_t size, int (*compare)(const int32_t *, const int32_t *))",
  bsearch:
    "int32_t *bsearch(const int32_t *key, const int32_t *base, size_t n, size_t size, int (*compare)(const int32_t *, const int32_t *))",
  strtod: "double strtod(const char *text, char **end)",
  snprintf: "int snprintf(char *buffer, size_t n, const char *format, ...)",
});
const ascending = cfunc("int(const int32_t *, const int32_t *)", (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));

const numbers = Int32Array.of(30, -10, 50, 20, 40);
libc.qsort(numbers, numbers.length, 4, ascending);
console.log("sorted:", numbers.join(" "));

// 2. A pointer that comes back is null where nothing was found. What it points to lies in the array that was searched.
for (const wanted of [40, 41]) {
  const found = libc.bsearch(Int32Array.of(wanted), numbers, numbers.length, 4, ascending);
  console.log(`${wanted}:`, found === null ? "not there" : `found ${found[0]}, before it ${found[-1]}`);
}

// 3. An out-parameter is memory for one value. The text lies in native memory, since `end` will point into it.
using text = alloc(char, 32);
using end = alloc(CPointer(char));
libc.snprintf(text, 32, "%g apples", as(float64, 2.5));
const value = libc.strtod(text, end);
console.log(`strtod read ${value}, and left "${stringAt(end[0])}"`);

// 4. Extra arguments of a variadic function carry their C types.
const buffer = Buffer.alloc(64);
const length = libc.snprintf(
  buffer,
  64,
  "%05d|%-6s|%8.3f|%x",
  as(int32, 42),
  "left",
  as(float64, Math.PI),
  as(int32, 255),
);
console.log(`${length} characters: ${stringAt(buffer)}`);

// 5. libm against Math: the functions that JavaScript has as well, and some that it has not.
const libm = load("libm.so.6", {
  exp: "float64(float64)",
  log1p: "float64(float64)",
  cbrt: "float64(float64)",
  atanh: "float64(float64)",
  erf: "float64(float64)",
  tgamma: "float64(float64)",
});
const points = [0.1, 0.25, 0.5, 0.9];
for (const name of ["exp", "log1p", "cbrt", "atanh"] as const) {
  const off = Math.max(...points.map((x) => Math.abs(libm[name](x) / Math[name](x) - 1)));
  console.log(`${name.padEnd(5)} as in JavaScript, but for the last digits: ${off < 1e-15}`);
}
console.log(`erf(0.5) = ${libm.erf(0.5).toFixed(12)}, gamma(4.5) = ${libm.tgamma(4.5).toFixed(9)}`);

// 6. A compiled function calls C directly, without a way back through JavaScript.
const { erf } = libm;
const normal = cfunc("float64(float64)", (x) => 0.5 * (1 + erf(x / Math.SQRT2)));
console.log(`within one standard deviation: ${(normal(1) - normal(-1)).toFixed(6)}`);

// 7. What goes wrong is told before C runs.
const wrongs = [
  () => libc.qsort(numbers, -1, 4, ascending),
  () => libc.qsort(numbers, 5, 4, normal as never),
  () => libc.strtod("1\0 2", null),
];
for (const wrong of wrongs) {
  try {
    wrong();
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    console.log(error.message);
  }
}
