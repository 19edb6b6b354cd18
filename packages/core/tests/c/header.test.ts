// Header fragments: what they declare, against the C compiler where it can say; what is wrong in them, with its place.
import { describe, expect, test } from "vitest";
import { type Header, parseHeader } from "../../src/c/index.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import type { CType } from "../../src/types/ctype.ts";
import { int32, struct } from "../../src/types/index.ts";
import { alignOf, sizeOf } from "../../src/types/layout.ts";
import { membersOf } from "../../src/types/members.ts";
import { printSignature, printType, sameType } from "../../src/types/print.ts";
import { headers, runC } from "../types/gcc.ts";
import { generateRecords } from "../types/records.ts";

const record = (header: Header, name: string) => {
  const type = header.type(name);
  if (type.kind !== "struct" && type.kind !== "union") throw new Error(`${name} is ${type.kind}`);
  return type;
};
const signature = (header: Header, name: string) => printSignature(header.function(name).signature);

describe("structures", () => {
  test("300 generated ones are read as they were meant", () => {
    const records = generateRecords(300, 99);
    const header = parseHeader(records.map(({ text }) => text).join("\n"));
    for (const { type, keyword, text } of records) expect(sameType(header.type(keyword), type), text).toBe(true);
  });

  test("pragmas, attributes and alignment", () => {
    const text = `
#pragma pack(push, 2)
struct A { char c; double d; };
#pragma pack(4)
struct B { char c; double d; };
#pragma pack(pop)
struct C { char c; double d; };
typedef int wide __attribute__((aligned(16)));
typedef short narrow __attribute__((aligned(1)));
struct D { char c; wide w; narrow n; };
struct __attribute__((packed)) E { char c; int i; _Alignas(8) char d; _Alignas(double) char e; };
struct F { unsigned a : 3, b : 4; int : 0; _Bool c : 1; } __attribute__((aligned(32)));
struct G { struct { int x, y; }; union { float f; unsigned char bytes[sizeof(float)]; }; struct { int z; } inner[2]; };
struct H { int n; struct { short s; } tail[]; };
union U { char c[5]; int i; } __attribute__((packed));
enum Small { p = 1, q = 200 } __attribute__((packed));
enum Negative { r = -1 };
enum Wide { s = 0x100000000 };
struct I { enum Small a; enum Negative b; enum Wide c; };
typedef int di __attribute__((__mode__(__DI__)));
struct J { di d; __extension__ long long ll; };
`;
    const names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].map((tag) => `struct ${tag}`).concat("union U");
    const header = parseHeader(text);
    const expected = runC(
      `${headers}${text}int main(void) { ${names.map((n) => `printf("%zu %zu\\n", sizeof(${n}), _Alignof(${n}));`).join("")} return 0; }`,
    );
    expect(names.map((n) => `${sizeOf(header.type(n))} ${alignOf(header.type(n))}\n`).join("")).toBe(expected);
    expect([...membersOf(record(header, "struct G")).keys()]).toEqual(["x", "y", "f", "bytes", "inner"]);
    expect([header.type("enum Small"), header.type("enum Negative"), header.type("enum Wide")].map(printType)).toEqual([
      "uint8",
      "int32",
      "ulong",
    ]);
  });

  test("types that are named before they are complete", () => {
    const header = parseHeader(`
typedef struct Node Node;
typedef struct sqlite3 sqlite3;
struct Tree { Node *root; struct Tree *left, *right; };
Node make(Node n);
struct Node { Node *next; struct Tree *owner; int value; };
int open(const char *name, sqlite3 **db);
Node *first(struct Tree *t);
`);
    const node = record(header, "Node");
    const next = membersOf(node).get("next")?.type;
    expect(next?.kind === "pointer" && next.to === node).toBe(true);
    expect(header.type("struct Node")).toBe(node);
    expect(header.function("make").signature.result).toBe(node);
    expect(header.function("make").signature.params[0]?.type).toBe(node);
    expect(signature(header, "open")).toBe("int32(CPointer(const char), CPointer(CPointer(sqlite3)))");
    expect(header.type("sqlite3")).toMatchObject({ kind: "opaque", name: "sqlite3" });
    const again = record(
      parseHeader("struct Node { struct Node *next; struct Tree *owner; int value; };"),
      "struct Node",
    );
    expect(sameType(again, again)).toBe(true);
    expect(printType(again)).toBe("Node");
  });
});

describe("constants", () => {
  const expressions = [
    "1 + 2 * 3 - 4 / 3 % 2",
    "(1 << 5) | 0x0F & ~3 ^ 2",
    "-7 / 2 + -7 % 3",
    "0u - 1",
    "1 ? 2 : 3",
    "!0 && 1 || 0",
    "'a' + '\\n' + '\\x41' + '\\0'",
    "'\\377'",
    "sizeof(int) * 2 + sizeof(char *)",
    "(unsigned char)300 + (signed char)200",
    "0777 + 0b101",
    "10 > 3 == 1",
    "_Alignof(double)",
    "-1 < 0u",
    "(int)3.9 + (long)1e3",
    "2147483647 + 0L + 1",
    "__builtin_offsetof(struct P, b)",
    "sizeof(struct P) >> 1",
    "((((1))))",
    "5 >= 5 != 0",
    "0xFFFFFFFF",
    "4294967296 / 3",
  ];

  test("are computed as the C compiler computes them", () => {
    const text = `struct P { char a; long b; };\nenum { ${expressions.map((e, i) => `e${i} = ${e.startsWith("0u") || e === "0xFFFFFFFF" ? `(long)(${e})` : e}`).join(", ")} };`;
    const header = parseHeader(text);
    const expected = runC(
      `${headers}${text}int main(void) { ${expressions.map((_, i) => `printf("%lld\\n", (long long)e${i});`).join("")} return 0; }`,
    );
    expect(expressions.map((_, i) => `${header.constant(`e${i}`)}\n`).join("")).toBe(expected);
  });

  test("from #define, from enumerations, and from constant integers", () => {
    const header = parseHeader(`
#define ANSWER 42
#define NEGATIVE (-ANSWER)
#define MASK 0xFFFFFFFFFFFFFFFFULL
#define PI 3.25
#define HEX 0x1.8p1
#define NAME "one" " two\\n"
#define EMPTY
#define CALL(x) ((x) + 1)
#define ALIAS other
#define LONG_ONE 1 + \\
  2
enum { RED, GREEN = 5, BLUE };
static const int SIZE = BLUE * 2;
extern const int elsewhere;
`);
    expect(
      ["ANSWER", "NEGATIVE", "MASK", "PI", "HEX", "NAME", "LONG_ONE", "BLUE", "SIZE"].map((name) =>
        header.constant(name),
      ),
    ).toEqual([42, -42, 0xffffffffffffffffn, 3.25, 3, "one two\n", 3, 6, 12]);
    expect(() => header.constant("CALL")).toThrow(/`CALL` is a macro with parameters/);
    expect(() => header.constant("ALIAS")).toThrow(/no constant/);
    expect(() => header.constant("ANSWR")).toThrow(/CF1102.*did you mean `ANSWER`/s);
    expect(() => header.constant("elsewhere")).toThrow(/is a variable, not a constant/);
    expect(header.variable("elsewhere")).toMatchObject({ constant: true, symbol: "elsewhere" });
  });
});

describe("declarations", () => {
  test("several in one, with declarators of every kind", () => {
    const header = parseHeader(`
extern int a, *b, c[3], (*d)(int), *(*e[2])(void);
typedef int (*compare)(const void *, const void *), number;
void sort(void *base, size_t n, compare by, number (*alt)(compare));
int (isalpha)(int);
int sum(int n, int values[n], int (*rows)[4], char buffer[static 8]);
extern "C" { int inside(void); }
__extension__ typedef struct { int quot; } pair;
pair both(int) __asm__("both_v2") __attribute__((nothrow, nonnull(1)));
_Noreturn void stop(void);
_Static_assert(sizeof(int) == 4, "size");
static inline int twice(int x) { return x * 2; }
int defined(void) { if (1) { return '}'; } return 0; }
`);
    expect(["a", "b", "c", "d", "e"].map((name) => printType(header.variable(name).type))).toEqual([
      "int32",
      "CPointer(int32)",
      "array(int32, 3)",
      "CFunction(int32(int32))",
      "array(CFunction(CPointer(int32)()), 2)",
    ]);
    expect(signature(header, "sort")).toBe(
      "void(voidptr, size_t, CFunction(int32(CPointer(const void), CPointer(const void))), CFunction(int32(CFunction(int32(CPointer(const void), CPointer(const void))))))",
    );
    expect(signature(header, "isalpha")).toBe("int32(int32)");
    expect(signature(header, "sum")).toBe("int32(int32, CPointer(int32), CPointer(array(int32, 4)), CPointer(char))");
    expect(header.function("both")).toMatchObject({ symbol: "both_v2" });
    expect(signature(header, "inside")).toBe("int32()");
    expect(signature(header, "defined")).toBe("int32()");
    expect(() => header.function("twice")).toThrow(/CF1103.*inline function/s);
  });

  test("types from outside, and headers one after the other", () => {
    const Point = struct("Point", { x: int32 });
    const first = parseHeader("typedef struct Point point; int norm(Point *p);", { types: { Point } });
    expect(first.type("point")).toBe(Point.type);
    const second = parseHeader("point add(point a, point b);", { after: first });
    expect(signature(second, "add")).toBe("Point(Point, Point)");
    expect(signature(second, "norm")).toBe("int32(CPointer(Point))");
  });

  test.each<[string, string]>([
    ["long double f(int);", "`long double` is not supported"],
    ["void f(__int128 x);", "`__int128` is not supported"],
    ["typedef float v4 __attribute__((vector_size(16))); v4 f(int);", "vector types"],
    ["struct S { long double x; }; struct S f(void);", "`long double`"],
    ["typedef long double ld; typedef ld *pld; int f(pld (*)(int));", "`long double`"],
    ["int f(_Float128);", "`_Float128`"],
    ["#include <stdarg.h>\ntypedef __builtin_va_list va_list; int f(va_list);", "`__builtin_va_list`"],
  ])("%s is refused when it is asked for", (text, why) => {
    const header = parseHeader(`${text}\nint other(void);`);
    expect(signature(header, "other")).toBe("int32()");
    let caught: unknown;
    try {
      header.function("f");
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof CFuncError)) throw new Error("it was not refused");
    expect(caught.code).toBe("CF1103");
    expect(caught.message).toContain(why);
    expect(caught.diagnostics[0]?.primary).toBeDefined();
  });
});

describe("mistakes", () => {
  test.each<[string, string, number, number, string]>([
    ["int f(int;\n", "CF1101", 1, 10, "expected `,` or `)`"],
    ["\n\nstruct P { int x; foo y; };", "CF1102", 3, 19, "unknown type `foo`"],
    ["int a[-1];", "CF1104", 1, 7, "cannot have -1 elements"],
    ["int a[1 / 0];", "CF1101", 1, 9, "divided by zero"],
    ["struct S { int x : 40; };", "CF1105", 1, 8, "cannot have 40 bits"],
    ["struct S { int x; int x; };", "CF1105", 1, 8, "two fields `x`"],
    ["struct S { struct T t; };", "CF1105", 1, 8, "which has no size"],
    ["enum E { };", "CF1101", 1, 10, "needs a constant"],
    ["int x", "CF1101", 1, 6, "expected `;`"],
    ["struct S { int x;", "CF1101", 1, 18, "expected `}`"],
    ["int f(void) { ", "CF1101", 1, 13, "never closed"],
    ["int /* never", "CF1101", 1, 5, "expected a name"],
    ["template <class T> int f();", "CF1102", 1, 1, "unknown type `template`"],
    ["int a[sizeof(struct S)];", "CF1104", 1, 7, "no size"],
    ["int x __attribute__((aligned(3)));", "CF1105", 1, 30, "power of two"],
    ["42;", "CF1101", 1, 1, "expected a type"],
  ])("%j", (text, code, line, column, message) => {
    let caught: unknown;
    try {
      parseHeader(text, { name: "wrong.h" });
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof CFuncError)) throw new Error(`no diagnostic but ${String(caught)}`);
    const at = caught.diagnostics[0]?.primary;
    expect(caught.code).toBe(code);
    expect(caught.message).toContain(message);
    const place = at?.source.locate(at.span.start);
    expect([place?.line, place?.column]).toEqual([line, column]);
  });
});

test("types of headers reach every part: sizes, members, signatures", () => {
  const header = parseHeader("typedef struct { int x; unsigned flags : 3; } item; item *next(item *);");
  const type: CType = header.type("item");
  expect(printType(type)).toBe("item");
  expect(sizeOf(type)).toBe(8);
});
