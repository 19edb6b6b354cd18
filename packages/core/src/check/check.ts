// The check stage: facts for every expression of a function and of everything it calls (CF2xxx). Compiled functions
// are checked once against their signature; plain captured functions once for each kind of arguments.

import { withinStack } from "../parse/nesting.ts";
import type { Expr, FunctionTree, Stmt } from "../parse/tree.ts";
import { childStatements, parametersOf } from "../parse/walk.ts";
import type { Signature } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import { Analysis, type CallOutcome, joinEnv, type ProgramContext } from "./analysis.ts";
import { conversionHint, converts, factOfCType, factOfResult } from "./ctype-fact.ts";
import {
  anyInt32,
  anyNumber,
  bigints,
  boolean,
  describe,
  type Fact,
  INT32_MAX,
  integers,
  MAX_SAFE,
  type NumberFact,
  sameFact,
  voidFact,
} from "./fact.ts";
import { Fixpoint, type Found, type Outcome } from "./fixpoint.ts";
import type { CheckedFunction, CheckedProgram, CompiledCallee, Linker, Unit } from "./program.ts";
import { complexFact, isComplex } from "./record-fact.ts";
import { representationOf } from "./representation.ts";
import { run } from "./statements.ts";
import { variablesOf } from "./variables.ts";

export function check(root: CompiledCallee, linker: Linker): CheckedProgram {
  const program = new Program(linker);
  const { source, span } = root.unit.tree;
  withinStack(source, { start: span.start, end: span.start + 1 }, () => program.compiled(root));
  return { functions: program.finish(root.symbol) };
}

/** A plain or inner function for certain kinds of arguments. */
interface Specialization {
  readonly name: string;
  readonly unit: Unit;
  readonly params: readonly Fact[];
}

class Program implements ProgramContext {
  private readonly linker: Linker;
  private readonly functions = new Map<string, CheckedFunction>();
  private readonly compiledNames = new Set<string>();
  private readonly pending: CompiledCallee[] = [];
  private readonly specializations = new Fixpoint<Specialization>({
    check: (specialization, join) => this.checkPlain(specialization, join),
    neverReturns: ({ unit }) => neverReturns(new Analysis(unit, this)),
  });
  private readonly innerUnits = new Map<FunctionTree, Unit>();
  private readonly named = new Map<Unit, { readonly params: readonly Fact[]; readonly name: string }[]>();

  constructor(linker: Linker) {
    this.linker = linker;
  }

  /** Checks a compiled function and, in turn, the compiled functions it calls. */
  compiled(callee: CompiledCallee): void {
    this.callCompiledUnit(callee);
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      this.functions.set(next.symbol, this.checkCompiled(next));
    }
  }

  /** The root, then every function that it calls; rounds that were given up may have asked for others. */
  finish(root: string): CheckedFunction[] {
    const called = new Set([root]);
    // the set grows while it is gone through
    for (const name of called) {
      for (const callee of this.functions.get(name)?.callees.values() ?? []) {
        if (callee.kind === "function" || callee.kind === "compiled") called.add(callee.name);
      }
    }
    return [...called].flatMap((name) => this.functions.get(name) ?? []);
  }

  plainUnit(fn: object): Unit {
    return this.linker.plain(fn);
  }
  foreign(fn: object) {
    return this.linker.foreign(fn);
  }
  callCompiled(cfunc: object): CompiledCallee {
    const callee = this.linker.compiled(cfunc);
    this.callCompiledUnit(callee);
    return callee;
  }
  private callCompiledUnit(callee: CompiledCallee): void {
    if (this.compiledNames.has(callee.symbol)) return;
    this.compiledNames.add(callee.symbol);
    this.pending.push(callee);
  }

  private checkCompiled({ unit, signature, symbol }: CompiledCallee): CheckedFunction {
    const a = new Analysis(unit, this);
    const whole: Expr = { kind: "null", span: headOf(unit) };
    const { params } = unit.tree;
    if (signature.variadic)
      a.fail("CF2015", whole, "a callback cannot be variadic", "drop the `...` from the signature");
    if (params.length > signature.params.length) {
      const extra = params[signature.params.length];
      const at: Expr = extra === undefined ? whole : { kind: "local", span: extra.span, variable: extra };
      const message = `the function has ${params.length} parameters, but its signature has ${signature.params.length}`;
      a.fail("CF2005", at, message, "write one parameter for each in the signature");
    }
    const facts = signature.params.map(({ type }, i) => {
      const fact = type.kind === "void" ? undefined : factOfCType(type);
      return (
        fact ??
        a.fail(
          "CF2015",
          whole,
          `parameter ${i + 1} is ${printType(type)}, which C does not pass by value`,
          "pass a pointer to it",
        )
      );
    });
    const result =
      factOfResult(signature.result) ??
      a.fail(
        "CF2015",
        whole,
        `${printType(signature.result)} cannot be returned by value`,
        "write it through a pointer parameter",
      );
    a.discardsResult = signature.result.kind === "void";
    a.resultType = signature.result;
    this.analyse(a, facts);
    if (signature.result.kind !== "void") checkResult(a, signature, whole);
    return this.checked(symbol, a, signature, facts, result);
  }

  callInner(unit: Unit, fn: FunctionTree, args: readonly Fact[]): CallOutcome {
    const known = this.innerUnits.get(fn);
    const inner: Unit = known ?? { tree: fn, captured: (name) => unit.captured(name) };
    if (known === undefined) this.innerUnits.set(fn, inner);
    return this.callPlain(inner, args);
  }

  callPlain(unit: Unit, args: readonly Fact[]): CallOutcome {
    const { params: own, captures } = unit.tree;
    const params = args.map((fact, i) => {
      const capture = captures[i - own.length];
      return capture === undefined || capture.written ? canonical(fact) : canonicalConstant(fact);
    });
    const name = this.nameOf(unit, params);
    return { name, ...this.specializations.outcomeOf(name, () => ({ name, unit, params })) };
  }

  private checkPlain({ name, unit, params }: Specialization, join: (found: Outcome) => Outcome): Found {
    const a = new Analysis(unit, this);
    this.analyse(a, params);
    if (a.env !== undefined && a.result !== undefined && a.result.kind !== "void") {
      const whole: Expr = { kind: "null", span: headOf(unit) };
      a.fail("CF2010", whole, "not every path returns a value", "end the function with `return ...`");
    }
    const found = outcomeOf(a);
    const { result, after } = join(found);
    this.functions.set(name, this.checked(name, a, undefined, params, result ?? voidFact, after));
    return { ...found, waits: a.waits, throws: a.throws };
  }

  /** The name of a plain function for arguments of these kinds, for each kind another one. */
  private nameOf(unit: Unit, params: readonly Fact[]): string {
    const named = this.named.get(unit) ?? [];
    const same = named.find((known) => known.params.every((p, i) => params[i] !== undefined && sameFact(p, params[i])));
    if (same !== undefined) return same.name;
    if (!this.named.has(unit)) this.named.set(unit, named);
    const readable = [unit.tree.name ?? "fn", [...this.named.keys()].indexOf(unit), ...params.map(mangle)].join(".");
    const name = named.some((known) => known.name === readable) ? `${readable}.${named.length}` : readable;
    named.push({ params, name });
    return name;
  }

  private analyse(a: Analysis, params: readonly Fact[]): void {
    parametersOf(a.unit.tree).forEach((variable, i) => {
      const fact = params[i];
      if (fact === undefined || fact.kind === "void") return;
      a.accumulators.declared(variable, fact, 0);
      a.env?.set(variable, fact);
    });
    run(a, a.unit.tree.body);
    a.exit = joinEnv(a.exit, a.env);
  }

  private checked(
    name: string,
    a: Analysis,
    signature: Signature | undefined,
    params: readonly Fact[],
    result: Fact,
    after: Outcome["after"] = [],
  ): CheckedFunction {
    const { facts, callees, reachable } = a;
    const throws = a.throws || [...callees.values()].some((callee) => callee.kind === "pointer" && callee.guarded);
    const variables = variablesOf(a, params, signature?.result);
    return { name, tree: a.unit.tree, signature, params, result, after, facts, callees, variables, reachable, throws };
  }
}

/** Every path must return something that converts to the signature's result. */
function checkResult(a: Analysis, signature: Signature, whole: Expr): void {
  const given = a.result;
  if (a.env === undefined && given === undefined) return; // it loops for ever, or throws
  if (a.env !== undefined || given === undefined || given.kind === "void") {
    a.fail("CF2010", whole, "not every path returns a value", "end the function with `return ...`");
  }
  if (converts(given, signature.result)) return;
  const message = `the function returns ${describe(given)}, but its signature says ${printType(signature.result)}`;
  a.fail("CF2017", firstReturned(a) ?? whole, message, conversionHint(given, signature.result));
}

/** What the function's first `return` gives. */
function firstReturned(a: Analysis): Expr | undefined {
  const find = (stmts: readonly Stmt[]): Expr | undefined => {
    for (const stmt of stmts) {
      const found = stmt.kind === "return" ? stmt.value : find(childStatements(stmt));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(a.unit.tree.body);
}

function neverReturns(a: Analysis): never {
  const { name = "this function" } = a.unit.tree;
  const whole: Expr = { kind: "null", span: headOf(a.unit) };
  const help = "return a value without calling it, for some arguments";
  return a.fail("CF2010", whole, `\`${name}\` calls itself on every path, so that it never returns`, help);
}

/** The function up to its body, for errors about the whole. */
const headOf = ({ tree: { source, span, body } }: Unit) => ({
  start: span.start,
  end: span.start + source.text.slice(span.start, body[0]?.span.start ?? span.end).trimEnd().length,
});

/** What the analysis of a function found. */
function outcomeOf(a: Analysis): Outcome {
  const { captures } = a.unit.tree;
  return {
    result: a.result ?? (a.env === undefined ? undefined : voidFact),
    after: captures.map(({ variable, written }) => (written ? a.exit?.get(variable) : undefined)),
  };
}

/** Arguments of plain functions come in few classes, so that a function is compiled a few times at most. */
function canonical(fact: Fact): Fact {
  switch (fact.kind) {
    case "number": {
      const representation = representationOf(fact);
      return representation === "i32" ? anyInt32 : representation === "i64" ? integers(-MAX_SAFE, MAX_SAFE) : anyNumber;
    }
    case "boolean":
      return boolean();
    case "bigint": {
      const bits = representationOf(fact) === "i64" ? 63n : 127n;
      return bigints(-(1n << bits), (1n << bits) - 1n);
    }
    case "record":
      // one function for complex numbers of every kind
      if (isComplex(fact)) return complexFact;
      return { kind: "record", fields: fact.fields.map((field) => ({ ...field, fact: canonical(field.fact) })) };
    case "view":
      return { ...fact, dims: fact.dims.map((dim) => (dim.lo === dim.hi ? dim : canonicalLength(dim))) };
    default:
      return fact;
  }
}

/** What no call changes and is known stays known. */
function canonicalConstant(fact: Fact): Fact {
  const isKnown =
    fact.kind === "boolean" || ((fact.kind === "number" || fact.kind === "bigint") && fact.lo === fact.hi);
  return isKnown ? fact : canonical(fact);
}

const canonicalLength = (dim: NumberFact): NumberFact =>
  dim.lo >= 0 ? integers(0, dim.hi <= INT32_MAX ? INT32_MAX : MAX_SAFE) : integers(-MAX_SAFE, MAX_SAFE);

function mangle(fact: Fact): string {
  if (fact.kind === "record") return `{${fact.fields.map((field) => `${field.name}:${mangle(field.fact)}`).join(",")}}`;
  const representation = representationOf(fact) ?? "void";
  if (fact.kind === "bigint") return `big${representation}`;
  if (fact.kind !== "pointer") return representation;
  const { to } = fact;
  return `ptr_${"name" in to ? to.name : "bits" in to ? `${to.kind}${to.bits}` : to.kind}`;
}
