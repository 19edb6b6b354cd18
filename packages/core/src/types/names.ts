// The one table of type names: what every spelling of a type means, at run time and, because the table is `const`, at
// type level. A name keeps a type of its own where it says more than a width: `char` is text, `long` depends on the
// platform, `size_t` and `intp` are numbers in TypeScript. All others are the fixed-width type they stand for. Pure.
import type {
  BoolType,
  ComplexType,
  CType,
  FloatType,
  IntBits,
  IntType,
  JsInteger,
  PointerType,
  VoidType,
} from "./ctype.ts";

function integer<N extends string, B extends IntBits, S extends boolean, J extends JsInteger>(
  name: N,
  bits: B,
  signed: S,
  js: J,
): IntType<N, B, S, J> {
  return Object.freeze({ kind: "int", name, bits, signed, js });
}

const voidType: VoidType = Object.freeze({ kind: "void" });
const bool: BoolType = Object.freeze({ kind: "bool" });
const int8 = integer("int8", 8, true, "number");
const int16 = integer("int16", 16, true, "number");
const int32 = integer("int32", 32, true, "number");
const int64 = integer("int64", 64, true, "bigint");
const uint8 = integer("uint8", 8, false, "number");
const uint16 = integer("uint16", 16, false, "number");
const uint32 = integer("uint32", 32, false, "number");
const uint64 = integer("uint64", 64, false, "bigint");
const char = integer("char", 8, true, "number");
const long = integer("long", 64, true, "bigint");
const ulong = integer("ulong", 64, false, "bigint");
const intp = integer("intp", 64, true, "number");
const uintp = integer("uintp", 64, false, "number");
const sizeT = integer("size_t", 64, false, "number");
const ssizeT = integer("ssize_t", 64, true, "number");
const float32: FloatType<32> = Object.freeze({ kind: "float", bits: 32 });
const float64: FloatType<64> = Object.freeze({ kind: "float", bits: 64 });
const complex64: ComplexType<64> = Object.freeze({ kind: "complex", bits: 64 });
const complex128: ComplexType<128> = Object.freeze({ kind: "complex", bits: 128 });
const voidptr: PointerType<VoidType, false> = Object.freeze({ kind: "pointer", to: voidType, constant: false });

/** Numba's names, long and short. */
const numbaNames = {
  void: voidType,
  bool,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  char,
  uchar: uint8,
  short: int16,
  ushort: uint16,
  intc: int32,
  uintc: uint32,
  long,
  ulong,
  longlong: int64,
  ulonglong: uint64,
  intp,
  uintp,
  size_t: sizeT,
  ssize_t: ssizeT,
  float32,
  float64,
  float: float32,
  double: float64,
  complex64,
  complex128,
  voidptr,
  i1: int8,
  i2: int16,
  i4: int32,
  i8: int64,
  u1: uint8,
  u2: uint16,
  u4: uint32,
  u8: uint64,
  f4: float32,
  f8: float64,
  c8: complex64,
  c16: complex128,
} as const;

/** C's names, of one word and of several. Other orders of the words are read by c/specifiers.ts. */
const cNames = {
  _Bool: bool,
  int: int32,
  signed: int32,
  unsigned: uint32,
  int8_t: int8,
  int16_t: int16,
  int32_t: int32,
  int64_t: int64,
  uint8_t: uint8,
  uint16_t: uint16,
  uint32_t: uint32,
  uint64_t: uint64,
  intptr_t: intp,
  uintptr_t: uintp,
  ptrdiff_t: intp,
  wchar_t: int32,
  char16_t: uint16,
  char32_t: uint32,
  "signed char": int8,
  "unsigned char": uint8,
  "short int": int16,
  "signed short": int16,
  "signed short int": int16,
  "unsigned short": uint16,
  "unsigned short int": uint16,
  "signed int": int32,
  "unsigned int": uint32,
  "long int": long,
  "signed long": long,
  "signed long int": long,
  "unsigned long": ulong,
  "unsigned long int": ulong,
  "long unsigned int": ulong,
  "long long": int64,
  "long long int": int64,
  "signed long long": int64,
  "signed long long int": int64,
  "unsigned long long": uint64,
  "unsigned long long int": uint64,
  "long long unsigned int": uint64,
  "float _Complex": complex64,
  "_Complex float": complex64,
  "double _Complex": complex128,
  "_Complex double": complex128,
} as const;

export const typeNames = { ...numbaNames, ...cNames } as const satisfies Record<string, CType>;

export type TypeNames = typeof typeNames;
export type TypeName = keyof TypeNames;

/** Types that exist in C and are refused, each with the reason. */
export const refusedNames: Readonly<Record<string, string>> = {
  "long double": "JavaScript has no number of that width; use double",
  "long double _Complex": "JavaScript has no number of that width; use double _Complex",
  __int128: "128-bit integers do not cross the boundary; pass two uint64 values",
  __int128_t: "128-bit integers do not cross the boundary; pass two uint64 values",
  __uint128_t: "128-bit integers do not cross the boundary; pass two uint64 values",
  __float128: "JavaScript has no number of that width; use double",
  _Float128: "JavaScript has no number of that width; use double",
  _Float64x: "JavaScript has no number of that width; use double",
  _Float16: "half precision does not cross the boundary; use float",
  __bf16: "half precision does not cross the boundary; use float",
  _Decimal32: "decimal numbers do not cross the boundary; use double",
  _Decimal64: "decimal numbers do not cross the boundary; use double",
  _Decimal128: "decimal numbers do not cross the boundary; use double",
  va_list: "only C code can make one; use the variant of the function that takes `...`",
  __builtin_va_list: "only C code can make one; use the variant of the function that takes `...`",
};

/** The type of a name of the table, or undefined. Never finds what `Object.prototype` holds. */
export function typeOfName(name: string): CType | undefined {
  return Object.hasOwn(typeNames, name) ? typeNames[name as TypeName] : undefined;
}

/** Why a name is refused, or undefined where it is not. */
export function refusalOf(name: string): string | undefined {
  if (/^__m(64|128|256|512)[a-z]*$/.test(name)) {
    return "vector types do not cross the boundary; pass a pointer to the elements";
  }
  return Object.hasOwn(refusedNames, name) ? refusedNames[name] : undefined;
}
