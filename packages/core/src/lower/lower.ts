// The lower stage: checked trees -> IR. One IR function for each checked function, in the same order.

import type { CheckedFunction, CheckedProgram } from "../check/program.ts";
import type { IrFunction, IrModule } from "../ir/ir.ts";
import { errorWord, statusWord } from "../ir/names.ts";
import { withinStack } from "../parse/nesting.ts";
import { ConstantPool } from "./constant-pool.ts";
import { entryPoints, FailureSites, failingFunctions } from "./failure.ts";
import { FunctionLowering, type ModuleLowering, resultType } from "./function.ts";
import { giveBack, receive } from "./parameters.ts";
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
  receive(f);
  statements(f, checked.tree.body);
  if (!f.b.ended) {
    if (resultType(checked) === "void") {
      giveBack(f);
      f.b.return(undefined);
    } else f.b.unreachable();
  }
  return f.b.finish();
}
