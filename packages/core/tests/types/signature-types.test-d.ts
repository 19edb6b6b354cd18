// The type-level parser: the type of a literal is the type of what parseSignature returns for it, and mistakes are
// errors of the TypeScript compiler. Checked by the compiler, not run.
import { expectTypeOf, test } from "vitest";
import { as } from "../../src/intrinsics/index.ts";
import type { FloatType, FunctionType, IntType, PointerType, Signature, VoidType } from "../../src/types/ctype.ts";
import {
  type CallableOf,
  CFunction,
  type CheckedSignature,
  type Complex,
  CPointer,
  type Declared,
  type FnOf,
  float64,
  int32,
  intp,
  type NDArray,
  type ParseSignature,
  type Ptr,
  type StructValue,
  struct,
  type TypeName,
  type UnionValue,
  union,
  type ValueOf,
  type VariadicArgument,
} from "../../src/types/index.ts";

const Point = struct("Point", { x: float64, n: "int64", cells: CPointer(int32) });
type Types = { Point: typeof Point };
type Point = ValueOf<typeof Point.type>;

/** As `cfunc` takes its arguments. */
declare function take<const S extends string, T extends Declared = Record<never, never>>(
  signature: CheckedSignature<S, T>,
  fn: NoInfer<FnOf<S, T>>,
  options?: { types?: T },
): void;

test("scalars, pointers and void", () => {
  expectTypeOf<FnOf<"float64(float64)">>().toEqualTypeOf<(x: number) => number>();
  expectTypeOf<FnOf<"void()">>().toEqualTypeOf<() => void>();
  expectTypeOf<FnOf<"void(void)">>().toEqualTypeOf<() => void>();
  expectTypeOf<FnOf<"bool(int64, size_t)">>().toEqualTypeOf<(a: bigint, b: number) => boolean>();
  expectTypeOf<FnOf<"void(CPointer(double), intc)">>().toEqualTypeOf<(a: Ptr<number>, b: number) => void>();
  expectTypeOf<FnOf<"void(double**)">>().toEqualTypeOf<(a: Ptr<Ptr<number> | null>) => void>();
  expectTypeOf<FnOf<"voidptr(voidptr)">>().toEqualTypeOf<(a: Ptr<void>) => Ptr<void> | null>();
  expectTypeOf<FnOf<" unsigned  long long ( unsigned char ,\n i8 ) ">>().toEqualTypeOf<
    (a: number, b: bigint) => bigint
  >();
});

test("complex numbers are values, unions take one member and are read by any", () => {
  expectTypeOf<FnOf<"complex128(c8, double _Complex *)">>().toEqualTypeOf<(a: Complex, b: Ptr<Complex>) => Complex>();
  expectTypeOf<ParseSignature<"void(float _Complex)">>().toEqualTypeOf<ParseSignature<"void(complex64)">>();
  const Value = union("Value", { i: "int64", f: float64 });
  expectTypeOf<ValueOf<typeof Value.type>>().toEqualTypeOf<UnionValue<{ i: bigint; f: number }>>();
  expectTypeOf<ParseSignature<"void(union Value *)", { Value: typeof Value }>>().toEqualTypeOf<
    ParseSignature<"void(CPointer(Value))", { Value: typeof Value }>
  >();
  Value.new({ f: 2.5 });
  // @ts-expect-error: two members
  Value.new({ f: 2.5, i: 1n });
});

test("the parsed type is the type of the run-time description", () => {
  type F64 = FloatType<64>;
  type Char = IntType<"char", 8, true, "number">;
  expectTypeOf<ParseSignature<"int(const char*, ...)">>().toEqualTypeOf<
    Signature<[PointerType<Char, true>], IntType<"int32", 32, true, "number">, true>
  >();
  expectTypeOf<ParseSignature<"void(CPointer(const double), CFunction(double(double)))">>().toEqualTypeOf<
    Signature<[PointerType<F64, true>, PointerType<FunctionType<Signature<[F64], F64, false>>, false>], VoidType, false>
  >();
  expectTypeOf<ParseSignature<"void(char const *const *argv)">>().toEqualTypeOf<
    Signature<[PointerType<PointerType<Char, true>, true>], VoidType, false>
  >();
});

test("every name of the table is known, and means the same", () => {
  type Wrong = { [N in TypeName]: ParseSignature<`${N}()`> extends Signature ? never : N }[TypeName];
  expectTypeOf<Wrong>().toEqualTypeOf<never>();
});

test("structures by name", () => {
  expectTypeOf<FnOf<"float64(CPointer(Point), intp)", Types>>().toEqualTypeOf<(p: Ptr<Point>, n: number) => number>();
  expectTypeOf<Parameters<FnOf<"Point(Point)", Types>>>().toEqualTypeOf<[p: Point]>();
  expectTypeOf<ReturnType<CallableOf<"Point(Point)", Types>>>().toEqualTypeOf<Point>();
  take("Point(Point)", (p) => ({ x: p.x, n: p.n, cells: null }), { types: { Point } });
  // @ts-expect-error: a field is missing
  take("Point(Point)", (p) => ({ x: p.x, n: p.n }), { types: { Point } });
  take("float64(CPointer(Point), intp)", (p, i) => p.x + (p[i]?.x ?? 0), { types: { Point } });
  take("int64(struct Point *)", (p) => p.n, { types: { Point } });
  expectTypeOf<Point>().toEqualTypeOf<StructValue<{ x: number; n: bigint; cells: Ptr<number> | null }>>();
});

test("C prototypes", () => {
  expectTypeOf<FnOf<"double f(double x, int n);">>().toEqualTypeOf<(x: number, n: number) => number>();
  expectTypeOf<FnOf<"double f(const struct Point *p, size_t n)", Types>>().toEqualTypeOf<
    (p: Ptr<Point>, n: number) => number
  >();
  expectTypeOf<FnOf<"void f(double a[], const int b[3], double c[2][4])">>().toEqualTypeOf<
    (a: Ptr<number>, b: Ptr<number>, c: Ptr<NDArray<number, 1>>) => void
  >();
  take("double quad(double (*f)(double, void *), void *data)", (f, data) => f(2, data) + f(1, null));
  take("int sum(double f(double))", (f) => f(2));
});

test("mistakes are in words, and no string has their type", () => {
  expectTypeOf<ParseSignature<"flot64(int)">>().toEqualTypeOf<"unknown type 'flot64'">();
  expectTypeOf<ParseSignature<"float64(CPointer(Vector))", Types>>().toEqualTypeOf<"unknown type 'Vector'">();
  expectTypeOf<ParseSignature<"float64(struct Vec *v)", Types>>().toEqualTypeOf<"unknown structure 'Vec'">();
  expectTypeOf<ParseSignature<"float64(int">>().toEqualTypeOf<"expected ',' or ')' at the end">();
  expectTypeOf<ParseSignature<"float64(int x int32)">>().toEqualTypeOf<"unexpected 'x int32'">();
  expectTypeOf<ParseSignature<"float64">>().toEqualTypeOf<"expected '(' and the parameter types at the end">();
  expectTypeOf<ParseSignature<"float64(int) x">>().toEqualTypeOf<"unexpected 'x' after the signature">();
  expectTypeOf<
    ParseSignature<"float64(array(f8, 3))">
  >().toEqualTypeOf<"C does not pass arrays by value: use CPointer">();
  expectTypeOf<ParseSignature<"float64(int, void)">>().toEqualTypeOf<"a parameter cannot be void">();
  expectTypeOf<ParseSignature<"float64(union Point)", Types>>().toEqualTypeOf<"unknown union 'Point'">();
  expectTypeOf<ParseSignature<"float64(..., f8)">>().toEqualTypeOf<"'...' needs a parameter before it">();
  // @ts-expect-error: a misspelt name
  take("float64(flot64)", () => 0);
  // @ts-expect-error: an undeclared structure
  take("float64(CPointer(Point))", () => 0);
  // @ts-expect-error: a number is returned where int64 is a bigint
  take("int64(int64)", () => 0);
  // @ts-expect-error: a string is no number
  take("float64(float64)", (x) => `${x}`);
  // @ts-expect-error: more parameters than the signature has
  take("float64(float64)", (x: number, y: number) => x + y);
  // @ts-expect-error: no such field
  take("float64(CPointer(Point))", (p) => p.z, { types: { Point } });
  // @ts-expect-error: a misspelt name inside of CFunction
  CFunction("float64(flot64)");
});

test("type objects make signatures with the same types", () => {
  const signature = float64(CPointer(Point), intp, CFunction(float64(float64)));
  expectTypeOf<Parameters<FnOf<typeof signature>>[0]>().toEqualTypeOf<Ptr<Point>>();
  expectTypeOf<ReturnType<Parameters<FnOf<typeof signature>>[2]>>().toEqualTypeOf<number>();
});

test("how TypeScript calls a native function", () => {
  const call = (() => 0) as CallableOf<"float64(CPointer(double), const char *, CFunction(f8(f8)))">;
  const f = { address: 1n };
  call(new Float64Array(2), "text", f);
  call(null, null, null);
  call(new ArrayBuffer(8), new Int8Array(2), null);
  // @ts-expect-error: the elements are doubles
  call(new Int32Array(2), "text", f);
  // @ts-expect-error: an array is not memory
  call([1, 2], "text", f);
  // @ts-expect-error: a JavaScript function has no address
  call(new Float64Array(2), "text", (x: number) => x);
  const text = (() => 0) as unknown as CallableOf<"void(char *)">;
  // @ts-expect-error: a string is not writable memory
  text("text");
  const wide = (() => 0) as unknown as CallableOf<"void(CPointer(int64), voidptr)">;
  wide(new BigInt64Array(1), new Uint16Array(1));
  expectTypeOf<CallableOf<"int(const char *, ...)">>().toExtend<
    (format: string, ...more: VariadicArgument[]) => number
  >();
});

test("owned structures", () => {
  const point = {} as ReturnType<typeof Point.new>;
  expectTypeOf(point.n).toEqualTypeOf<bigint>();
  expectTypeOf(point.release).toEqualTypeOf<() => void>();
  // @ts-expect-error: no such field
  Point.new({ z: 1 });
  // @ts-expect-error: int64 is a bigint
  Point.new({ n: 1 });
});

test("signatures that were computed are not checked", () => {
  expectTypeOf<FnOf<string>>().toEqualTypeOf<(...args: never[]) => unknown>();
  expectTypeOf<FnOf<Signature>>().toEqualTypeOf<(...args: never[]) => unknown>();
  expectTypeOf<CallableOf<string>>().toEqualTypeOf<(...args: unknown[]) => unknown>();
  expectTypeOf<CallableOf<Signature>>().toEqualTypeOf<(...args: unknown[]) => unknown>();
  expectTypeOf<CheckedSignature<string>>().toEqualTypeOf<string>();
  const computed: string = ["float64", "(float64)"].join("");
  take(computed, (x: number) => x);
});

test("variadic arguments carry their type", () => {
  const print = (() => 0) as unknown as CallableOf<"int(CPointer(char), size_t, const char *, ...)">;
  print(null, 0, "%d %f", as(int32, 3), as(float64, 2.5));
  expectTypeOf(as(int32, 3)).toEqualTypeOf<VariadicArgument<typeof int32.type>>();
  // @ts-expect-error: a bare number has no C type
  print(null, 0, "%d", 3);
  // @ts-expect-error: not the value of that type
  as(int32, 3n);
});
