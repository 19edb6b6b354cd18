import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { capture, captureValues } from "../../src/source/capture.ts";
import * as library from "./fixtures/library.ts";
import { bump, counter, gain, table } from "./fixtures/library.ts";

const moduleLevel = 42;
const big = 2n ** 63n;

/** The value of one name; a failure of the test where it has none. */
function liveValue(fn: object, name: string, externals?: Record<string, unknown>): unknown {
  const binding = capture(fn, [name], { externals }).get(name);
  if (binding?.kind !== "value") throw new Error(`${name} is ${binding?.kind}`);
  return binding.value;
}

describe("capture", () => {
  it("reads variables of the module, of functions around and of blocks, by identity", () => {
    const local = { x: 1 };
    let fn: () => unknown[] = () => [local, moduleLevel, big];
    for (const inner of [new Map()]) fn = () => [local, moduleLevel, big, inner];
    expect(liveValue(fn, "local")).toBe(local);
    expect(liveValue(fn, "moduleLevel")).toBe(42);
    expect(liveValue(fn, "big")).toBe(9223372036854775808n);
    expect(liveValue(fn, "inner")).toBeInstanceOf(Map);
  });

  it("sees the innermost of several variables of one name", () => {
    const x = 1;
    const outer = () => x;
    const shadowed = (() => {
      const x = 2;
      return () => x;
    })();
    expect(liveValue(outer, "x")).toBe(1);
    expect(liveValue(shadowed, "x")).toBe(2);
  });

  it("reads the value of the moment", () => {
    let n = 0;
    const fn = () => n;
    n = 5;
    expect(liveValue(fn, "n")).toBe(5);
    n = -0;
    expect(liveValue(fn, "n")).toBe(-0);
  });

  it("keeps -0, NaN and undefined apart", () => {
    const [a, b, c, d] = [-0, 0, Number.NaN, undefined];
    const values = captureValues(() => [a, b, c, d], ["a", "b", "c", "d"]);
    expect([...values.values()]).toEqual([
      { kind: "number", value: -0 },
      { kind: "number", value: 0 },
      { kind: "number", value: Number.NaN },
      { kind: "undefined" },
    ]);
  });

  it("reads globals, and a variable that hides one", () => {
    expect(liveValue(() => Math.PI, "Math")).toBe(Math);
    expect(liveValue(() => Number.NaN, "NaN")).toBe(Number.NaN);
    expect(capture(() => undefined, ["undefined"]).get("undefined")).toEqual({ kind: "value", value: undefined });
    const hiding = new Function("const Math = { PI: 3 }; return () => Math.PI")();
    expect(liveValue(hiding, "Math")).toEqual({ PI: 3 });
  });

  it("prefers externals, and asks nothing else where they are enough", () => {
    const x = 1;
    const fn = () => x;
    expect(liveValue(fn, "x", { x: 2 })).toBe(2);
    expect(liveValue(fn, "x", { x: undefined })).toBe(undefined);
    expect(liveValue(fn, "x", Object.create({ x: 3 }))).toBe(1);
    expect(capture(Math.max, ["y"], { externals: { y: 4 } }).get("y")).toEqual({ kind: "value", value: 4 });
  });

  it("says what is missing", () => {
    // Made at run time: no such variable exists.
    const fn = new Function("return nowhere + 1");
    expect(capture(fn, ["nowhere"]).get("nowhere")).toEqual({ kind: "missing" });
  });

  it("says what is not initialised, where the engine tells", () => {
    const fn = () => later;
    const binding = capture(fn, ["later"]).get("later");
    const node = Number(process.versions.node.split(".")[0]);
    expect(binding).toEqual(node >= 22 ? { kind: "uninitialised" } : { kind: "value", value: undefined });
    const later = 1;
    expect(fn()).toBe(1);
    expect(liveValue(fn, "later")).toBe(1);
  });

  it("reads imports as the runner has made them", () => {
    const text = String(() => [gain, counter, library.twice]);
    const namespace = /__vi\w+__/.exec(text)?.[0];
    if (namespace === undefined) throw new Error(`this runner writes imports in another way: ${text}`);
    const fn = () => [gain, counter, bump, table];
    const names = [...new Set(String(fn).match(/__vi\w+__/g))];
    const [imported] = captureValues(fn, names).values();
    if (imported?.kind !== "object") throw new Error("no namespace");
    expect(imported.what).toBe("a namespace");
    expect(imported.member("gain")).toEqual({ kind: "number", value: 2.5 });
    bump();
    expect(imported.member("counter")).toEqual({ kind: "number", value: counter });
    expect(imported.member("table")).toEqual({ kind: "numbers", of: "float32", elements: [1, 2, 3], value: table });
    expect(imported.member("nothing")).toBeUndefined();
  });

  it("reads scopes of other realms with their own globals", () => {
    const context = vm.createContext({ shared: 5 });
    const fn: object = vm.runInContext("const k = 3; (x) => Math.exp(k * x) + shared", context);
    expect(liveValue(fn, "k")).toBe(3);
    expect(liveValue(fn, "shared")).toBe(5);
    expect(liveValue(fn, "Math")).toBe(vm.runInContext("Math", context));
  });

  it("leaves nothing behind, and is quick once it is warm", () => {
    const a = 1;
    const fn = () => a;
    capture(fn, ["a"]);
    const start = performance.now();
    for (let i = 0; i < 200; i++) capture(fn, ["a"]);
    // Typically 0.1 to 0.2 ms each; the bound only tells a session a capture (1 to 5 ms) from a shared one.
    expect((performance.now() - start) / 200).toBeLessThan(2);
    expect(Object.getOwnPropertySymbols(process.getBuiltinModule("node:inspector"))).toEqual([]);
  });
});
