// `throw`: from every depth, out of every construct, for every C type, on many threads; and what is left afterwards.
import { describe, expect, test } from "vitest";
import { closure, load } from "../../../src/index.ts";
import { compileC, hasCompiler } from "../../native/c-compiler.ts";
import { agree, type Compiled, compile, evaluate, type Run, refused, some } from "./agree.ts";

describe("in TypeScript it is the exception that V8 throws", () => {
  const deep = evaluate(
    "deep",
    {},
    "const deep = (n) => { if (n === 3) throw new RangeError('deep'); return n > 0 ? deep(n - 1) + 1 : 0; };",
  );
  const never = evaluate("() => { throw new Error('never'); }");
  const neverNumber = evaluate("(x) => { throw new TypeError('no number'); }");
  const callee = compile(
    "int32(int32)",
    evaluate("(x) => { if (x > 4) throw new SyntaxError('above four'); return x * 2; }"),
  );
  test.each([
    [
      "in a loop, after stores",
      "(x) => { let s = 0; for (let i = 0; i < x; i++) { s += i; if (i === 3) throw new Error('at 3'); } return s; }",
    ],
    [
      "in a switch",
      "(x) => { switch (x) { case 1: throw new Error('one'); case 2: return 5; default: if (x < 0) throw new RangeError('negative'); } return x; }",
    ],
    [
      "in inner functions",
      "(x) => { const check = (y) => { if (y > 2) throw new Error('high'); return y; }; let s = 0; for (let i = 0; i < 5; i++) s += check(i - 4 + (x & 3)); return s; }",
    ],
    [
      "in an inner function that always throws",
      "(x) => { const die = () => { throw new Error('died'); }; if (x === 2) die(); return x; }",
    ],
    [
      "as an operand",
      "(x) => { let n = 0; const die = (y) => { n = y; throw new Error('operand'); }; return x > 2 ? n++ + die(x) * 2 : n; }",
    ],
    [
      "under && and ||",
      "(x) => { const die = () => { throw new Error('logical'); }; if (x > 3 && die()) return 1; if (x >= 0 || die()) return 2; return 3; }",
    ],
    [
      "as a statement under &&",
      "(x) => { const die = () => { throw new Error('logical'); }; x > 3 && die(); x < 0 || x > 1 || die(); return x; }",
    ],
    [
      "in the test of a loop",
      "(x) => { const die = () => { throw new Error('test'); }; let s = 0; for (let i = 0; i < 5; i++) { if (x === 2) { while (die()) s++; } if (i === x) break; s += 10; } return s; }",
    ],
    [
      "in the update of a loop",
      "(x) => { const die = () => { throw new Error('update'); }; let s = 0; for (let i = 0; i < x; i = x > 2 ? die() : i + 1) s++; return s; }",
    ],
    [
      "in the test of do",
      "(x) => { const die = () => { throw new Error('do'); }; let s = 0; do { s++; if (s > x) break; } while (s < 3 || die()); return s; }",
    ],
    [
      "in an argument",
      "(x) => { const die = () => { throw new Error('argument'); }; const f = (a, b) => a + b; return x > 1 ? f(x, die()) : f(x, 1); }",
    ],
    [
      "in an index",
      "(x) => { const die = () => { throw new Error('index'); }; const t = [1, 2, 3][0 * x] ?? 1; return t; }".replace(
        "[1, 2, 3][0 * x] ?? 1",
        "x > 1 ? Math.max(1, die()) : 1",
      ),
    ],
    [
      "in a case",
      "(x) => { const die = () => { throw new Error('case'); }; switch (x) { case 0: return 9; case die(): return 8; } return 7; }",
    ],
    ["in captured functions, recursively", "(x) => deep(x & 7) + deep(2)"],
    [
      "in captured functions that never return",
      "(x) => { switch (x) { case 1: return 2; case 2: return never(); default: return x > 3 ? neverNumber(x) : 4; } }",
    ],
    [
      "after what comes before it",
      "(x) => { let s = 0; const count = () => s++; if (x > 1) return count() + neverNumber(count()); return s; }",
    ],
    [
      "in another compiled function",
      "(x) => { let s = 0; for (let i = 0; i < x; i++) { s += callee(i); if (s > 90) return s; } return s; }",
    ],
    ["with code behind it", "(x) => { if (x > 1) { throw new Error('behind'); x = 5; return x; } return x; }"],
    ["without a text", "(x) => { if (x > 1) throw new Error(); return 1; }"],
    ["called without new", "(x) => { if (x > 1) throw Error('called'); return 1; }"],
    ["with every character", "(x) => { if (x > 1) throw new Error('\\u00e9 \\u{1f600} \"%s\" \\n'); return 1; }"],
  ])("%s", (_, source) => {
    const f = compile("float64(int32)", evaluate(source, { deep, never, neverNumber, callee }));
    agree(f, some.int32);
    // a failure leaves nothing behind
    agree(f, [[1]]);
  });

  test.each(["Error", "RangeError", "TypeError", "EvalError", "SyntaxError", "ReferenceError", "URIError"])(
    "%s",
    (name) => {
      const f = compile("int32(int32)", evaluate(`(x) => { if (x) throw new ${name}("text"); return 1; }`));
      const kinds = [Error, RangeError, TypeError, EvalError, SyntaxError, ReferenceError, URIError];
      const kind = kinds.find((one) => one.name === name) ?? Error;
      expect(() => f(1)).toThrow(kind);
      agree(f, [[1], [0]]);
      expect(f.lastError()).toMatchObject({ name, message: "text" });
    },
  );

  test("a function that always throws", () => {
    agree(compile("float64()", evaluate("() => { throw new Error('always'); }")), [[]]);
    agree(compile("void()", evaluate("() => { throw new TypeError('always'); }")), [[]]);
    agree(compile("float64(int32)", evaluate("(x) => never(x)", { never })), [[1]]);
  });

  test("stores before it stay", () => {
    const f = compile(
      "void(CPointer(int32), int32)",
      evaluate("(p, n) => { for (let i = 0; i < 4; i++) { p[i] = i + 1; if (i === n) throw new Error('stop'); } }"),
    );
    agree(f, [
      [new Int32Array(4), 2],
      [new Int32Array(4), 9],
    ]);
  });
});

/** Calls `f(0)`, `f(1)`, ... from several threads at once; `out[t]` is the sum of what thread t got. */
const threads = `
#include <pthread.h>
struct work { double (*f)(int); int calls; double *out; };
static void *run(void *given) {
  struct work *work = given;
  double sum = 0;
  for (int i = 0; i < work->calls; i++) sum += work->f(i);
  *work->out = sum;
  return 0;
}
void call_on_threads(double (*f)(int), int threads, int calls, double *out) {
  pthread_t ids[64];
  struct work work[64];
  for (int t = 0; t < threads; t++) {
    work[t] = (struct work){f, calls, out + t};
    pthread_create(&ids[t], 0, run, &work[t]);
  }
  for (int t = 0; t < threads; t++) pthread_join(ids[t], 0);
}`;

describe("from native code it is a zero and a report", () => {
  const types = [
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "size_t",
    "intp",
    "float32",
    "float64",
    "bool",
  ] as const;
  const five = { int64: 5n, uint64: 5n, bool: true } as const;
  test.each(types)("%s", (type) => {
    const value: unknown = type in five ? five[type as keyof typeof five] : 5;
    const text = typeof value === "bigint" ? "5n" : String(value);
    const f = compile(
      `${type}(int32)`,
      evaluate(`(x) => { if (x < 0) throw new RangeError("negative"); return ${text}; }`),
    );
    const through = compile(`${type}(CFunction(${type}(int32)), int32)`, evaluate("(f, x) => f(x)"));
    expect(f.lastError()).toBeUndefined();
    expect(through(f, 1)).toBe(value);
    expect(f.lastError()).toBeUndefined();
    expect(through(f, -1)).toBe(typeof value === "bigint" ? 0n : value === true ? false : 0);
    expect(f.lastError()).toMatchObject({ name: "RangeError", message: "negative", thread: process.pid });
    // the caller did not fail, and the next call is not affected
    expect(through.lastError()).toBeUndefined();
    expect([through(f, 1), f(1)]).toEqual([value, value]);
    expect(() => f(-1)).toThrow(RangeError);
  });

  test("a null pointer", () => {
    const f = compile(
      "CPointer(int32)(CPointer(int32))",
      evaluate("(p) => { if (p[0] < 0) throw new Error('negative'); return p; }"),
    );
    const through = compile(
      "bool(CFunction(CPointer(int32)(CPointer(int32))), CPointer(int32))",
      evaluate("(f, p) => f(p) === null"),
    );
    expect([through(f, Int32Array.of(1)), through(f, Int32Array.of(-1))]).toEqual([false, true]);
  });

  test("where it was thrown", () => {
    const f = compile("int32(int32)", evaluate("(x) => {\n  if (x)\n    throw new Error('here');\n  return 1;\n}"));
    expect(() => f(1)).toThrow("here");
    expect(f.lastError()?.position.lineText.trim()).toBe("throw new Error('here');");
  });

  test.runIf(hasCompiler)("on many threads at once: every call is counted, every report is whole", () => {
    const source =
      "(i) => { if (i % 3 === 0) throw new RangeError('third'); if (i % 5 === 0) throw new TypeError('fifth'); return 1; }";
    const f = compile("float64(int32)", evaluate(source));
    const library = load(compileC(threads), {
      call_on_threads: "void(CFunction(float64(int32)), int32, int32, CPointer(float64))",
    });
    const sums = new Float64Array(8);
    const calls = 30_000;
    const expected = Array.from({ length: calls }, (_, i) => i).filter((i) => i % 3 !== 0 && i % 5 !== 0).length;
    for (let round = 0; round < 3; round++) {
      library.call_on_threads(f as never, 8, calls, sums);
      expect([...sums]).toEqual(Array(8).fill(expected));
      const { name, message, thread } = f.lastError() ?? { name: "", message: "", thread: 0 };
      expect(["RangeError third", "TypeError fifth"]).toContain(`${name} ${message}`);
      expect(thread).toBeGreaterThan(0);
      expect(thread).not.toBe(process.pid);
    }
    expect(f(1)).toBe(1);
  });
});

describe("calls within calls", () => {
  const source =
    "(f, x) => { if (x < 0) throw new RangeError('negative'); const y = f(x); if (y === 7) throw new Error('seven'); return y; }";
  const signature = "int32(CFunction(int32(int32)), int32)";

  test("an inner failure that is caught does not fail the outer call", () => {
    const f = compile(signature, evaluate(source));
    const inside = (give: number) => {
      const callback = closure("int32(int32)", () => {
        expect(() => f(callback, -1)).toThrow(RangeError);
        return give;
      });
      return callback;
    };
    expect(f(inside(8), 1)).toBe(8);
    expect(() => f(inside(7), 1)).toThrow("seven");
  });

  test("an exception of a JavaScript closure comes first", () => {
    const f = compile(signature, evaluate(source));
    expect(() =>
      f(
        closure("int32(int32)", () => {
          throw new TypeError("JavaScript");
        }),
        1,
      ),
    ).toThrow(TypeError);
    expect(
      f(
        closure("int32(int32)", (x: number) => x + 1),
        1,
      ),
    ).toBe(2);
  });

  test("a function that is disposed of while it runs", () => {
    const f: Compiled = compile(signature, evaluate(source));
    const callback = closure("int32(int32)", () => {
      f.dispose();
      return 7;
    });
    expect(() => f(callback, 1)).toThrow("seven");
    expect(f.lastError()).toBeUndefined();
    expect(() => f(callback, 1)).toThrow("disposed");
  });
});

test.each([
  ["a number", "(x) => { if (x) throw x; return 1; }", "CF1302 x"],
  ["a text", "(x) => { if (x) throw 'no'; return 1; }", "CF1302 'no'"],
  ["a text that is built", "(x) => { if (x) throw new Error('no ' + x); return 1; }", "CF1302 new Error('no ' + x)"],
  ["a template", "(x) => { if (x) throw new Error(`no`); return 1; }", "CF1302 new Error(`no`)"],
  [
    "options",
    "(x) => { if (x) throw new Error('no', { cause: 1 }); return 1; }",
    "CF1302 new Error('no', { cause: 1 })",
  ],
  ["other classes", "(x) => { if (x) throw new Problem('no'); return 1; }", "CF1302 new Problem('no')"],
  ["try", "(x) => { try { return x; } finally { return 1; } }", "CF1302 try { return x; } finally { return 1; }"],
])("refuses to throw %s", (_, source, expected) => {
  expect(refused("int32(int32)", source, { Problem: class extends Error {} as unknown as Run })).toBe(expected);
});
