// The signature parser at type level: from a string literal to the type of the Signature that parseSignature returns,
// or to an error in words. The same grammar, Numba's and C prototypes; names come from the same table. Types only.
// A step returns a tuple, what was read and the rest of the text, or a string: the error. It knows less of C than the
// run-time parser: no comments, no unusual order of specifiers, no declarators nested deeper than `(*f)(...)`.
import type {
  ArrayType,
  CType,
  FunctionType,
  PointerType,
  Signature,
  StructType,
  UnionType,
  VoidType,
} from "./ctype.ts";
import type { TypeNames } from "./names.ts";
import type { TypeObject } from "./type-object.ts";
import type { CallbackFunction, NativeFunction } from "./values.ts";

/** The types that a signature string may name: the option `types` of a cfunc. */
export type Declared = Readonly<Record<string, TypeObject>>;
type NoTypes = Record<never, never>;

// ---- Text ----
type Space = " " | "\n" | "\t" | "\r";
type Trim<S extends string> = S extends `${Space}${infer R}` ? Trim<R> : S extends `${infer R}${Space}` ? Trim<R> : S;
type Delimiter = "(" | ")" | "," | "*" | "[" | "]" | ";" | ".";
/** The words up to the next delimiter, and the rest from that delimiter on. */
type Words<S extends string, Word extends string = "", All extends string[] = []> = S extends `${infer C}${infer R}`
  ? C extends Delimiter
    ? [Push<All, Word>, S]
    : C extends Space
      ? Words<R, "", Push<All, Word>>
      : Words<R, `${Word}${C}`, All>
  : [Push<All, Word>, ""];
type Push<All extends string[], Word extends string> = Word extends "" ? All : [...All, Word];
type Join<W extends readonly string[], Out extends string = ""> = W extends readonly [
  infer First extends string,
  ...infer R extends string[],
]
  ? Join<R, Out extends "" ? First : `${Out} ${First}`>
  : Out;
type Expected<What extends string, S extends string> =
  Trim<S> extends "" ? `expected ${What} at the end` : `expected ${What} before '${Trim<S>}'`;

// ---- Specifiers: [type, constant, rest] ----
type Ignored = "volatile" | "restrict" | "__restrict" | "__restrict__" | "register" | "static" | "extern" | "inline";
type Integral = "char" | "short" | "int" | "long" | "signed" | "unsigned";
type Combining = Integral | "void" | "float" | "double" | "_Bool" | "_Complex";
type Constructor = "CPointer" | "CFunction" | "array";

type Base<S extends string, X> =
  Words<S> extends [infer W extends string[], infer R extends string] ? Specifiers<W, R, X> : never;
type Specifiers<
  W extends readonly string[],
  R extends string,
  X,
  Spec extends string = "",
  Const extends boolean = false,
> = W extends readonly [infer First extends string, ...infer More extends string[]]
  ? First extends "const"
    ? Specifiers<More, R, X, Spec, true>
    : First extends Ignored
      ? Specifiers<More, R, X, Spec, Const>
      : First extends Combining
        ? Specifiers<More, R, X, Spec extends "" ? First : `${Spec} ${First}`, Const>
        : Spec extends ""
          ? NamedBase<First, More, R, X, Const>
          : Finish<Lookup<Spec, X>, W, R, Const>
  : Spec extends ""
    ? Expected<"a type", R>
    : Finish<Lookup<Spec, X>, W, R, Const>;
type NamedBase<
  Name extends string,
  W extends readonly string[],
  R extends string,
  X,
  Const extends boolean,
> = Name extends "struct" | "union"
  ? W extends readonly [infer Tag extends string, ...infer More extends string[]]
    ? Finish<LookupTag<Name, Tag, X>, More, R, Const>
    : Expected<`the name of a ${Tagged[Name]["what"]}`, R>
  : Name extends Constructor
    ? R extends `(${infer Inside}`
      ? Construct<Name, Inside, X> extends infer Made
        ? Made extends [infer T extends CType, infer Rest extends string]
          ? [T, Const, Rest]
          : Made
        : never
      : Expected<"'('", R>
    : Finish<Lookup<Name, X>, W, R, Const>;
/** `const` may follow the type, `char const *`; the next word is the name, put back before the rest. */
type Finish<T, W extends readonly string[], R extends string, Const extends boolean> = T extends CType
  ? W extends readonly ["const", ...infer More extends string[]]
    ? Finish<T, More, R, true>
    : W extends readonly [Ignored, ...infer More extends string[]]
      ? Finish<T, More, R, Const>
      : [T, Const, W extends readonly [] ? R : `${Join<W>}${R}`]
  : T;
type Lookup<Name extends string, X> = Name extends keyof TypeNames
  ? TypeNames[Name]
  : Name extends keyof X
    ? X[Name] extends TypeObject<infer T>
      ? T
      : `'${Name}' in the option types is not a type`
    : `unknown type '${Name}'`;
type LookupTag<Kind extends keyof Tagged, Tag extends string, X> = Tag extends keyof X
  ? X[Tag] extends TypeObject<infer T extends Tagged[Kind]["type"]>
    ? T
    : `unknown ${Tagged[Kind]["what"]} '${Tag}'`
  : `unknown ${Tagged[Kind]["what"]} '${Tag}'`;
interface Tagged {
  readonly struct: { readonly type: StructType; readonly what: "structure" };
  readonly union: { readonly type: UnionType; readonly what: "union" };
}

/** What stands between the parentheses of `CPointer(`, `CFunction(`, `array(`: [type, rest after the parenthesis]. */
type Construct<Name extends string, S extends string, X> =
  Declaration<S, X> extends infer D
    ? D extends [infer T extends CType, infer Const extends boolean, infer Id extends string, infer R extends string]
      ? Name extends "CFunction"
        ? T extends FunctionType
          ? Close<PointerType<T, false>, R>
          : Expected<"'(' and the parameter types", R>
        : Id extends ""
          ? T extends FunctionType
            ? "a pointer to a function is CFunction(...)"
            : Name extends "CPointer"
              ? Close<PointerType<T, Const>, R>
              : Counted<T, R>
          : `expected ')' before '${Id}'`
      : D
    : never;
type Close<T extends CType, R extends string> = Trim<R> extends `)${infer Rest}` ? [T, Rest] : Expected<"')'", R>;
type Counted<T extends CType, R extends string> = T extends VoidType
  ? "C has no array of void"
  : Trim<R> extends `,${infer N})${infer Rest}`
    ? Trim<N> extends `${infer Length extends number}`
      ? [ArrayType<T, Length>, Rest]
      : `the length of an array is a whole number, not '${Trim<N>}'`
    : Expected<"',' and a length", R>;

// ---- Declarators: [type, constant, name, rest] ----
type Declaration<S extends string, X> =
  Base<S, X> extends infer B
    ? B extends [infer T extends CType, infer Const extends boolean, infer R extends string]
      ? Stars<T, Const, R, X>
      : B
    : never;
type Stars<T extends CType, Const extends boolean, S extends string, X> =
  Trim<S> extends `*${infer R}`
    ? Words<R> extends [infer W extends string[], infer After extends string]
      ? Qualified<PointerType<T, Const>, W, After, X>
      : never
    : Named<T, Const, S, X>;
type Qualified<
  T extends CType,
  W extends readonly string[],
  R extends string,
  X,
  Const extends boolean = false,
> = W extends readonly ["const", ...infer More extends string[]]
  ? Qualified<T, More, R, X, true>
  : W extends readonly [Ignored, ...infer More extends string[]]
    ? Qualified<T, More, R, X, Const>
    : Stars<T, Const, `${Join<W>}${R}`, X>;
type Named<T extends CType, Const extends boolean, S extends string, X> =
  Words<S> extends [infer W extends string[], infer R extends string]
    ? W extends []
      ? Suffix<T, Const, "", R, X>
      : W extends [infer Name extends string]
        ? Suffix<T, Const, Name, R, X>
        : `unexpected '${Join<W>}'`
    : never;
type Suffix<T extends CType, Const extends boolean, Name extends string, S extends string, X> = S extends `(${infer R}`
  ? Trim<R> extends `*${infer Inner})${infer After}`
    ? Trim<After> extends `(${infer P}`
      ? AsFunction<T, P, X, Trim<Inner>, true>
      : Expected<"'(' and the parameter types", After>
    : AsFunction<T, R, X, Name, false>
  : S extends `[${infer R}`
    ? Bounds<T, S> extends infer A
      ? A extends [infer Of extends CType, infer Rest extends string]
        ? [Of, Const, Name, Rest]
        : A
      : R
    : [T, Const, Name, S];
type AsFunction<T extends CType, P extends string, X, Name extends string, Pointer extends boolean> =
  Parameters<P, X> extends infer Read
    ? Read extends [infer List extends readonly CType[], infer Variadic extends boolean, infer Rest extends string]
      ? T extends ArrayType | FunctionType
        ? "a C function cannot return an array or a function"
        : Pointer extends true
          ? [PointerType<FunctionType<Signature<List, T, Variadic>>, false>, false, Name, Rest]
          : [FunctionType<Signature<List, T, Variadic>>, false, Name, Rest]
      : Read
    : never;
type Bounds<T extends CType, S extends string> =
  Trim<S> extends `[${infer N}]${infer R}`
    ? Bounds<T, R> extends infer Inner
      ? Inner extends [infer Of extends CType, infer Rest extends string]
        ? [ArrayType<Of, Trim<N> extends `${infer Length extends number}` ? Length : number>, Rest]
        : Inner
      : never
    : Trim<S> extends `[${string}`
      ? Expected<"']'", S>
      : [T, S];

// ---- Parameters: [types, variadic, rest] ----
type Parameters<S extends string, X> =
  Trim<S> extends `)${infer R}`
    ? [[], false, R]
    : Trim<S> extends `void${infer R}`
      ? Trim<R> extends `)${infer Rest}`
        ? [[], false, Rest]
        : ParameterList<S, X>
      : ParameterList<S, X>;
type ParameterList<S extends string, X, All extends readonly CType[] = []> =
  Trim<S> extends `...${infer R}`
    ? All extends readonly []
      ? "'...' needs a parameter before it"
      : Trim<R> extends `)${infer Rest}`
        ? [All, true, Rest]
        : "'...' must come last"
    : Declaration<S, X> extends infer D
      ? D extends [infer T extends CType, infer Const extends boolean, string, infer R extends string]
        ? Adjust<T, Const, S, R> extends infer A
          ? A extends CType
            ? Trim<R> extends `,${infer More}`
              ? ParameterList<More, X, [...All, A]>
              : Trim<R> extends `)${infer Rest}`
                ? [[...All, A], false, Rest]
                : Expected<"',' or ')'", R>
            : A
          : never
        : D
      : never;
/** Arrays and functions become pointers as in C; an `array(T, n)` was written to be passed by value, which C cannot. */
type Adjust<T extends CType, Const extends boolean, S extends string, R extends string> = T extends VoidType
  ? "a parameter cannot be void"
  : T extends FunctionType
    ? PointerType<T, false>
    : T extends ArrayType<infer Of>
      ? S extends `${string}]${R}`
        ? PointerType<Of, Const>
        : "C does not pass arrays by value: use CPointer"
      : T;

// ---- The whole ----
type Whole<S extends string, X> =
  Declaration<S, X> extends infer D
    ? D extends [infer T extends CType, boolean, string, infer R extends string]
      ? T extends FunctionType<infer Sig>
        ? Trim<R> extends "" | ";"
          ? Sig
          : `unexpected '${Trim<R>}' after the signature`
        : Expected<"'(' and the parameter types", R>
      : D
    : never;

/** The Signature that a string literal describes, or a string literal that says what is wrong with it. */
export type ParseSignature<S extends string, X = NoTypes> = string extends S ? Signature : Whole<S, X>;

/** The C type that a string literal names, or a string literal that says what is wrong with it. */
export type ParseType<S extends string, X = NoTypes> = string extends S
  ? CType
  : Declaration<S, X> extends infer D
    ? D extends [infer T extends CType, boolean, infer Name extends string, infer R extends string]
      ? `${Name}${Trim<R>}` extends ""
        ? T
        : `unexpected '${Name}${Trim<R>}' after the type`
      : D
    : never;

/** The string itself where it is a type, else a type that no string has and that names the mistake. */
export type CheckedType<S extends string, X = NoTypes> =
  ParseType<S, X> extends infer P ? (P extends string ? `type error: ${P}` : S) : never;

/** The string itself where it is a signature, else a type that no string has and that names the mistake. */
export type CheckedSignature<S extends string, X = NoTypes> =
  ParseSignature<S, X> extends infer P ? (P extends string ? `signature error: ${P}` : S) : never;

type Resolve<S extends string | Signature, X> = S extends string ? ParseSignature<S, X> : S;

/** Whether nothing is known of the signature: a string or a Signature that was computed. */
type IsOpen<S> = string extends S ? true : Signature extends S ? true : false;

/** The TypeScript function that implements a signature; `S` is a string literal or the type of a Signature. */
export type FnOf<S extends string | Signature, X = NoTypes> =
  IsOpen<S> extends true
    ? (...args: never[]) => unknown
    : Resolve<S, X> extends infer P
      ? P extends Signature
        ? CallbackFunction<P>
        : never
      : never;

/** How TypeScript calls the compiled or foreign function of a signature. */
export type CallableOf<S extends string | Signature, X = NoTypes> =
  IsOpen<S> extends true
    ? (...args: unknown[]) => unknown
    : Resolve<S, X> extends infer P
      ? P extends Signature
        ? NativeFunction<P>
        : never
      : never;
