// Structures, unions and complex numbers by value between TypeScript, compiled functions and C. The oracle is gcc.
import { describe, expect, it } from "vitest";
import { cfunc } from "../../src/cfunc.ts";
import { as, complex } from "../../src/intrinsics/index.ts";
import { alloc } from "../../src/memory/index.ts";
import { closure, load } from "../../src/native/index.ts";
import {
  array,
  bool,
  CPointer,
  complex64,
  float32,
  float64,
  int8,
  int32,
  int64,
  size_t,
  struct,
  uint16,
  union,
} from "../../src/types/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

const Point = struct("Point", { x: float64, y: float64 });
const Odd = struct("Odd", { a: int8, b: uint16, ok: bool, n: size_t, big: int64 });
const Body = struct("Body", { at: Point, z: complex64, w: array(int32, 3) });
const Value = union("Value", { i: int64, f: float64, h: float32 });
const Node = struct("Node", { value: int32, next: CPointer(Point) });
const types = { Point, Odd, Body, Value, Node };

const source = `
#include <complex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
struct Point { double x, y; };
struct Odd { int8_t a; uint16_t b; bool ok; size_t n; int64_t big; };
struct Body { struct Point at; float _Complex z; int w[3]; };
union Value { int64_t i; double f; float h; };
struct Node { int value; struct Point *next; };
struct Point turned(struct Point p) { return (struct Point){ -p.y, p.x }; }
struct Odd stepped(struct Odd o, int by) { o.a += by; o.b += by; o.ok = !o.ok; o.n += by; o.big += by; return o; }
struct Body moved(struct Body b, struct Point by) {
  b.at.x += by.x; b.at.y += by.y; b.z *= I; for (int i = 0; i < 3; i++) b.w[i] *= 2; return b; }
union Value half(union Value v) { v.f /= 2; return v; }
double _Complex power(double _Complex z, int n) { double _Complex r = 1; while (n-- > 0) r *= z; return r; }
float _Complex conjugate(float _Complex z) { return conjf(z); }
double apply(double (*f)(struct Point, union Value), struct Point p) { return f(p, (union Value){ .f = 0.5 }); }
double total(struct Body (*f)(struct Body, double _Complex), int n) {
  struct Body b = { { 1, 2 }, 3 + 4 * I, { 5, 6, 7 } };
  for (int i = 0; i < n; i++) b = f(b, i + 2 * i * I);
  return b.at.x + b.at.y + crealf(b.z) + cimagf(b.z) + b.w[0] + b.w[1] + b.w[2]; }
double sum(int n, ...) {
  va_list list; va_start(list, n); double total = 0;
  for (int i = 0; i < n; i++) { struct Point p = va_arg(list, struct Point); total += p.x * p.y + va_arg(list, int); }
  struct Body b = va_arg(list, struct Body); va_end(list); return total + b.w[2]; }
double read(struct Node n) { return n.next ? n.next->y + n.value : -1; }
`;

const c = hasCompiler
  ? load(
      compileC(source),
      {
        turned: "Point(Point)",
        stepped: "Odd(Odd, int32)",
        moved: "Body(Body, Point)",
        half: "Value(Value)",
        power: "complex128(complex128, int32)",
        conjugate: "complex64(complex64)",
        apply: "float64(CFunction(float64(Point, Value)), Point)",
        total: "float64(CFunction(Body(Body, complex128)), int32)",
        read: "float64(Node)",
        sum: "float64(int32, ...)",
      },
      { types },
    )
  : (undefined as never);

const body = { at: { x: 1, y: 2 }, z: { re: 3, im: 4 }, w: [5, 6, 7] };
const odd = { a: -3, b: 65530, ok: true, n: 2 ** 40, big: -5n };

describe.skipIf(!hasCompiler)("C functions called from TypeScript", () => {
  it("take and give plain objects", () => {
    expect(c.turned({ x: 3, y: 4 })).toEqual({ x: -4, y: 3 });
    expect(c.stepped(odd, 5)).toEqual({ a: 2, b: 65535, ok: false, n: 2 ** 40 + 5, big: 0n });
    expect(c.power({ re: 1, im: 1 }, 2)).toEqual({ re: 0, im: 2 });
    expect(c.conjugate({ re: 0.5, im: 0.25 })).toEqual({ re: 0.5, im: -0.25 });
  });

  it("take arrays in structures, and unions of which any member is read", () => {
    const moved = c.moved(body, { x: 10, y: 20 });
    expect([moved.at, moved.z, [...moved.w]]).toEqual([{ x: 11, y: 22 }, { re: -4, im: 3 }, [10, 12, 14]]);
    const half = c.half({ f: 5 });
    expect([half.f, half.i]).toEqual([2.5, new BigInt64Array(Float64Array.of(2.5).buffer)[0]]);
  });

  it("take structures after the named parameters of a variadic function", () => {
    const point = (x: number, y: number) => as(Point, { x, y });
    const pairs = Array.from({ length: 6 }, (_, i) => [point(i, i + 1), as(int32, 100)]).flat();
    expect(c.sum(6, ...pairs, as(Body, body))).toBe(0 + 2 + 6 + 12 + 20 + 30 + 600 + 7);
  });

  it("take structures that are in memory, and pointers in structures", () => {
    using point = Point.new({ x: 3, y: 4 });
    expect(c.turned(point)).toEqual({ x: -4, y: 3 });
    expect([c.read({ value: 5, next: point }), c.read({ value: 5, next: null })]).toEqual([9, -1]);
  });

  it("read every field before the call: a getter may call the same function", () => {
    const sneaky = {
      x: 1,
      get y() {
        return c.turned({ x: 7, y: 8 }).y;
      },
    };
    expect(c.turned(sneaky)).toEqual({ x: -7, y: 1 });
  });
});

describe.skipIf(!hasCompiler)("what is no value of the type", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["a missing field", () => c.turned({ x: 1 } as never), /CF5011.*turned: argument 1.*field `y` of struct Point/s],
    ["a wrong type", () => c.turned({ x: 1, y: "2" } as never), /CF5011.*field `y` must be float64.*string "2"/s],
    [
      "a wrong type inside",
      () => c.moved({ ...body, at: { x: 1, y: null } } as never, body.at),
      /field `at.y` must be/,
    ],
    ["an integer out of range", () => c.stepped({ ...odd, a: 128 }, 1), /CF5012.*field `a`.*128 is out of range/s],
    ["a number for a bigint", () => c.stepped({ ...odd, big: 1 } as never, 1), /CF5011.*field `big`.*bigint/s],
    ["an array that is too short", () => c.moved({ ...body, w: [1] }, body.at), /CF5011.*field `w` must be array/s],
    ["no object", () => c.turned(5 as never), /CF5011.*must be Point, an object with its fields, got 5/s],
    ["no member of a union", () => c.half({} as never), /CF5011.*one field of union Value, got none/s],
    ["two members of a union", () => c.half({ f: 1, i: 1n } as never), /CF5011.*got `i`, `f`/s],
    ["half a complex number", () => c.power({ re: 1 } as never, 1), /CF5011.*argument 1, field `im` must be float64/s],
    ["an array larger than the slots", () => huge(), /CF5020.*too large/s],
  ])("is refused: %s", (_, run, message) => {
    expect(run).toThrow(message);
  });

  const huge = () => {
    const Huge = struct("Huge", { bytes: array(int64, 300) });
    return load(null, { abs: "int32(Huge)" }, { types: { Huge } });
  };
});

describe.skipIf(!hasCompiler)("compiled functions", () => {
  it("take copies: what they change is not the caller's", () => {
    const f = cfunc(
      "Point(Point, float64)",
      (p, k) => {
        p.x *= k;
        return { x: p.x, y: p.y };
      },
      { types },
    );
    const given = { x: 2, y: 3 };
    expect([f(given, 10), given]).toEqual([
      { x: 20, y: 3 },
      { x: 2, y: 3 },
    ]);
  });

  it("are called by C with structures, unions and complex numbers", () => {
    const f = cfunc("float64(Point, Value)", (p, v) => p.x * p.y + v.f, { types });
    expect(c.apply(f, { x: 3, y: 4 })).toBe(12.5);
    const g = cfunc(
      "Body(Body, complex128)",
      (b, z) => {
        b.at = { x: b.at.y, y: b.at.x + z.re };
        b.z = complex.add(b.z, z);
        b.w[1] += 1;
        return b;
      },
      { types },
    );
    const expected = { at: { x: 1, y: 2 }, z: { re: 3, im: 4 }, w: [5, 6, 7] };
    for (let i = 0; i < 4; i++) {
      expected.at = { x: expected.at.y, y: expected.at.x + i };
      expected.z = { re: expected.z.re + i, im: expected.z.im + 2 * i };
    }
    const sum = expected.at.x + expected.at.y + expected.z.re + expected.z.im + 5 + 6 + 4 + 7;
    expect(c.total(g, 4)).toBe(sum);
  });

  it("call C and each other with objects and places", () => {
    const { turned, stepped, power, half } = c;
    const twice = cfunc("Point(Point)", (p) => turned(turned(p)), { types });
    const f = cfunc(
      "float64(CPointer(Point), complex128)",
      (p, z) => {
        p[1] = twice(p[0]);
        const { a, big } = stepped({ a: 1, b: 2, ok: true, n: 3, big: 4n }, 5);
        const v = half({ f: z.re });
        return p[1].x + a + Number(big) + v.f + power(z, 2).im;
      },
      { types },
    );
    using points = alloc(Point, 2);
    points[0] = { x: 1, y: 2 };
    expect([f(points, { re: 3, im: 2 }), points[1].y]).toEqual([-1 + 6 + 9 + 1.5 + 12, -2]);
  });

  it("fail without leaving anything in the result", () => {
    const f = cfunc(
      "Body(Body)",
      (b) => {
        if (b.at.x > 0) throw new RangeError("too far");
        return b;
      },
      { types },
    );
    expect(() => f(body)).toThrow(new RangeError("too far"));
    expect(f({ ...body, at: { x: 0, y: 1 } }).at).toEqual({ x: 0, y: 1 });
  });
});

describe.skipIf(!hasCompiler)("closures", () => {
  it("are given objects and give objects", () => {
    using f = closure("float64(Point, Value)", (p, v) => p.x + p.y + v.f, { types });
    expect(c.apply(f, { x: 3, y: 4 })).toBe(7.5);
    using g = closure("Body(Body, complex128)", (b, z) => ({ at: b.at, z, w: [...b.w].map((x) => x + 1) }), { types });
    expect(c.total(g, 2)).toBe(1 + 2 + 1 + 2 + 7 + 8 + 9);
  });

  it("whose result lacks something give zero, and an error afterwards", () => {
    using g = closure("Body(Body, complex128)", () => ({ at: { x: 1 } }) as never, { types });
    expect(() => c.total(g, 1)).toThrow(/CF5031.*the result.*field `z` of struct Body is missing/s);
  });
});

describe.skipIf(!hasCompiler)("other threads", () => {
  it("run calls with structures, as promises", async () => {
    expect(await c.turned.async({ x: 3, y: 4 })).toEqual({ x: -4, y: 3 });
    const moved = await c.moved.async(body, { x: 10, y: 20 });
    expect([moved.at, moved.z, [...moved.w]]).toEqual([{ x: 11, y: 22 }, { re: -4, im: 3 }, [10, 12, 14]]);
    expect(await c.power.async({ re: 1, im: 1 }, 2)).toEqual({ re: 0, im: 2 });
    await expect(c.turned.async({ x: 3 } as never)).rejects.toThrow(/CF5011.*field `y`/s);
  });

  it("call closures with structures, and get structures", async () => {
    using g = closure("Body(Body, complex128)", (b, z) => ({ at: b.at, z, w: [...b.w].map((x) => x + 1) }), { types });
    expect(await c.total.async(g, 2)).toBe(1 + 2 + 1 + 2 + 7 + 8 + 9);
    using f = closure("float64(Point, Value)", (p, v) => p.x + p.y + v.f, { types });
    expect(await c.apply.async(f, { x: 3, y: 4 })).toBe(7.5);
    using bad = closure("Body(Body, complex128)", () => ({ at: { x: 1 } }) as never, { types });
    await expect(c.total.async(bad, 1)).rejects.toThrow(/CF5031/);
  });
});
