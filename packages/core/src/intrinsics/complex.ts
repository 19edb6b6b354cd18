// Arithmetic of complex numbers, in plain TypeScript: a complex number is a value `{ re, im }`, which no function changes.
// A compiled function that uses these has them compiled from this very text, like any function that it captures, so that
// both compute the same. The product is the textbook's, the quotient Smith's (R. L. Smith, "Algorithm 116", 1962), which
// does not overflow where the result does not; infinities are not recovered from NaN (C17, annex G, is not followed).
import type { Complex } from "../types/values.ts";

/** `re + im i`. */
const of = (re: number, im: number): Complex => ({ re, im });
/** From the absolute value and the angle in radians. */
const polar = (radius: number, angle: number): Complex => ({
  re: radius * Math.cos(angle),
  im: radius * Math.sin(angle),
});

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const sub = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
const mul = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
/** A product with a real number. */
const scale = (a: Complex, factor: number): Complex => ({ re: a.re * factor, im: a.im * factor });

const div = (a: Complex, b: Complex): Complex => {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const divisor = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / divisor, im: (a.im - a.re * ratio) / divisor };
  }
  const ratio = b.re / b.im;
  const divisor = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / divisor, im: (a.im * ratio - a.re) / divisor };
};

const neg = (a: Complex): Complex => ({ re: -a.re, im: -a.im });
const conj = (a: Complex): Complex => ({ re: a.re, im: -a.im });
/** The absolute value. */
const abs = (a: Complex): number => Math.hypot(a.re, a.im);
/** The angle in radians, from -pi to pi. */
const arg = (a: Complex): number => Math.atan2(a.im, a.re);
/** Whether both parts are equal numbers: 0 equals -0, NaN nothing. */
const equals = (a: Complex, b: Complex): boolean => a.re === b.re && a.im === b.im;

const exp = (a: Complex): Complex => {
  const radius = Math.exp(a.re);
  return { re: radius * Math.cos(a.im), im: radius * Math.sin(a.im) };
};
/** The principal value. */
const log = (a: Complex): Complex => ({ re: Math.log(Math.hypot(a.re, a.im)), im: Math.atan2(a.im, a.re) });
/** The root with a real part that is not negative; without the cancellation that the half angle formula suffers from. */
const sqrt = (a: Complex): Complex => {
  const root = Math.sqrt((Math.hypot(a.re, a.im) + Math.abs(a.re)) / 2);
  if (root === 0) return { re: 0, im: a.im };
  const other = a.im / (2 * root);
  if (a.re >= 0) return { re: root, im: other };
  return { re: Math.abs(other), im: a.im < 0 ? -root : root };
};

/** Arithmetic of complex numbers, for compiled functions and plain ones alike. */
export const complex = Object.freeze({
  ...{ of, polar, add, sub, mul, scale, div, neg, conj, abs, arg, equals, exp, log, sqrt },
});
