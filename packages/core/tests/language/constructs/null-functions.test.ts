// Calls of function pointers that are null: JavaScript's TypeError where the pointer may be null, and no check where it is
// known not to be.
import { describe, expect, test } from "vitest";
import { alloc, CFunction, cfunc, int32, load, struct } from "../../../src/index.ts";
import { compileC, hasCompiler } from "../../native/c-compiler.ts";
import { agree, agreeOn, compile, evaluate } from "./agree.ts";

const double = cfunc("int32(int32)", (x) => x * 2);
const signature = "int32(CFunction(int32(int32)), int32)";

describe("throws what V8 throws", () => {
  test.each([
    ["at once", "(f, x) => f(x)"],
    [
      "after the arguments",
      '(f, x) => { let n = 0; const g = () => { if (x > 4) throw new RangeError("first"); return ++n; }; return f(g()); }',
    ],
    ["on one path", "(f, x) => (x > 2 ? f(x) : -x)"],
    ["with its value dropped", "(f, x) => { f(x); return x; }"],
    ["in a loop", "(f, x) => { let s = 0; for (let i = 0; i < x; i++) s += f(i); return s; }"],
    ["in an inner function", "(f, x) => { const g = (y) => f(y) + 1; return x < 1 ? 0 : g(x); }"],
    ["in a recursive inner function", "(f, x) => { const g = (y) => (y <= 0 ? f(y) : g(y - 1) + 1); return g(x); }"],
    ["through a variable", "(f, x) => { let g = f; if (x > 2) g = null; return g(x); }"],
  ])("%s", (_, source) => {
    const f = compile(signature, evaluate(source));
    agree(
      f,
      [0, 1, 3, 5].flatMap((x) => [
        [null, x],
        [double, x],
      ]),
    );
  });

  test("from a field, named as it is written", () => {
    const Handler = struct("Handler", { run: CFunction("int32(int32)"), bias: int32 });
    const f = compile("int32(CPointer(Handler), int32)", evaluate("(h, x) => h.run(x) + h.bias"), { Handler });
    using handlers = alloc(Handler, 1);
    expect(() => f(handlers, 1)).toThrow(new TypeError("h.run is not a function"));
    expect(f.lastError()).toMatchObject({ name: "TypeError", message: "h.run is not a function" });
    const run = cfunc("int32(int32)", (x) => x + 40);
    handlers[0].run = run as never;
    handlers[0].bias = 1;
    expect(f(handlers, 1)).toBe(42);
  });

  test("from a field of an element, and from what a function gives", () => {
    const Handler = struct("Handler", { run: CFunction("int32(int32)") });
    const f = compile("int32(CPointer(Handler), int32)", evaluate("(h, i) => h[i + 1].run(2)"), { Handler });
    using handlers = alloc(Handler, 2);
    expect(() => f(handlers, 0)).toThrow("h[i + 1].run is not a function");
    const give = compile("int32(CFunction(CFunction(int32(int32))(int32)), int32)", evaluate("(g, x) => g(x)(x)"));
    expect(() => give(null, 1)).toThrow("g is not a function");
  });

  test.runIf(hasCompiler)("and gives zero to native code, which can ask", () => {
    const f = compile(signature, evaluate("(f, x) => f(x) + 1"));
    const library = load(compileC("int call(int (*f)(int (*)(int), int), int x) { return f(0, x); }"), {
      call: "int32(CFunction(int32(CFunction(int32(int32)), int32)), int32)",
    });
    expect(library.call(f as never, 3)).toBe(0);
    expect(f.lastError()).toMatchObject({ name: "TypeError", message: "f is not a function" });
  });
});

describe("no check where the pointer is known not to be null", () => {
  test.each([
    ["compared", "(f, x) => (f !== null ? f(x) : -1)"],
    ["compared the other way round", "(f, x) => { if (null == f) return -1; return f(x) + f(x + 1); }"],
    ["tested", "(f, x) => { if (!f) return -1; let s = 0; for (let i = 0; i < x; i++) s += f(i); return s; }"],
    ["in a short circuit", "(f, x) => { let s = 0; if (x > 1 && f && f(x) > 2) s = 1; return s; }"],
    ["a constant", "(f, x) => { const g = f; return g !== null ? g(x) : 0; }"],
    ["in an inner function", "(f, x) => { const g = (y) => f(y); return f === null ? 0 : g(x) + g(1); }"],
    [
      "in a recursive one",
      "(f, x) => { const g = (y) => (y <= 0 ? f(y) : g(y - 1) + 1); return f === null ? 0 : g(x & 7); }",
    ],
  ])("%s", (_, source) => {
    const f = compile(signature, evaluate(source));
    agree(
      f,
      [0, 1, 3].flatMap((x) => [
        [null, x],
        [double, x],
      ]),
    );
    expect((f as unknown as { inspectIR(): string }).inspectIR()).not.toContain("callable");
  });

  test("one check for several calls", () => {
    const f = compile(signature, evaluate("(f, x) => f(f(x)) + f(x) * f(1)"));
    agree(f, [
      [null, 1],
      [double, 3],
    ]);
    expect((f as unknown as { inspectIR(): string }).inspectIR().match(/^callable\d+:/gm)).toHaveLength(1);
  });

  test("assigned again, it is checked again", () => {
    const f = compile(
      "int32(CFunction(int32(int32)), CFunction(int32(int32)), int32)",
      evaluate("(f, g, x) => { let h = f; let s = h(x); if (x > 1) h = g; return s + h(x); }"),
    );
    agree(f, [
      [double, null, 0],
      [double, null, 2],
      [null, double, 0],
      [double, double, 5],
    ]);
  });
});

test("memory is as it was at the throw", () => {
  const f = compile(
    "void(CFunction(int32(int32)), CPointer(int32))",
    evaluate("(f, p) => { p[0] = 1; p[1] = f(2); p[2] = 3; }"),
  );
  agreeOn(
    f,
    () => [null, Int32Array.of(7, 8, 9)] as const,
    ([, memory]) => [...memory],
  );
});
