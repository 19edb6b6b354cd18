import { describe, expect, expectTypeOf, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { llvm } from "../../src/llvm/index.ts";
import { closure, load, makeCallable, makeClosure, memory } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";
import { runModule } from "./child.ts";

const compare = "int32(voidptr, voidptr)";
const c = load(null, {
  qsort: `void(voidptr, size_t, size_t, CFunction(${compare}))`,
  bsearch: `voidptr(voidptr, voidptr, size_t, size_t, CFunction(${compare}))`,
});
const doubleAt = (p: { address: bigint }) => new Float64Array(memory.view(p.address, 8))[0] ?? Number.NaN;
const byValue = (a: { address: bigint }, b: { address: bigint }) => Math.sign(doubleAt(a) - doubleAt(b));

describe("called by libc", () => {
  it("sorts as JavaScript sorts", () => {
    using order = closure(compare, byValue);
    const data = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i * 12.9898) * 43758.5453);
    const expected = data.slice().sort();
    c.qsort(data, data.length, 8, order);
    expect(data).toEqual(expected);
  });

  it("finds with bsearch", () => {
    using order = closure(compare, byValue);
    const data = Float64Array.from({ length: 100 }, (_, i) => i * 3);
    const found = c.bsearch(Float64Array.of(42), data, data.length, 8, order);
    expect(doubleAt(found as { address: bigint })).toBe(42);
    expect(c.bsearch(Float64Array.of(43), data, data.length, 8, order)).toBeNull();
  });
});

describe("errors", () => {
  it("throws what the closure threw, after the native call, and runs it no further", () => {
    let calls = 0;
    const thrown = new RangeError("inside");
    using order = closure(compare, () => {
      calls += 1;
      throw thrown;
    });
    const data = new Float64Array(50);
    expect(() => c.qsort(data, 50, 8, order)).toThrow(thrown);
    expect(calls).toBe(1);
    using good = closure(compare, byValue);
    expect(() => c.qsort(data, 50, 8, good)).not.toThrow();
  });

  it("can be caught inside an outer closure", () => {
    using inner = closure(compare, () => {
      throw new Error("inner");
    });
    const caught: string[] = [];
    using outer = closure(compare, (a, b) => {
      try {
        c.qsort(new Float64Array(2), 2, 8, inner);
      } catch (error) {
        caught.push((error as Error).message);
      }
      return byValue(a, b);
    });
    const data = Float64Array.of(2, 1);
    c.qsort(data, 2, 8, outer);
    expect([...data]).toEqual([1, 2]);
    expect(caught).toEqual(["inner"]);
  });

  it.each([
    ["undefined", () => undefined],
    ["a string", () => "1"],
    ["a bigint", () => 1n],
  ])("refuses %s as an int32 result", (_, fn) => {
    using order = makeClosure(parseSignature(compare), fn);
    expect(() => c.qsort(new Float64Array(2), 2, 8, order)).toThrow(/must return int32, a number/);
  });

  it("answers zero and says so after it was disposed of", () => {
    const order = closure(compare, byValue);
    order.dispose();
    order.dispose();
    expect(() => c.qsort(new Float64Array(2), 2, 8, order)).toThrow(/closure after it was disposed of/);
    expect(order.refusals).toBe(1);
  });

  it("must have the signature that the parameter asks for", () => {
    using other = closure("int32(int32)", (x) => x);
    expect(() => c.qsort(new Float64Array(2), 2, 8, other)).toThrow(/got a function int32\(int32\)/);
    expect(() => c.qsort(new Float64Array(2), 2, 8, { address: 1n })).toThrow(/not known to be a function/);
    expect(() => Reflect.apply(c.qsort, null, [new Float64Array(2), 2, 8, byValue])).toThrow(CFuncError);
  });

  it("is reported as uncaught where no call from TypeScript is under way", () => {
    const { status, stderr, stdout } = runModule("./closure-alone.ts", import.meta.url);
    expect(stdout).toBe("0\ncaught: nobody called me\n");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });
});

describe.skipIf(!hasCompiler)("called by C (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <stdint.h>
#include <stdlib.h>
#define CALL(T, name) T call_##name(T (*f)(T), T x) { return f(x); }
CALL(_Bool, bool) CALL(int8_t, int8) CALL(uint8_t, uint8) CALL(int16_t, int16) CALL(uint16_t, uint16)
CALL(int32_t, int32) CALL(uint32_t, uint32) CALL(int64_t, int64) CALL(uint64_t, uint64) CALL(size_t, size_t)
CALL(intptr_t, intp) CALL(float, float32) CALL(double, float64) CALL(void *, voidptr)
double call_many(double (*f)(int8_t, double, uint16_t, float, int64_t, _Bool, uint8_t, int16_t, int8_t, uint32_t)) {
  return f(-1, 2.5, 65535, 1.5f, INT64_MIN, 1, 255, -32768, -128, 4000000000u);
}
int32_t depth(int32_t (*f)(int32_t), int32_t n) { return f(n); }
`)
    : "";
  const extremes: Record<string, readonly (number | bigint | boolean)[]> = {
    bool: [true, false],
    int8: [-128, 127],
    uint8: [0, 255],
    int16: [-32768, 32767],
    uint16: [0, 65535],
    int32: [-(2 ** 31), 2 ** 31 - 1],
    uint32: [0, 2 ** 32 - 1],
    int64: [-(2n ** 63n), 2n ** 63n - 1n],
    uint64: [0n, 2n ** 64n - 1n],
    size_t: [0, Number.MAX_SAFE_INTEGER],
    intp: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    float32: [-0, 1.5, Number.NaN, 2 ** -149],
    float64: [-0, 0.1, Number.NaN, Number.MIN_VALUE],
  };

  it.each(Object.entries(extremes))("%s crosses both ways", (type, values) => {
    const name = `call_${type}`;
    const library = load(path, { [name]: `${type}(CFunction(${type}(${type})), ${type})` } as Record<string, string>);
    const call = library[name] as unknown as (f: unknown, x: unknown) => unknown;
    const seen: unknown[] = [];
    using same = makeClosure(parseSignature(`${type}(${type})`), (x: never) => {
      seen.push(x);
      return x;
    });
    expect(values.map((value) => call(same, value))).toEqual(values);
    expect(seen).toEqual(values);
  });

  it("wraps numbers as a TypedArray store does", () => {
    const f = load(path, {
      call_int8: "int8(CFunction(int8(int8)), int8)",
      call_int64: "int64(CFunction(int64(int64)), int64)",
      call_bool: "bool(CFunction(bool(bool)), bool)",
    });
    using small = closure("int8(int8)", () => 511.7);
    using large = closure("int64(int64)", () => 2n ** 64n + 5n);
    using truthy = makeClosure(parseSignature("bool(bool)"), () => "x");
    expect([f.call_int8(small, 0), f.call_int64(large, 0n), f.call_bool(truthy, false)]).toEqual([-1, 5n, true]);
  });

  it("takes arguments from the stack", () => {
    const signature = "float64(int8, float64, uint16, float32, int64, bool, uint8, int16, int8, uint32)";
    const { call_many } = load(path, { call_many: `float64(CFunction(${signature}))` });
    const seen: unknown[] = [];
    using all = makeClosure(parseSignature(signature), (...args: never[]) => seen.push(...args));
    expect(call_many(all as never)).toBe(10);
    expect(seen).toEqual([-1, 2.5, 65535, 1.5, -(2n ** 63n), true, 255, -32768, -128, 4_000_000_000]);
  });

  it("recurses through native code", () => {
    const { depth } = load(path, { depth: "int32(CFunction(int32(int32)), int32)" });
    using f = closure("int32(int32)", (n: number): number => (n === 0 ? 0 : n + depth(f as never, n - 1)));
    expect(depth(f as never, 100)).toBe(5050);
  });
});

it("survives many closures, and does not hand out a freed pointer at once", () => {
  const first = closure("int32(int32)", (x) => x);
  first.dispose();
  const addresses = new Set<bigint>();
  for (let i = 0; i < 2000; i++) {
    using one = closure("int32(int32)", (x) => x);
    addresses.add(one.address);
  }
  expect(addresses.size).toBe(2000);
  expect(addresses.has(first.address)).toBe(false);
});

it("does not pile up handles during a long native call", () => {
  const code = llvm().compile(
    `define void @repeat(ptr %f, i32 %n) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %x = sitofp i32 %i to double
  %r = call double %f(double %x)
  %next = add i32 %i, 1
  %more = icmp slt i32 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}`,
    { name: "repeat" },
  );
  const signature = parseSignature("void(CFunction(float64(float64)), int32)");
  const repeat = makeCallable(code.address("repeat"), signature, { name: "repeat" });
  const calls = 3_000_000;
  const rss: number[] = [];
  using f = closure("float64(float64)", (i) => {
    if (i === 100_000 || i === calls - 1) rss.push(process.memoryUsage().rss);
    return 0;
  });
  repeat(f, calls);
  const [early = 0, late = 0] = rss;
  expect(rss).toHaveLength(2);
  // Two handles of eight bytes a call would be 48 MB.
  expect(late - early).toBeLessThan(24e6);
});

it("types the function from the signature", () => {
  closure("float64(int64)", (x) => {
    expectTypeOf(x).toEqualTypeOf<bigint>();
    return 1;
  }).dispose();
});
