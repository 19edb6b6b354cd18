// carray and farray in plain JavaScript: over TypedArrays and over native memory, any rank, both orders.
import { build } from "esbuild";
import { describe, expect, expectTypeOf, test } from "vitest";
import { as, carray, cast, farray, intrinsicName } from "../../src/intrinsics/index.ts";
import { alloc, makePointer } from "../../src/memory/index.ts";
import { addressOf } from "../../src/native/index.ts";
import { CPointer, float64, int32, type NDArray, type Ptr, struct, uint8, voidptr } from "../../src/types/index.ts";

/** Every index tuple of a shape. */
function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((ix) => Array.from({ length: n }, (_, i) => [...ix, i])),
    [[]],
  );
}

const shapes = [[5], [2, 3], [3, 1, 4], [2, 3, 2, 2]];

describe.each(shapes.map((shape) => ({ shape })))("shape $shape", ({ shape }) => {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Float64Array.from({ length: size }, (_, i) => i);
  const native = makePointer(addressOf(data), float64.type) as Ptr<number>;

  test.each([["TypedArray", data] as const, ["native memory", native] as const])("over %s", (_name, memory) => {
    // The definitions of the two orders, written as sums.
    const row = (ix: number[]) => ix.reduce((at, i, axis) => at * (shape[axis] ?? 0) + i, 0);
    const column = (ix: number[]) => ix.reduceRight((at, i, axis) => at * (shape[axis] ?? 0) + i, 0);
    for (const [make, place] of [[carray, row] as const, [farray, column] as const]) {
      const a = make(memory as Float64Array, shape);
      expect([a.shape, a.ndim, a.size, a.length]).toEqual([shape, shape.length, size, shape[0]]);
      for (const ix of indices(shape)) {
        expect(a.get(...ix)).toBe(place(ix));
        let element: unknown = a;
        for (const i of ix) element = (element as { [index: number]: unknown })[i];
        expect(element).toBe(place(ix));
      }
      const flat = (rows: unknown): unknown[] =>
        typeof rows === "number" ? [rows] : [...(rows as Iterable<unknown>)].flatMap(flat);
      expect(flat(a)).toEqual(indices(shape).map(place));
      const last = shape.map((n) => n - 1);
      a.set(...last, -1);
      expect(data[size - 1]).toBe(-1);
      a.set(...last, size - 1);
    }
  });
});

describe("types follow from the memory and the shape", () => {
  test("rank and elements", () => {
    const data = new Float64Array(6);
    const a = carray(data, [2, 3]);
    expectTypeOf(a).toEqualTypeOf<NDArray<number, 2>>();
    expectTypeOf(a.get).parameters.toEqualTypeOf<[number, number]>();
    expectTypeOf(carray(new BigInt64Array(1), 1)).toEqualTypeOf<NDArray<bigint, 1>>();
    const raw = makePointer(addressOf(data), voidptr.type.to) as Ptr<void>;
    const ints = carray(raw, [3, 2, 2], int32);
    expectTypeOf(ints).toEqualTypeOf<NDArray<number, 3>>();
    const rows = farray(raw, [2, 3], "float64");
    rows.set(1, 2, 4);
    expect(data[5]).toBe(4);
    expect(ints.get(2, 1, 1)).toBe(new Int32Array(data.buffer)[11]);
    for (const r of a) expectTypeOf(r).toEqualTypeOf<NDArray<number, 1>>();
  });

  test("structures are elements too", () => {
    const Point = struct("Point", { x: float64, y: float64 });
    using p = alloc(Point, 4);
    const grid = carray(p, [2, 2]);
    const corner = grid[1]?.[0];
    if (corner !== undefined) corner.y = 3;
    expect(p[2]?.y).toBe(3);
  });

  test("a[i][j] = v writes through", () => {
    const data = new Int32Array(4);
    const a = carray(data, [2, 2]);
    for (let i = 0; i < 2; i++) {
      const row = a[i];
      for (let j = 0; row !== undefined && j < 2; j++) row[j] = 10 * i + j;
    }
    expect([...data]).toEqual([0, 1, 10, 11]);
  });
});

describe("mistakes", () => {
  const a = carray(new Float64Array(6), [2, 3]);
  test.each([
    ["past the end", () => a[2]],
    ["negative", () => a[-1]],
    ["fraction", () => a[0.5]],
    ["in a row", () => a[1]?.[3]],
    ["get", () => a.get(0, 3)],
    ["set", () => a.set(2, 0, 1)],
    ["too few indices", () => (a.get as (...ix: number[]) => number)(1)],
    ["memory too small", () => carray(new Float64Array(5), [2, 3]).get(1, 2)],
    ["empty", () => carray(new Float64Array(0), 0)[0]],
  ])("outside: %s", (_name, use) => {
    expect(use).toThrow(/CF5501/);
  });

  test("shapes, null and missing element types", () => {
    const f = new Float64Array(4);
    for (const shape of [-1, 1.5, Number.NaN, 2n, "2", [2, -1], [], undefined]) {
      expect(() => carray(f, shape as never), String(shape)).toThrow(/CF5505/);
    }
    expect(() => carray(null, 3)).toThrow(/CF5507/);
    expect(() => carray([1, 2] as never, 2)).toThrow(/CF5503/);
    const raw = makePointer(addressOf(f), voidptr.type.to) as Ptr<void>;
    expect(() => carray(raw as never, 2)).toThrow(/CF5504.*float64/s);
    expect(() => carray(new DataView(f.buffer) as never, 2)).toThrow(/CF5504/);
    expect(() => carray(makePointer(addressOf(f), float64.type), 2, int32)).toThrow(/CF5503.*p\.cast/s);
    expect(() => Reflect.set(a, 0, 5)).toThrow(/CF5503.*elements/s);
  });
});

describe("identity", () => {
  test("intrinsics are known by identity, not by name", () => {
    const other = { carray: () => 0 };
    expect([carray, farray, cast, as].map(intrinsicName)).toEqual(["carray", "farray", "cast", "as"]);
    expect([other.carray, Math.exp, null, "carray", undefined].map(intrinsicName)).toEqual(Array(5).fill(undefined));
    expect(carray.name).toBe("carray");
  });

  test("cast and as", () => {
    const data = new Float64Array([1]);
    const p = makePointer(addressOf(data), float64.type) as Ptr<number>;
    expect(cast(p, CPointer(uint8))[7]).toBe(0x3f);
    expect(cast(null, CPointer(uint8))).toBeNull();
    expect(() => cast(5 as never, CPointer(uint8))).toThrow(/CF5503/);
    expect(as(int32, 3)).toEqual({ type: int32.type, value: 3 });
  });

  test("a bundler keeps calls of them", async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { carray } from "./src/intrinsics/index.ts"; export const f = (p) => carray(p, [2, 2])[1][0];`,
        resolveDir: new URL("../..", import.meta.url).pathname,
      },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      packages: "external",
      write: false,
    });
    expect(outputFiles[0]?.text).toMatch(/\(\w+,\[2,2\]\)\[1\]\[0\]/);
  });
});
