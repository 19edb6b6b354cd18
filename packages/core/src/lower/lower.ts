// The lower stage: checked trees -> IR. One IR function for each checked function, in the same order.

import type { CheckedFunction, CheckedProgram } from "../check/program.ts";
import { representationOf } from "../check/representation.ts";
import type { IrFunction, IrModule, Operand } from "../ir/ir.ts";
import { errorWord, statusWord } from "../ir/names.ts";
import { withinStack } from "../parse/nesting.ts";
import { ConstantPool } from "./constant-pool.ts";
import { fromC } from "./ctype.ts";
import { entryPoints, FailureSites, failingFunctions } from "./failure.ts";
import { FunctionLowering, type ModuleLowering, resultType } from "./function.ts";
import { convertNumber } from "./numbers.ts";
import { statements } from "./statements.ts";

export function lower(program: CheckedProgram): IrModule {
  const [root] = program.functions;
  const failing = failingFunctions(program.functions);
  const functions = new Map(program.functions.map((fn) => [fn.name, fn]));
  const shared: ModuleLowering = { functions, failing, pool: new ConstantPool(), sites: new FailureSites() };
  const lowered = program.functions.map((fn) => {
    const { source, span } = fn.tree;
    return withinStack(source, { start: span.start, end: span.start + 1 }, () => lowerFunction(fn, shared));
  });
  const canFail = root !== undefined && failing.has(root.name);
  return {
    functions: canFail ? [...entryPoints(root), ...lowered] : lowered,
    constants: shared.pool.all(),
    words: canFail ? [statusWord(root.name), errorWord(root.name)] : [],
    sites: shared.sites.all,
  };
}

function lowerFunction(checked: CheckedFunction, shared: ModuleLowering): IrFunction {
  const f = new FunctionLowering(checked, shared);
  const { signature, tree, params } = checked;
  let next = 0;
  params.forEach((fact, i) => {
    const type = signature?.params[i]?.type;
    if (type === undefined && representationOf(fact) === undefined) return;
    const incoming = f.b.params[next];
    next += 1;
    const variable = tree.params[i];
    if (variable === undefined || incoming === undefined) return;
    f.b.set(
      f.slot(variable),
      widened(f, type === undefined ? incoming : fromC(f.b, type, incoming), f.slot(variable).type),
    );
  });
  statements(f, tree.body);
  if (!f.b.ended) {
    if (resultType(checked) === "void") f.b.return(undefined);
    else f.b.unreachable();
  }
  return f.b.finish();
}

/** A parameter in the representation of its variable, which assignments may have widened. */
function widened(f: FunctionLowering, value: Operand, type: Operand["type"]): Operand {
  if (value.type === type) return value;
  if (type === "i128") return f.b.convert("sext", value, "i128");
  return type === "i32" || type === "i64" || type === "f64" ? convertNumber(f, value, type) : value;
}
