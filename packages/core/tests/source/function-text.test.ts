import { parseExpressionAt } from "acorn";
import { describe, expect, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { readFunctionText } from "../../src/source/function-text.ts";

/** The diagnostic that refuses a function. */
function refusal(fn: unknown) {
  try {
    readFunctionText(fn);
  } catch (error) {
    if (error instanceof CFuncError && error.diagnostics[0]) return error.diagnostics[0];
    throw error;
  }
  throw new Error("not refused");
}

function parses(text: string): boolean {
  return parseExpressionAt(text, 0, { ecmaVersion: "latest" }).end === text.length;
}

const key = "computed";
class Shapes {
  readonly sides = 4;

  static area(w: number, h: number) {
    return w * h;
  }
  static #hidden(x: number) {
    return x;
  }
  static hidden = () => Shapes.#hidden;
  static get(x: number) {
    return x;
  }
  static [`${key}(]`](x: number) {
    return x + 1;
  }
  static "quoted name"(x: number) {
    return x + 2;
  }
  static if(x: number) {
    return x + 3;
  }
  static /* ( */ commented /* ( */(x: number) {
    return x + 4;
  }
  static get width() {
    return 1;
  }
  static async later() {}
  static *many() {}
}

describe("readFunctionText", () => {
  it.each([
    ["arrow", (x: number) => x + 1],
    ["arrow", Object.assign((x: number) => x * 2, { extra: 1 })],
    [
      "function",
      function named(x: number) {
        return x;
      },
    ],
    ["function", new Function("return function (x) { return x; }")()],
    ["method", Shapes.area],
    ["method", Shapes.hidden()],
    ["method", Shapes.get],
    ["method", Reflect.get(Shapes, "computed(]")],
    ["method", Shapes["quoted name"]],
    ["method", Shapes.if],
    ["method", Shapes.commented],
    [
      "method",
      {
        exp(x: number) {
          return Math.exp(x);
        },
      }.exp,
    ],
  ] as const)("reads %s: %s", (kind, fn) => {
    const read = readFunctionText(fn);
    expect(read.kind).toBe(kind);
    expect(read.name).toBe(fn.name);
    expect(parses(read.text), read.text).toBe(true);
    expect(read.source.text).toBe(read.text);
  });

  it("reads an arrow function with a bare parameter", () => {
    const fn = new Function("return /* ( */ $x /* => */ => $x + 1")();
    expect(readFunctionText(fn)).toMatchObject({ kind: "arrow", text: "$x /* => */ => $x + 1" });
  });

  it("makes a method an anonymous function: its name binds nothing inside of it", () => {
    expect(readFunctionText(Shapes.area).text).toMatch(/^function\(w, h\) \{/);
  });

  it.each([
    [3, "CF1202", "expected a function to compile, not a number"],
    [null, "CF1202", "expected a function to compile, not null"],
    [{}, "CF1202", "expected a function to compile, not an object"],
    [undefined, "CF1202", "expected a function to compile, not undefined"],
    [Math.exp, "CF1201", "`exp` has no JavaScript source: it is native, bound or a proxy"],
    [((x: number) => x).bind(null), "CF1201", undefined],
    [new Proxy((x: number) => x, {}), "CF1201", undefined],
    [Map, "CF1201", undefined],
    [Shapes, "CF1203", "a class cannot be compiled"],
    [class {}, "CF1203", undefined],
    [async () => 1, "CF1204", "an async function cannot be compiled"],
    [async function* () {}, "CF1204", undefined],
    [Shapes.later, "CF1204", undefined],
    [function* () {}, "CF1205", "a generator cannot be compiled"],
    [Shapes.many, "CF1205", undefined],
    [Object.getOwnPropertyDescriptor(Shapes, "width")?.get, "CF1206", "a getter or setter cannot be compiled"],
  ])("refuses %s with %s", (value, code, message) => {
    const diagnostic = refusal(value);
    expect(diagnostic.code).toBe(code);
    if (message !== undefined) expect(diagnostic.message).toBe(message);
  });

  it("points at what it refuses", () => {
    const fn = async (x: number) => x;
    const primary = refusal(fn).primary;
    expect(primary?.source.locate(primary.span.start)).toMatchObject({
      file: "tests/source/function-text.test.ts",
      lineText: "    const fn = async (x: number) => x;",
      column: 16,
    });
  });
});
