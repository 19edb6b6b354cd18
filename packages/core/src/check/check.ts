// The check stage: facts for every expression of a function and of everything it calls (CF2xxx). Compiled functions
// are checked once against their signature; plain captured functions once for each kind of arguments.

import { withinStack } from "../parse/nesting.ts";
import type { Expr, Stmt } from "../parse/tree.ts";
import { childStatements } from "../parse/walk.ts";
import type { Signature } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import { Analysis, type ProgramContext } from "./analysis.ts";
import { conversionHint, converts, factOfCType } from "./ctype-fact.ts";
import {
  anyInt32,
  anyNumber,
  bigints,
  boolean,
  describe,
  type Fact,
  integers,
  join,
  MAX_SAFE,
  sameFact,
  voidFact,
} from "./fact.ts";
import type { CheckedFunction, CheckedProgram, CompiledCallee, Linker, Unit } from "./program.ts";
import { representationOf } from "./representation.ts";
import { run, widenFact } from "./statements.ts";
import { variablesOf } from "./variables.ts";

export function check(root: CompiledCallee, linker: Linker): CheckedProgram {
  const program = new Program(linker);
  const { source, span } = root.unit.tree;
  withinStack(source, { start: span.start, end: span.start + 1 }, () => program.compiled(root));
  return { functions: program.finish(root.symbol) };
}

interface Specialization {
  readonly name: string;
  /** Undefined until it is known, and for a function that never returns, for it always throws. */
  result: Fact | undefined;
  done: boolean;
}

class Program implements ProgramContext {
  private readonly linker: Linker;
  private readonly functions = new Map<string, CheckedFunction>();
  private readonly compiledNames = new Set<string>();
  private readonly pending: CompiledCallee[] = [];
  private readonly specializations = new Map<string, Specialization>();
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

  /** All functions, the root first. */
  finish(root: string): CheckedFunction[] {
    return [...this.functions.values()].sort((a, b) => Number(b.name === root) - Number(a.name === root));
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
          `parameter ${i + 1} is a ${type.kind} by value, which cannot be compiled yet`,
          "pass a pointer to it",
        )
      );
    });
    const result =
      factOfCType(signature.result) ??
      a.fail(
        "CF2015",
        whole,
        `a ${signature.result.kind} cannot be returned by value yet`,
        "write it through a pointer parameter",
      );
    a.discardsResult = signature.result.kind === "void";
    this.analyse(a, facts);
    if (signature.result.kind !== "void") checkResult(a, signature, whole);
    return this.checked(symbol, a, signature, facts, result);
  }

  callPlain(unit: Unit, args: readonly Fact[]): { name: string; result: Fact | undefined; never: boolean } {
    const params = args.map(canonical);
    const name = this.nameOf(unit, params);
    const known = this.specializations.get(name);
    if (known !== undefined) return { name, result: known.result, never: known.done && known.result === undefined };
    const spec: Specialization = { name, result: undefined, done: false };
    this.specializations.set(name, spec);
    const before = new Set(this.specializations.keys());
    // a recursive function is checked again with what it was found to return, until that holds
    for (let round = 0; ; round++) {
      const a = new Analysis(unit, this);
      this.analyse(a, params);
      if (a.env !== undefined && a.result !== undefined && a.result.kind !== "void") {
        const whole: Expr = { kind: "null", span: headOf(unit) };
        a.fail("CF2010", whole, "not every path returns a value", "end the function with `return ...`");
      }
      const found = a.result ?? (a.env === undefined ? undefined : voidFact);
      const result = found === undefined ? spec.result : spec.result === undefined ? found : join(spec.result, found);
      const settled = result === undefined || (spec.result !== undefined && sameFact(spec.result, result));
      this.functions.set(name, this.checked(name, a, undefined, params, result ?? voidFact));
      if (result === undefined && a.waits && !a.throws) {
        // it has no result before a function that calls it has one
        if (this.recursive(name)) neverReturns(a);
        this.specializations.delete(name);
        return { name, result, never: false };
      }
      if (settled || (round === 0 && !this.recursive(name))) {
        spec.result = result;
        spec.done = true;
        return { name, result, never: result === undefined };
      }
      spec.result = spec.result === undefined || round < 2 ? result : widenFact(spec.result, result, round > 40);
      // what was checked on the way relied on the assumption that has just changed
      for (const key of this.specializations.keys()) if (!before.has(key)) this.specializations.delete(key);
    }
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

  /** Whether the function just checked, or anything it calls, calls it again. */
  private recursive(name: string): boolean {
    const seen = new Set<string>();
    const visit = (at: string): boolean => {
      for (const callee of this.functions.get(at)?.callees.values() ?? []) {
        if (callee.kind !== "function" || seen.has(callee.name)) continue;
        if (callee.name === name) return true;
        seen.add(callee.name);
        if (visit(callee.name)) return true;
      }
      return false;
    };
    return visit(name);
  }

  private analyse(a: Analysis, params: readonly Fact[]): void {
    a.unit.tree.params.forEach((variable, i) => {
      const fact = params[i];
      if (fact === undefined) return;
      a.accumulators.declared(variable, fact, 0);
      a.env?.set(variable, fact);
    });
    run(a, a.unit.tree.body);
  }

  private checked(
    name: string,
    a: Analysis,
    signature: Signature | undefined,
    params: readonly Fact[],
    result: Fact,
  ): CheckedFunction {
    const { facts, callees, reachable, throws } = a;
    const variables = variablesOf(a, params, signature?.result);
    return { name, tree: a.unit.tree, signature, params, result, facts, callees, variables, reachable, throws };
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
    default:
      return fact;
  }
}

function mangle(fact: Fact): string {
  const representation = representationOf(fact) ?? "void";
  if (fact.kind === "bigint") return `big${representation}`;
  if (fact.kind !== "pointer") return representation;
  const { to } = fact;
  return `ptr_${"name" in to ? to.name : "bits" in to ? `${to.kind}${to.bits}` : to.kind}`;
}
