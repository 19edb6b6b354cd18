// `cfunc` as a decorator of static methods, as compilers lower decorators; and first arguments that are no signatures.
import { transformSync } from "esbuild";
import ts from "typescript";
import { expect, test } from "vitest";
import { CFuncError } from "../../../src/diagnostics/error.ts";
import { cfunc } from "../../../src/index.ts";

const source = `
class Shapes {
  @cfunc("float64(float64, float64)")
  static hypotenuse(a: number, b: number): number {
    return Math.sqrt(a * a + b * b);
  }
  @cfunc("float64(float64)")
  static diagonal(a: number): number {
    return Shapes.hypotenuse(a, a);
  }
  @cfunc("int32(int32)")
  static checked(x: number): number {
    if (x < 0) throw new RangeError("negative");
    const twice = (y: number) => y * 2;
    return twice(x);
  }
  @cfunc("int32(int32)")
  static ["com" + "puted"](x: number): number {
    return x + 1;
  }
}`;
const lowered = {
  esbuild: transformSync(source, { loader: "ts", target: "es2022" }).code,
  typescript: ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText,
};

type Compiled = ((...args: number[]) => number) & { readonly nativeName: string; readonly address: bigint };
type Shapes = Readonly<Record<"hypotenuse" | "diagonal" | "checked" | "computed", Compiled>>;

test.each(Object.entries(lowered))("static methods lowered by %s are compiled functions", (_, text) => {
  const shapes = new Function("cfunc", `${text}\nreturn Shapes;`)(cfunc) as Shapes;
  expect([shapes.hypotenuse(3, 4), shapes.diagonal(1), shapes.checked(4), shapes.computed(1)]).toEqual([
    5,
    Math.SQRT2,
    8,
    2,
  ]);
  expect(() => shapes.checked(-1)).toThrow(RangeError);
  expect(shapes.hypotenuse.nativeName).toContain("hypotenuse");
  expect(shapes.hypotenuse.address).toBeGreaterThan(0n);
});

const code = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    expect(error.diagnostics[0]?.help).toBeTruthy();
    return error.diagnostics[0]?.code ?? "";
  }
  return "none";
};
// what TypeScript refuses as well
const anything = cfunc as unknown as (...args: unknown[]) => (value: unknown, context?: unknown) => unknown;
const evaluated = (text: string): unknown => new Function(`return (${text});`)();
const decorate = (context: object) => () => anything("int32(int32)")((x: number) => x, { name: "m", ...context });

test.each([
  ["instance methods", decorate({ kind: "method", static: false }), "CF1202"],
  ["fields", () => anything("int32(int32)")(undefined, { kind: "field", static: true, name: "m" }), "CF1202"],
  ["async methods", () => anything("int32()")(evaluated("class { static async m() {} }.m")), "CF1204"],
  [
    "methods that use their class by this",
    () => anything("int32()")(evaluated("class { static k = 1; static m() { return this.k; } }.m")),
    "CF1302",
  ],
  ["unknown types", () => anything("int33()")(() => 1), "CF1102"],
  ["no arguments", () => anything(), "CF1106"],
  ["numbers for signatures", () => anything(5, () => 1), "CF1106"],
  ["undefined for signatures", () => anything(undefined), "CF1106"],
  ["undefined for functions", () => anything("int32()", undefined), "CF1202"],
])("refuses %s", (_, make, expected) => {
  expect(code(make)).toBe(expected);
});

test("a static method is none of these", () => expect(code(decorate({ kind: "method", static: true }))).toBe("none"));
