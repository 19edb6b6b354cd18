// What the checker is given and what it returns. The checker asks a `Linker` for what captured functions are, so that
// it needs no access to the running program. Types only.

import type { CallExpr, Expr, FunctionTree, Stmt, Variable } from "../parse/tree.ts";
import type { Captured } from "../source/captured-value.ts";
import type { CType, Signature } from "../types/ctype.ts";
import type { Fact } from "./fact.ts";
import type { Representation } from "./representation.ts";

/** One function of the user's: its tree and the values it captured. */
export interface Unit {
  readonly tree: FunctionTree;
  /** What a free name stands for. */
  captured(name: string): Captured;
}

export interface CompiledCallee {
  readonly unit: Unit;
  readonly signature: Signature;
  /** The symbol it has as a C function. */
  readonly symbol: string;
}

export interface ForeignCallee {
  readonly address: bigint;
  readonly signature: Signature;
  readonly symbol: string;
}

/** Finds what captured functions are. Each method throws a `CFuncError` where the function cannot be read. */
export interface Linker {
  plain(fn: object): Unit;
  compiled(cfunc: object): CompiledCallee;
  /** One, or the overloads in the order in which they are tried. */
  foreign(fn: object): readonly ForeignCallee[];
}

/** What a call expression turned out to call. */
export type Callee =
  | { readonly kind: "math"; readonly name: string }
  /** `carray` and `farray`: a view over the first argument; `shape` holds the length of every dimension. */
  | { readonly kind: "view"; readonly pointer: Expr; readonly shape: readonly Expr[] }
  /** `console.log` of numbers and literal texts. */
  | { readonly kind: "log" }
  | { readonly kind: "cast"; readonly pointer: Expr }
  | { readonly kind: "element"; readonly access: "get" | "set" }
  | { readonly kind: "advance" }
  | { readonly kind: "convert"; readonly to: "number" | "boolean" | "bigint" }
  | { readonly kind: "predicate"; readonly name: "isNaN" | "isFinite" | "isInteger" | "isSafeInteger" }
  | { readonly kind: "wrap"; readonly signed: boolean; readonly bits: number }
  /** `after` says what the variables hold that an inner function assigns, by its captures; it is undefined for others. */
  | { readonly kind: "function"; readonly name: string; readonly after: readonly (Fact | undefined)[] }
  | { readonly kind: "compiled"; readonly name: string; readonly signature: Signature }
  | {
      readonly kind: "foreign";
      readonly address: bigint;
      readonly signature: Signature;
      readonly symbol: string;
      readonly extra: readonly ExtraArgument[];
    }
  /** `guarded` where the pointer may be null: the call throws then, as in JavaScript. */
  | {
      readonly kind: "pointer";
      readonly signature: Signature;
      readonly extra: readonly ExtraArgument[];
      readonly guarded: boolean;
    };

/** An argument of a variadic function after the named ones: the expression, without its `as`, and its C type. */
export interface ExtraArgument {
  readonly value: Expr;
  readonly type: CType;
}

export interface VariableInfo {
  readonly fact: Fact;
  /** How it is held; undefined for views and for variables that no reachable code assigns. */
  readonly representation: Representation | undefined;
  /** Used only to compute indices: kept exact in 64 bits, whatever its interval. */
  readonly indexOnly: boolean;
}

/** A function after checking: the tree with a fact for every expression that can run. */
export interface CheckedFunction {
  readonly name: string;
  readonly tree: FunctionTree;
  /** Present for compiled functions, absent for plain captured ones, which exist once for each kind of arguments. */
  readonly signature: Signature | undefined;
  /** Of its parameters, then of what it captures from the functions around it; nothing (`void`) is not passed. */
  readonly params: readonly Fact[];
  readonly result: Fact;
  /** What the variables hold at the end that it assigns for the functions around it, by its captures. */
  readonly after: readonly (Fact | undefined)[];
  readonly facts: ReadonlyMap<Expr, Fact>;
  readonly callees: ReadonlyMap<CallExpr, Callee>;
  readonly variables: ReadonlyMap<Variable, VariableInfo>;
  readonly reachable: ReadonlySet<Stmt>;
  /** Whether it has a `throw` that can be reached, or calls a pointer that may be null; what it calls may throw as well. */
  readonly throws: boolean;
}

/** The function to compile first, then everything it calls. */
export interface CheckedProgram {
  readonly functions: readonly CheckedFunction[];
}
