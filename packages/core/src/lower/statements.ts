// Statements: control flow as blocks and branches.
import type { BlockStmt, LoopStmt, Stmt, SwitchStmt } from "../parse/tree.ts";
import { alignOf } from "../types/layout.ts";
import { storeAggregate } from "./aggregates.ts";
import { branchOn, type Taken, tryBranchOn } from "./conditions.ts";
import { as, effect, setVariable } from "./expressions.ts";
import { throwError } from "./failure.ts";
import { type FunctionLowering, type LoopTargets, resultType, UNREACHABLE } from "./function.ts";
import { structAddress, toC, viewOf } from "./memory.ts";
import { giveBack } from "./parameters.ts";
import { record, returnRecord, setRecord } from "./records.ts";

export function statements(f: FunctionLowering, list: readonly Stmt[]): void {
  for (const stmt of list) {
    if (f.b.ended) return;
    if (!f.checked.reachable.has(stmt)) {
      f.b.unreachable();
      return;
    }
    try {
      f.b.at(stmt.span, () => statement(f, stmt));
    } catch (error) {
      if (error !== UNREACHABLE) throw error;
      if (!f.b.ended) f.b.unreachable();
    }
  }
}

function statement(f: FunctionLowering, stmt: Stmt): void {
  const { b } = f;
  switch (stmt.kind) {
    case "expr":
      effect(f, stmt.expr);
      return;
    case "declare": {
      if (stmt.init === undefined) return;
      const { kind } = f.fact(stmt.init);
      if (kind === "view") f.views.set(stmt.variable, viewOf(f, stmt.init));
      else if (kind === "struct") f.structs.set(stmt.variable, structAddress(f, stmt.init));
      else if (kind === "record") setRecord(f, stmt.variable, record(f, stmt.init));
      else setVariable(f, stmt.variable, stmt.init);
      return;
    }
    case "block":
      block(f, stmt);
      return;
    case "if": {
      const [then, otherwise, end] = [b.label("then"), b.label("else"), b.label("end")];
      const taken = branchOn(f, stmt.test, then, stmt.otherwise === undefined ? end : otherwise);
      let open = stmt.otherwise === undefined && taken.otherwise;
      const side = (label: string, body: Stmt): void => {
        b.enter(label);
        statements(f, [body]);
        open ||= !b.ended;
        b.jump(end);
      };
      if (taken.then) side(then, stmt.then);
      if (taken.otherwise && stmt.otherwise !== undefined) side(otherwise, stmt.otherwise);
      if (open) b.enter(end);
      return;
    }
    case "return":
      returned(f, stmt);
      return;
    case "throw":
      throwError(f, stmt);
      return;
    case "break":
    case "continue": {
      const { label } = stmt;
      const target = (l: LoopTargets) => (stmt.kind === "break" ? l.breakTo : l.continueTo);
      const isMeant = (l: LoopTargets) => (label === undefined ? l.isBlock !== true : l.labels.includes(label));
      const frame = f.loops.findLast((l) => isMeant(l) && target(l) !== undefined);
      const to = frame === undefined ? undefined : target(frame);
      if (to === undefined) throw new Error("internal error: a jump to no loop");
      b.jump(to);
      return;
    }
    case "switch":
      switchCases(f, stmt);
      return;
    case "loop":
      loop(f, stmt);
      return;
  }
}

function block(f: FunctionLowering, { label, body }: BlockStmt): void {
  if (label === undefined) {
    statements(f, body);
    return;
  }
  const exit = f.b.label("exit");
  f.loops.push({ labels: [label], isBlock: true, breakTo: exit, continueTo: undefined });
  statements(f, body);
  f.loops.pop();
  f.b.jump(exit);
  f.b.enter(exit);
}

function returned(f: FunctionLowering, { value }: Extract<Stmt, { kind: "return" }>): void {
  const inner = f.returns.at(-1);
  if (inner !== undefined) {
    if (value !== undefined) inner.take(value);
    f.b.jump(inner.to);
    return;
  }
  const { signature, result } = f.checked;
  const type = resultType(f.checked);
  if (type === "void") {
    if (value !== undefined && f.resultMemory !== undefined) {
      if (signature !== undefined)
        storeAggregate(f, { at: f.resultMemory, align: alignOf(signature.result), type: signature.result }, value);
      else if (result.kind === "record") returnRecord(f, f.resultMemory, result, value);
    } else if (value !== undefined) effect(f, value);
    giveBack(f);
    f.b.return(undefined);
  } else if (value === undefined) f.b.unreachable();
  else if (signature !== undefined) f.b.return(toC(f, value, signature.result));
  else {
    const given = as(f, value, type);
    giveBack(f);
    f.b.return(given);
  }
}

function switchCases(f: FunctionLowering, stmt: SwitchStmt): void {
  const { b } = f;
  const exit = b.label("exit");
  const labels = new Map(stmt.cases.map((c) => [c, b.label("case")]));
  const defaultCase = stmt.cases.find((c) => c.test === undefined);
  const unmatched = (defaultCase === undefined ? undefined : labels.get(defaultCase)) ?? exit;
  const entered = new Set<string>();
  let open = true;
  for (const c of stmt.cases) {
    const label = labels.get(c);
    if (c.test === undefined || label === undefined || !open) continue;
    const next = b.label("test");
    const taken = tryBranchOn(f, c.test, label, next);
    if (taken.then) entered.add(label);
    open = taken.otherwise;
    if (open) b.enter(next);
  }
  if (open) {
    b.jump(unmatched);
    entered.add(unmatched);
  }
  f.loops.push({ labels: stmt.labels, breakTo: exit, continueTo: undefined });
  let falls = false;
  for (const [c, label] of labels) {
    if (!entered.has(label) && !falls) continue;
    if (falls) b.jump(label);
    b.enter(label);
    statements(f, c.body);
    falls = !b.ended;
  }
  if (falls) b.jump(exit);
  f.loops.pop();
  b.enter(exit);
}

function loop(f: FunctionLowering, stmt: LoopStmt): void {
  const { b } = f;
  statements(f, stmt.init);
  if (b.ended) return;
  const [head, body, next, exit] = [b.label("head"), b.label("body"), b.label("next"), b.label("exit")];
  // the test stands before the loop and again at its end, so that each iteration takes one branch
  const test = (): Taken => {
    if (stmt.test !== undefined) return tryBranchOn(f, stmt.test, body, exit);
    b.jump(body);
    return { then: true, otherwise: false };
  };
  f.loops.push({ labels: stmt.labels, breakTo: exit, continueTo: next });
  b.jump(stmt.testFirst ? head : body);
  if (stmt.testFirst) {
    b.enter(head);
    if (!test().then) {
      f.loops.pop();
      b.enter(exit);
      return;
    }
  }
  b.enter(body);
  statements(f, [stmt.body]);
  b.jump(next);
  b.enter(next);
  try {
    if (stmt.update !== undefined) effect(f, stmt.update);
    // the branch back stands for the whole loop, whose span it has: remarks on the loop lead to it
    if (stmt.testFirst) b.jump(head);
    else test();
  } catch (error) {
    // nothing continues this loop: the body always leaves it
    if (error !== UNREACHABLE) throw error;
    b.unreachable();
  }
  f.loops.pop();
  b.enter(exit);
}
