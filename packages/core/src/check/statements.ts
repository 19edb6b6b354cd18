// Statements: carries the environment through blocks, branches and loops. Loops are solved by iteration with
// widening, then one narrowing step (Cousot & Cousot, "Abstract interpretation", 1977).
import type { BlockStmt, Expr, LoopStmt, Stmt, SwitchCase, SwitchStmt } from "../parse/tree.ts";
import { assigns, assignsIn } from "../parse/walk.ts";
import { type Analysis, BOTTOM, joinEnv, type LoopFrame } from "./analysis.ts";
import { widenBigint } from "./bigint-interval.ts";
import { condition } from "./condition.ts";
import type { Env } from "./env.ts";
import { perform } from "./expressions.ts";
import { anyNumber, asNumber, describe, type Fact, join, MAX_SAFE, voidFact } from "./fact.ts";
import { widen } from "./number-interval.ts";
import { evaluateValue } from "./record.ts";

/** Analyses statements in order; `a.env` is undefined afterwards where none of them can be left. */
export function run(a: Analysis, statements: readonly Stmt[]): void {
  for (const stmt of statements) {
    if (a.env === undefined) return;
    a.reachable.add(stmt);
    try {
      statement(a, stmt);
    } catch (error) {
      if (error !== BOTTOM) throw error;
      a.env = undefined;
    }
  }
}

function statement(a: Analysis, stmt: Stmt): void {
  switch (stmt.kind) {
    case "expr":
      perform(a, stmt.expr);
      return;
    case "declare": {
      if (stmt.init === undefined) {
        // it is there from now on, with a value that no native variable has
        if (stmt.variable.skippable) a.here.set(stmt.variable, voidFact);
        else a.here.delete(stmt.variable);
        return;
      }
      const fact = evaluateValue(a, stmt.init);
      if (fact.kind === "static" || fact.kind === "void" || fact.kind === "shape") {
        a.fail("CF2011", stmt, `${describe(fact)} cannot be held in a variable`, "use it where it is needed");
      }
      if ((fact.kind === "view" || fact.kind === "struct") && stmt.variable.kind !== "const") {
        a.fail("CF2011", stmt, `${describe(fact)} must be a constant`, `declare it with const ${stmt.variable.name}`);
      }
      if (stmt.iterates && fact.kind !== "view") {
        const help = "`for..of` goes over array views: carray(p, n)";
        a.fail("CF2011", stmt, `${describe(fact)} cannot be iterated`, help);
      }
      a.accumulators.declared(stmt.variable, fact, a.loops.length);
      a.assign(stmt.variable, fact, stmt);
      return;
    }
    case "block":
      block(a, stmt);
      return;
    case "if": {
      const { then, otherwise } = condition(a, stmt.test);
      a.env = then;
      run(a, [stmt.then]);
      const after = a.env;
      a.env = otherwise;
      if (stmt.otherwise !== undefined) run(a, [stmt.otherwise]);
      a.env = joinEnv(after, a.env);
      return;
    }
    case "return":
      if (a.discardsResult && a.returns === undefined && stmt.value !== undefined) perform(a, stmt.value);
      else a.returned(stmt.value === undefined ? { kind: "void" } : evaluateValue(a, stmt.value), stmt);
      a.env = undefined;
      return;
    case "throw":
      a.throws = true;
      a.env = undefined;
      return;
    case "break":
    case "continue": {
      const { label } = stmt;
      const jumps = (frame: LoopFrame) => (stmt.kind === "break" ? frame.breaks : frame.continues);
      const isMeant = (l: LoopFrame) => (label === undefined ? l.isBlock !== true : l.labels.includes(label));
      const frame = a.loops.findLast((l) => isMeant(l) && jumps(l) !== undefined);
      const envs = frame === undefined ? undefined : jumps(frame);
      // the parser would not have taken it
      if (envs === undefined) throw new Error(`internal error: \`${stmt.kind}\` is not in a loop`);
      envs.push(a.env);
      a.env = undefined;
      return;
    }
    case "switch":
      switchCases(a, stmt);
      return;
    case "loop":
      loop(a, stmt);
      return;
  }
}

/** A block with a label can be left like a loop that runs once. */
function block(a: Analysis, { label, body }: BlockStmt): void {
  const frame: LoopFrame = {
    labels: label === undefined ? [] : [label],
    isBlock: true,
    trips: 1,
    breaks: [],
    continues: undefined,
  };
  if (label !== undefined) a.loops.push(frame);
  run(a, body);
  if (label !== undefined) a.loops.pop();
  a.env = frame.breaks.reduce(joinEnv, a.env);
}

/** Tests in order, then bodies in order: each body is entered where its test held, and from the one before it. */
function switchCases(a: Analysis, stmt: SwitchStmt): void {
  const entries = new Map<SwitchCase, Env | undefined>();
  for (const c of stmt.cases) {
    if (c.test === undefined || a.env === undefined) continue;
    const { then, otherwise } = test(a, c.test);
    entries.set(c, then);
    a.env = otherwise;
  }
  const unmatched = a.env;
  const frame: LoopFrame = { labels: stmt.labels, trips: 1, breaks: [], continues: undefined };
  a.loops.push(frame);
  a.env = undefined;
  for (const c of stmt.cases) {
    a.env = joinEnv(a.env, c.test === undefined ? unmatched : entries.get(c));
    run(a, c.body);
  }
  a.loops.pop();
  const missed = stmt.cases.some((c) => c.test === undefined) ? undefined : unmatched;
  a.env = frame.breaks.reduce(joinEnv, joinEnv(a.env, missed));
}

interface Round {
  readonly back: Env | undefined;
  readonly exit: Env | undefined;
}

function loop(a: Analysis, stmt: LoopStmt): void {
  run(a, stmt.init);
  const entry = a.env;
  if (entry === undefined) return;
  // Every round of an outer loop analyses its inner loops anew, which multiplies with depth. Past some work each loop
  // starts from what it found last time and widens at once: less exact, and sound.
  const last = a.passes > manyPasses ? a.heads.get(stmt) : undefined;
  const patience = a.passes > manyPasses ? 0 : 3;
  let head = last === undefined ? entry : last.widened(entry, (before, now) => join(before, now) ?? now);
  let solution: Round;
  let grewAtAll = false;
  for (let round = 0; ; round++) {
    a.accumulators.grew = false;
    solution = iterate(a, stmt, head, entry);
    const next = joinEnv(entry, solution.back) ?? entry;
    grewAtAll ||= a.accumulators.grew;
    if (!a.accumulators.grew && covers(head, next)) {
      if (!head.same(next) && a.passes <= tooManyPasses) {
        const narrowed = iterate(a, stmt, next, entry);
        const again = joinEnv(entry, narrowed.back) ?? entry;
        solution = covers(next, again) ? narrowed : iterate(a, stmt, head, entry);
      }
      break;
    }
    head = round < patience ? head.join(next) : widenEnv(head, head.join(next), round > 40);
  }
  a.heads.set(stmt, head);
  a.env = solution.exit;
  a.accumulators.grew = grewAtAll;
}

/** Passes over loops of one function: what five nested ones take; what no one waits for. */
const [manyPasses, tooManyPasses] = [1500, 6000];

/** One pass over the loop from `head`; facts of the body are left as this pass found them. */
function iterate(a: Analysis, stmt: LoopStmt, head: Env, entry: Env): Round {
  const continues: (Env | undefined)[] = [];
  const frame: LoopFrame = { labels: stmt.labels, trips: Infinity, breaks: [], continues };
  a.passes += 1;
  a.env = head.fork();
  // the test runs in the loop too, once more often than the body: no count bounds what it adds
  a.loops.push(frame);
  const tested = stmt.testFirst ? test(a, stmt.test) : { then: a.env, otherwise: undefined };
  frame.trips = tripCount(a, stmt, entry);
  a.env = tested.then;
  run(a, [stmt.body]);
  let back = continues.reduce(joinEnv, a.env);
  let left = tested.otherwise;
  if (!stmt.testFirst && back !== undefined) {
    a.env = back;
    const repeated = test(a, stmt.test);
    back = repeated.then;
    left = repeated.otherwise;
  }
  if (stmt.update !== undefined && back !== undefined) {
    a.env = back.fork();
    try {
      perform(a, stmt.update);
    } catch (error) {
      if (error !== BOTTOM) throw error;
      a.env = undefined;
    }
    back = a.env;
  }
  a.loops.pop();
  return { back, exit: frame.breaks.reduce(joinEnv, left) };
}

/** A test that may never give a value. */
function test(a: Analysis, expr: Expr | undefined): { then: Env | undefined; otherwise: Env | undefined } {
  if (expr === undefined) return { then: a.env, otherwise: undefined };
  try {
    return condition(a, expr);
  } catch (error) {
    if (error !== BOTTOM) throw error;
    return { then: undefined, otherwise: undefined };
  }
}

/** How often the body of `for (...; i < bound; i += step)` can run each time: only where nothing else assigns i. */
function tripCount(a: Analysis, stmt: LoopStmt, entry: Env): number {
  const { test: t, update } = stmt;
  if (!stmt.testFirst || t?.kind !== "binary" || t.left.kind !== "local" || update === undefined) return Infinity;
  const { variable } = t.left;
  const step = stepOf(update, t.left);
  const first = entry.get(variable);
  const bound = asNumber(a.facts.get(t.right) ?? anyNumber);
  if (step === 0 || first?.kind !== "number" || !first.integer || first.nan || bound === undefined || bound.nan)
    return Infinity;
  if (assigns(t, variable) || assignsIn(stmt.body, variable)) return Infinity;
  const rising = t.op === "<" || t.op === "<=";
  const falling = t.op === ">" || t.op === ">=";
  const [from, to] =
    rising && step > 0 ? [first.lo, bound.hi] : falling && step < 0 ? [bound.lo, first.hi] : [0, Infinity];
  // beyond 2^53 a counter stands still
  if (from < -MAX_SAFE || to > MAX_SAFE) return Infinity;
  return Math.max(0, Math.ceil((to - from) / Math.abs(step)) + 1);
}

/** The literal integer that an update adds to the variable, 0 where it does something else. */
function stepOf(update: Expr, counter: Expr): number {
  const value = update.kind === "update" || (update.kind === "assign" && update.compound) ? update.value : undefined;
  if (value?.kind !== "binary" || value.left.kind !== "local" || counter.kind !== "local") return 0;
  if (value.left.variable !== counter.variable || value.right.kind !== "number" || !Number.isInteger(value.right.value))
    return 0;
  return value.op === "+" ? value.right.value : value.op === "-" ? -value.right.value : 0;
}

/** Whether `wide` allows everything that `narrow` does. */
function covers(wide: Env, narrow: Env): boolean {
  return wide.same(wide.join(narrow));
}

function widenEnv(previous: Env, next: Env, giveUp: boolean): Env {
  return previous.widened(next, (before, fact) => widenFact(before, fact, giveUp));
}

export function widenFact(before: Fact, fact: Fact, giveUp = false): Fact {
  if (fact.kind === "number" && before.kind === "number") return giveUp ? anyNumber : widen(before, fact);
  if (fact.kind === "bigint" && before.kind === "bigint") return widenBigint(before, fact);
  if (fact.kind === "record" && before.kind === "record") {
    const fields = fact.fields.map(({ name, fact: is }, i) => {
      const was = before.fields[i]?.fact;
      return { name, fact: was === undefined ? is : widenFact(was, is, giveUp) };
    });
    return { kind: "record", fields };
  }
  return fact;
}
