import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { brands } from "../../src/source/brands.ts";
import { classify } from "../../src/source/classify.ts";
import { wantsColor } from "../../src/source/color.ts";
import * as library from "./fixtures/library.ts";

const unsupported = (what: string) => ({ kind: "unsupported", what });

class Vector {
  static readonly zero = 0;
  static length2(x: number) {
    return x * x;
  }
  x = 1;
}

describe("classify", () => {
  it.each([
    [1.5, { kind: "number", value: 1.5 }],
    [-0, { kind: "number", value: -0 }],
    [true, { kind: "boolean", value: true }],
    [7n, { kind: "bigint", value: 7n }],
    ["text", { kind: "string", value: "text" }],
    [undefined, { kind: "undefined" }],
    [null, { kind: "null" }],
    [Math, { kind: "math" }],
    [Math.exp, { kind: "math-function", name: "exp" }],
    [Math.random, { kind: "math-function", name: "random" }],
    [Number, { kind: "builtin", name: "Number" }],
    [Number.isNaN, { kind: "builtin", name: "Number.isNaN" }],
    [Number.parseFloat, { kind: "builtin", name: "parseFloat" }],
    [Reflect.get(globalThis, "isNaN"), { kind: "builtin", name: "isNaN" }],
    [BigInt.asUintN, { kind: "builtin", name: "BigInt.asUintN" }],
    [console, { kind: "builtin", name: "console" }],
    [console.log, { kind: "builtin", name: "console.log" }],
    [Error, { kind: "builtin", name: "Error" }],
    [library.twice, { kind: "function", value: library.twice }],
    [Symbol("s"), unsupported("a symbol")],
    [new Map(), unsupported("an instance of Map")],
    [new Vector(), unsupported("an instance of Vector")],
    [/x/, unsupported("an instance of RegExp")],
    [new DataView(new ArrayBuffer(8)), unsupported("an instance of DataView")],
    [Map, unsupported("the native class Map")],
    [structuredClone.bind(null), unsupported("a native function (bound structuredClone)")],
    [new Proxy({}, {}), unsupported("a proxy")],
    [new Proxy(() => 1, {}), unsupported("a proxy")],
    [[1, "2"], unsupported("an array that is not of numbers (element 1 is a string)")],
    [[1, 2n], unsupported("an array that is not of numbers (element 1 is a bigint)")],
    [new Array(2), unsupported("an array that is not of numbers (element 0 is missing)")],
    [[{}], unsupported("an array that is not of numbers (element 0 is an object)")],
  ])("%s", (value, expected) => {
    expect(classify(value)).toEqual(expected);
  });

  it("takes snapshots of arrays of numbers", () => {
    const live = [1, -0, Number.NaN];
    const value = classify(live);
    live[0] = 9;
    expect(value).toEqual({ kind: "numbers", of: "number", elements: [1, -0, Number.NaN], value: live });
    expect(classify([])).toMatchObject({ kind: "numbers", of: "number", elements: [] });
    expect(classify([1n])).toMatchObject({ kind: "numbers", of: "bigint", elements: [1n] });
    expect(classify(Buffer.from("ab"))).toMatchObject({ kind: "numbers", of: "uint8", elements: [97, 98] });
    expect(classify(new Uint8ClampedArray([300]))).toMatchObject({ of: "uint8", elements: [255] });
  });

  it.each([
    [Int8Array, "int8"],
    [Uint8Array, "uint8"],
    [Int16Array, "int16"],
    [Uint16Array, "uint16"],
    [Int32Array, "int32"],
    [Uint32Array, "uint32"],
    [Float32Array, "float32"],
    [Float64Array, "float64"],
  ])("%s", (type, of) => {
    expect(classify(new type([1, 2]))).toMatchObject({ kind: "numbers", of, elements: [1, 2] });
  });

  it.each([
    [BigInt64Array, "int64"],
    [BigUint64Array, "uint64"],
  ])("%s", (type, of) => {
    expect(classify(new type([3n]))).toMatchObject({ kind: "numbers", of, elements: [3n] });
  });

  it("knows values of other realms by what they are", () => {
    expect(classify(vm.runInNewContext("new Int16Array([5])"))).toMatchObject({ of: "int16", elements: [5] });
    expect(classify(vm.runInNewContext("[1, 2]"))).toMatchObject({ of: "number", elements: [1, 2] });
    expect(classify(vm.runInNewContext("({ a: 1 })"))).toMatchObject({ kind: "object", what: "an object" });
  });

  it("finds members when asked, once, and runs no getter of an object", () => {
    let ran = 0;
    const object = {
      a: 1,
      inner: { b: 2n },
      get trap() {
        ran++;
        return 1;
      },
    };
    const value = classify(object);
    if (value.kind !== "object") throw new Error(value.kind);
    expect(value.what).toBe("an object");
    expect(value.member("a")).toEqual({ kind: "number", value: 1 });
    object.a = 5;
    expect(value.member("a")).toEqual({ kind: "number", value: 1 });
    const inner = value.member("inner");
    expect(inner?.kind === "object" && inner.member("b")).toEqual({ kind: "bigint", value: 2n });
    expect(value.member("trap")).toEqual(unsupported("a getter"));
    expect(value.member("toString")).toBeUndefined();
    expect(value.member("none")).toBeUndefined();
    expect(ran).toBe(0);
  });

  it("reads namespaces through their getters, and the members of classes", async () => {
    const namespaces: object[] = [
      library,
      await import("node:path"),
      Object.defineProperty({ __esModule: true }, "gain", { get: () => 2.5 }),
      new Proxy(
        { [Symbol.toStringTag]: "Module" },
        { get: (target, name) => (name === "gain" ? 2.5 : Reflect.get(target, name)), has: () => true },
      ),
    ];
    for (const namespace of namespaces) expect(classify(namespace)).toMatchObject({ what: "a namespace" });
    for (const namespace of [namespaces[0], namespaces[2], namespaces[3]]) {
      const value = classify(namespace);
      expect(value.kind === "object" && value.member("gain")).toEqual({ kind: "number", value: 2.5 });
    }
    const late = classify({
      __esModule: true,
      get x() {
        throw new ReferenceError("x");
      },
    });
    expect(late.kind === "object" && late.member("x")).toEqual(unsupported("not initialised yet"));

    const shape = classify(Vector);
    if (shape.kind !== "object") throw new Error(shape.kind);
    expect(shape.what).toBe("a class");
    expect(shape.member("zero")).toEqual({ kind: "number", value: 0 });
    expect(shape.member("length2")).toEqual({ kind: "function", value: Vector.length2 });
  });

  it("reads the plain objects that bundlers make of namespaces", () => {
    const gain = 2.5;
    const getters = { gain: () => gain, late: () => later };
    const esbuild = Object.defineProperties(
      {},
      {
        gain: { get: getters.gain, enumerable: true },
        late: { get: getters.late, enumerable: true },
      },
    );
    const rollup = new Function("gain", "return Object.freeze({ __proto__: null, get gain () { return gain; } })")(2.5);
    for (const namespace of [esbuild, rollup]) {
      const value = classify(namespace);
      expect(value.kind === "object" && value.member("gain")).toEqual({ kind: "number", value: 2.5 });
    }
    const value = classify(esbuild);
    expect(value.kind === "object" && value.member("late")).toEqual(unsupported("not initialised yet"));
    const later = 1;
    // Where more is done than reading a variable, or somebody can exchange the getter, it stays a getter.
    let ran = 0;
    const more = Object.defineProperty({}, "a", { get: () => ++ran, enumerable: true });
    const loose = Object.defineProperty({}, "a", { get: () => later, enumerable: true, configurable: true });
    for (const object of [more, loose]) {
      const value = classify(object);
      expect(value.kind === "object" && value.member("a")).toEqual(unsupported("a getter"));
    }
    expect(ran).toBe(0);
  });

  it("knows branded values and intrinsics before anything else", () => {
    const compiled = Object.assign((x: number) => x, { [brands.cfunc]: true });
    const foreign = Object.assign(Math.max.bind(null), { [brands.foreign]: true });
    const type = { [brands.type]: true };
    expect(classify(compiled)).toEqual({ kind: "cfunc", value: compiled });
    expect(classify(foreign)).toEqual({ kind: "foreign", value: foreign });
    expect(classify(type)).toEqual({ kind: "type", value: type });
    const intrinsicName = (value: unknown) => (value === library.twice ? "carray" : undefined);
    expect(classify(library.twice, { intrinsicName })).toEqual({ kind: "intrinsic", name: "carray" });
  });
});

it("colours for terminals, unless the environment says otherwise", () => {
  expect(wantsColor({ isTTY: true }, {})).toBe(true);
  expect(wantsColor({}, {})).toBe(false);
  expect(wantsColor({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(wantsColor({ isTTY: true }, { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
  expect(wantsColor({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
  expect(wantsColor({}, { FORCE_COLOR: "1" })).toBe(true);
  expect(wantsColor({ isTTY: true }, { FORCE_COLOR: "0" })).toBe(false);
});
