// Libraries, calls and callbacks: argtypes, restype, errcheck, errors and their messages, against CPython.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.ts";
import { compare, Float, noPython } from "./cpython.ts";

const { b, byref, CDLL, CFUNCTYPE, c_bool, c_byte, c_char, c_char_p, c_double, c_float, c_int, c_long, c_short } = all;
const { c_size_t, c_uint, c_void_p, cast, create_string_buffer, POINTER, pointer, sizeof, Structure, struct } = all;

const libm = new CDLL("libm.so.6");
const libc = CDLL("libc.so.6");

class P extends struct({ x: c_int, y: c_double }) {}
const A = c_int.mul(3);
const CMP = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int));
class Doubler extends c_int {}

/** A fresh function object with these attributes. */
function fresh(attributes: object, name = "abs", library = "libc.so.6"): all.FuncPtr {
  const found = new CDLL(library)[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return Object.assign(found, attributes);
}
const abs = (attributes: object) => fresh(attributes);

const setup = `
libm = CDLL("libm.so.6"); libc = CDLL("libc.so.6")
class P(Structure): _fields_ = [("x", c_int), ("y", c_double)]
class N(Structure): _fields_ = [("p", P)]
class Doubler(c_int): pass
class Seven: _as_parameter_ = -7
class Custom:
    @classmethod
    def from_param(cls, v): return c_int(-2 * v)
A = c_int * 3
CMP = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
def f(lib=libc, name="abs", **k):
    g = lib[name]
    for a, b in k.items(): setattr(g, a, b)
    return g
def sort(values, compare):
    a = (c_int * len(values))(*values)
    libc.qsort(a, len(a), sizeof(c_int), CMP(compare))
    return list(a)
`;

describe.skipIf(noPython !== undefined)(`calls, against CPython ${noPython ?? ""}`, () => {
  it("libraries and symbols", () => {
    compare(
      [
        { python: "CDLL('libnope.so')", typescript: () => new CDLL("libnope.so") },
        { python: "CDLL('./libnope.so')", typescript: () => new CDLL("./libnope.so") },
        { python: "CDLL('/etc/passwd')", typescript: () => new CDLL("/etc/passwd") },
        { python: "CDLL(5)", typescript: () => Reflect.construct(CDLL, [5]) },
        { python: "libm.nosuch", typescript: () => libm.nosuch },
        { python: "libm['nosuch']", typescript: () => libm["nosuch" as string] },
        { python: "libm.__x__", typescript: () => libm.__x__ },
        { python: "libm.cbrt is libm.cbrt", typescript: () => libm.cbrt === libm["cbrt" as string] },
        { python: "libm._name", typescript: () => libm._name },
        { python: "c_int.in_dll(libm, 'nosuch')", typescript: () => c_int.in_dll(libm, "nosuch") },
        {
          python: "bool(c_void_p.in_dll(libc, 'program_invocation_name'))",
          typescript: () => all.bool(c_void_p.in_dll(libc, "program_invocation_name")),
        },
        {
          python: "CFUNCTYPE(c_double, c_double)(('cbrt', libm))(8.0)",
          typescript: () => new Float(CFUNCTYPE(c_double, c_double)(["cbrt", libm])(8)),
        },
        {
          python: "CFUNCTYPE(c_double, c_double)(('nosuch', libm))",
          typescript: () => CFUNCTYPE(c_double, c_double)(["nosuch", libm]),
        },
      ],
      setup,
    );
  });

  it("attributes and arguments", () => {
    const refused = (type: unknown, value: unknown) => () => abs({ argtypes: [type] })(value);
    const LP = POINTER(c_int);
    compare(
      [
        { python: "f(argtypes=5)", typescript: () => abs({ argtypes: 5 }) },
        { python: "f(argtypes=[5])", typescript: () => abs({ argtypes: [5] }) },
        { python: "f(argtypes=[c_int, 'x'])", typescript: () => abs({ argtypes: [c_int, "x"] }) },
        { python: "f(restype=5)", typescript: () => abs({ restype: 5 }) },
        { python: "f(errcheck=5)", typescript: () => abs({ errcheck: 5 }) },
        { python: "libm.cbrt(1.5)", typescript: () => libm.cbrt(1.5) },
        { python: "libm.cbrt([])", typescript: () => libm.cbrt([]) },
        {
          python: "libc.abs(-3), libc.abs(c_byte(-3)), libc.abs(True), libc.abs(None)",
          typescript: () => [-3, c_byte(-3), true, null].map((value) => libc.abs(value)),
        },
        { python: "libc.abs(Seven())", typescript: () => libc.abs({ _as_parameter_: -7 }) },
        {
          python: "f(argtypes=[c_int])(Seven())",
          typescript: () => abs({ argtypes: [c_int] })({ _as_parameter_: -7 }),
        },
        {
          python: "f(argtypes=[Custom])(21)",
          typescript: () => abs({ argtypes: [{ from_param: (v: number) => c_int(-2 * v) }] })(21),
        },
        {
          python: "libc.strlen(b'hello'), libc.wcslen('héllo')",
          typescript: () => [libc.strlen(b`hello`), libc.wcslen("héllo")],
        },
        {
          python: "libc.strlen(create_string_buffer(b'hello', 10))",
          typescript: () => libc.strlen(create_string_buffer(b`hello`, 10)),
        },
        {
          python: "libc.strlen(byref(create_string_buffer(b'hello'), 2))",
          typescript: () => libc.strlen(byref(create_string_buffer(b`hello`), 2)),
        },
        { python: "libc.strlen(c_char_p(b'hello'))", typescript: () => libc.strlen(c_char_p(b`hello`)) },
        { python: "f(argtypes=[c_int])()", typescript: () => abs({ argtypes: [c_int] })() },
        { python: "f(argtypes=[c_int, c_int])(1)", typescript: () => abs({ argtypes: [c_int, c_int] })(1) },
        { python: "f(argtypes=[c_int])('x')", typescript: refused(c_int, "x") },
        { python: "f(argtypes=[c_int])(1.5)", typescript: refused(c_int, 1.5) },
        { python: "f(argtypes=[c_int])(c_long(1))", typescript: refused(c_int, c_long(1)) },
        { python: "f(argtypes=[c_int])(2**40 + 3)", typescript: refused(c_int, 2 ** 40 + 3) },
        { python: "f(argtypes=[c_int])(-2**70 - 3)", typescript: refused(c_int, -(2n ** 70n) - 3n) },
        { python: "f(argtypes=[c_int])(Doubler(-4))", typescript: refused(c_int, new Doubler(-4)) },
        { python: "f(argtypes=[Doubler])(c_int(-4))", typescript: refused(Doubler, c_int(-4)) },
        { python: "f(argtypes=[c_double])('x')", typescript: refused(c_double, "x") },
        { python: "f(argtypes=[POINTER(c_int)])(5)", typescript: refused(LP, 5) },
        { python: "f(argtypes=[POINTER(c_int)])(c_double(1))", typescript: refused(LP, c_double(1)) },
        { python: "f(argtypes=[POINTER(c_int)])(byref(c_double(1)))", typescript: refused(LP, byref(c_double(1))) },
        { python: "f(argtypes=[POINTER(c_int)])((c_double * 2)())", typescript: refused(LP, new (c_double.mul(2))()) },
        {
          python: "f(argtypes=[POINTER(P)])(N())",
          typescript: refused(POINTER(P), new (class N extends struct({ p: P }) {})()),
        },
        { python: "f(argtypes=[c_char_p])(5)", typescript: refused(c_char_p, 5) },
        { python: "f(argtypes=[c_char_p])('x')", typescript: refused(c_char_p, "x") },
        { python: "f(argtypes=[c_void_p])(1.5)", typescript: refused(c_void_p, 1.5) },
        { python: "f(argtypes=[c_void_p])(c_int(5))", typescript: refused(c_void_p, c_int(5)) },
        { python: "f(argtypes=[CMP])(5)", typescript: refused(CMP, 5) },
        { python: "f(argtypes=[CMP])(lambda: 1)", typescript: refused(CMP, () => 1) },
        { python: "f(argtypes=[A])([1])", typescript: refused(A, [1]) },
        { python: "f(argtypes=[P])(5)", typescript: refused(P, 5) },
        { python: "f(argtypes=[P])([1, 2])", typescript: refused(P, [1, 2]) },
        {
          python: "f(name='strlen', argtypes=[POINTER(c_char)])(create_string_buffer(b'abcd'))",
          typescript: () => fresh({ argtypes: [POINTER(c_char)] }, "strlen")(create_string_buffer(b`abcd`)),
        },
        {
          python: "f(name='strlen', argtypes=[c_char_p])(create_string_buffer(b'abcd'))",
          typescript: () => fresh({ argtypes: [c_char_p] }, "strlen")(create_string_buffer(b`abcd`)),
        },
        {
          python: "f(name='strlen', argtypes=[c_void_p])(b'abcd')",
          typescript: () => fresh({ argtypes: [c_void_p] }, "strlen")(b`abcd`),
        },
      ],
      setup,
    );
  });

  it("results", () => {
    const result = (restype: unknown, value: unknown) => abs({ argtypes: [c_int], restype })(value);
    compare(
      [
        { python: "f(argtypes=[c_int], restype=c_char)(-65)", typescript: () => result(c_char, -65) },
        {
          python: "f(argtypes=[c_int], restype=c_bool)(-65), f(argtypes=[c_int], restype=c_bool)(0)",
          typescript: () => [result(c_bool, -65), result(c_bool, 0)],
        },
        { python: "f(argtypes=[c_int], restype=c_byte)(200)", typescript: () => result(c_byte, 200) },
        { python: "f(argtypes=[c_int], restype=c_short)(40000)", typescript: () => result(c_short, 40000) },
        { python: "f(argtypes=[c_int], restype=c_uint)(-2**31)", typescript: () => result(c_uint, -(2 ** 31)) },
        { python: "f(argtypes=[c_int], restype=c_void_p)(0)", typescript: () => result(c_void_p, 0) },
        { python: "f(argtypes=[c_int], restype=c_char_p)(0)", typescript: () => result(c_char_p, 0) },
        {
          python: "bool(f(argtypes=[c_int], restype=POINTER(c_int))(0))",
          typescript: () => all.bool(result(POINTER(c_int), 0)),
        },
        { python: "bool(f(argtypes=[c_int], restype=CMP)(0))", typescript: () => all.bool(result(CMP, 0)) },
        { python: "f(argtypes=[c_int], restype=None)(-3)", typescript: () => result(null, -3) },
        {
          python: "f(argtypes=[c_int], restype=lambda x: x * 2)(-3)",
          typescript: () => result((x: number) => x * 2, -3),
        },
        { python: "f(argtypes=[c_int], restype=Doubler)(-65)", typescript: () => result(Doubler, -65) },
        {
          python: "f(argtypes=[c_int], restype=Doubler)(-65).value",
          typescript: () => (result(Doubler, -65) as Doubler).value,
        },
        {
          python: "f(argtypes=[c_int], errcheck=lambda r, fn, a: (r, a))(-65)",
          typescript: () => abs({ argtypes: [c_int], errcheck: (r: unknown, _: unknown, a: unknown) => [r, a] })(-65),
        },
        {
          python: "f(errcheck=lambda r, fn, a: (r, a))(-65)",
          typescript: () => abs({ errcheck: (r: unknown, _: unknown, a: unknown) => [r, a] })(-65),
        },
        {
          python: "f(name='labs', argtypes=[c_long], restype=c_long)(-2**62 - 1)",
          typescript: () => fresh({ argtypes: [c_long], restype: c_long }, "labs")(-(2n ** 62n) - 1n),
        },
        {
          python: "f(libm, 'cbrt', argtypes=[c_double], restype=c_double)(27)",
          typescript: () => new Float(fresh({ argtypes: [c_double], restype: c_double }, "cbrt", "libm.so.6")(27)),
        },
        {
          python: "f(libm, 'fabsf', argtypes=[c_float], restype=c_float)(-0.1)",
          typescript: () => new Float(fresh({ argtypes: [c_float], restype: c_float }, "fabsf", "libm.so.6")(-0.1)),
        },
        {
          python: "f(name='strchr', argtypes=[c_char_p, c_char], restype=c_char_p)(b'abcdef', b'd')",
          typescript: () => fresh({ argtypes: [c_char_p, c_char], restype: c_char_p }, "strchr")(b`abcdef`, b`d`),
        },
        {
          python: "f(name='memcmp', argtypes=[c_char_p, c_char_p, c_size_t])(b'abc', b'abd', 3)",
          typescript: () =>
            Math.sign(fresh({ argtypes: [c_char_p, c_char_p, c_size_t] }, "memcmp")(b`abc`, b`abd`, 3) as number),
        },
        {
          python: "f(libm, 'fma', argtypes=[c_double] * 3, restype=c_double)(2, 3, 4.5)",
          typescript: () =>
            new Float(
              fresh({ argtypes: [c_double, c_double, c_double], restype: c_double }, "fma", "libm.so.6")(2, 3, 4.5),
            ),
        },
      ],
      setup,
    );
  });

  it("callbacks", () => {
    const sort = (
      values: readonly number[],
      compareTwo: (x: all.Pointer<typeof c_int>, y: all.Pointer<typeof c_int>) => number,
    ) => {
      const array = new (c_int.mul(values.length))(...values);
      libc.qsort(array, array.length, sizeof(c_int), CMP(compareTwo));
      return [...array];
    };
    const numbers = [5, 1, -7, 33, 99, 0, 2147483647, -2147483648];
    const back = (restype: all.CDataType, value: unknown) => () => CFUNCTYPE(restype)((() => value) as never)();
    compare(
      [
        {
          python: `sort(${JSON.stringify(numbers)}, lambda x, y: (x[0] > y[0]) - (x[0] < y[0]))`,
          typescript: () => sort(numbers, (x, y) => Math.sign((x[0] ?? 0) - (y[0] ?? 0))),
        },
        {
          python: `sort(${JSON.stringify(numbers)}, lambda x, y: (y.contents.value > x[0]) - (y[0] < x[0]))`,
          typescript: () => sort(numbers, (x, y) => Math.sign(y.contents.value - x.contents.value)),
        },
        {
          python: "CMP is CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int)), CMP.__name__",
          typescript: () => [CMP === CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int)), CMP.name],
        },
        { python: "CMP('x')", typescript: () => Reflect.construct(CMP, ["x"]) },
        { python: "CMP(1.5)", typescript: () => Reflect.construct(CMP, [1.5]) },
        { python: "bool(CMP()), bool(CMP(5))", typescript: () => [all.bool(CMP()), all.bool(CMP(5))] },
        { python: "CFUNCTYPE(5)", typescript: () => CFUNCTYPE(5 as never) },
        { python: "CFUNCTYPE(c_int, 5)", typescript: () => CFUNCTYPE(c_int, 5 as never) },
        { python: "CFUNCTYPE(P)(lambda: 1)", typescript: () => CFUNCTYPE(P)((() => 1) as never) },
        {
          python: "CFUNCTYPE(POINTER(c_int))(lambda: 1)",
          typescript: () => CFUNCTYPE(POINTER(c_int))((() => 1) as never),
        },
        { python: "CFUNCTYPE(c_byte)(lambda: 200)()", typescript: back(c_byte, 200) },
        { python: "CFUNCTYPE(c_uint)(lambda: -1)()", typescript: back(c_uint, -1) },
        { python: "CFUNCTYPE(c_long)(lambda: 2**63)()", typescript: back(c_long, 2n ** 63n) },
        { python: "CFUNCTYPE(c_long)(lambda: 5)()", typescript: back(c_long, 5) },
        { python: "CFUNCTYPE(c_bool)(lambda: [])()", typescript: back(c_bool, []) },
        { python: "CFUNCTYPE(c_char)(lambda: b'z')()", typescript: back(c_char, b`z`) },
        { python: "CFUNCTYPE(c_void_p)(lambda: None)()", typescript: back(c_void_p, null) },
        { python: "CFUNCTYPE(None)(lambda: 5)()", typescript: () => CFUNCTYPE(null)(() => 5)() },
        {
          python: "CFUNCTYPE(c_int, c_char_p)(lambda s: len(s))(b'hello')",
          typescript: () => CFUNCTYPE(c_int, c_char_p)((s) => s?.length ?? -1)(b`hello`),
        },
        {
          python: "CFUNCTYPE(c_int, c_char, c_bool, c_long)(lambda c, t, l: c[0] + t + l)(b'a', 3, 10)",
          typescript: () =>
            CFUNCTYPE(c_int, c_char, c_bool, c_long)((c, t, l) => (c[0] ?? 0) + Number(t) + Number(l))(b`a`, 3, 10),
        },
        {
          python: "CFUNCTYPE(c_double, POINTER(P))(lambda p: p[0].x + p.contents.y)(P(1, 2.5))",
          typescript: () =>
            new Float(CFUNCTYPE(c_double, POINTER(P))((p) => p.contents.x + p.contents.y)(new P(1, 2.5))),
        },
        { python: "cast(CMP(), c_void_p).value", typescript: () => cast(CMP(), c_void_p).value },
      ],
      setup,
    );
  });
});

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

describe("callbacks", () => {
  const OfDouble = CFUNCTYPE(c_double, c_double);

  it("throw through the native call", () => {
    const failing = CMP(() => {
      throw new RangeError("no order");
    });
    const array = new A(3, 2, 1);
    expect(() => libc.qsort(array, 3, 4, failing)).toThrow(RangeError);
    expect(() => CFUNCTYPE(c_int)((() => "x") as never)()).toThrow("'str' object cannot be interpreted as an integer");
  });

  it("live as long as something holds them, fields included", () => {
    class Holder extends struct({ f: OfDouble }) {}
    const holder = new Holder(OfDouble((x) => 3 * x));
    const kept = cast(
      OfDouble((x) => 5 * x),
      c_void_p,
    );
    for (let i = 0; i < 100; i++) OfDouble((x) => x + i);
    gc();
    expect(holder.f(2)).toBe(6);
    expect(cast(kept, OfDouble)(2)).toBe(10);
  });

  it("end when nothing holds them", async () => {
    let collected = 0;
    const registry = new FinalizationRegistry(() => {
      collected += 1;
    });
    for (let i = 0; i < 50; i++) {
      const callback = (x: number) => x + i;
      registry.register(callback, undefined);
      OfDouble(callback);
    }
    for (let i = 0; i < 20 && collected < 45; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(collected).toBeGreaterThan(40);
  });

  it("are called back from native code that JavaScript was called from", () => {
    const inner = CMP((x, y) => (x[0] ?? 0) - (y[0] ?? 0));
    const outer = CMP((x, y) => {
      const array = new A(3, 1, 2);
      libc.qsort(array, 3, 4, inner);
      return [...array].join() === "1,2,3" ? (y[0] ?? 0) - (x[0] ?? 0) : 0;
    });
    const array = new A(1, 3, 2);
    libc.qsort(array, 3, 4, outer);
    expect([...array]).toEqual([3, 2, 1]);
  });
});

describe("what is not there yet", () => {
  it("says so", () => {
    expect(() => abs({ argtypes: [P] })(new P())).toThrow("P cannot be passed or returned by value yet");
    expect(() => abs({ restype: P })(1)).toThrow("P cannot be passed or returned by value yet");
    expect(() => libc.abs(new P())).toThrow("P cannot be passed or returned by value yet");
    expect(() => abs({ argtypes: [c_int] })(1, 2)).toThrow("variadic calls are not supported yet");
    expect(() => CMP()(null, null)).toThrow("NULL function pointer access");
    expect(Structure.name).toBe("Structure");
    expect(pointer(c_int(1))[0]).toBe(1);
  });
});
