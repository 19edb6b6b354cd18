// Takes one function through every stage of the pipeline and prints what each of them made, as JSON. Made for a
// baseline processor, so that every machine with the same LLVM prints the same. Run by walkthrough.test.ts.

import { cfunc } from "../../src/cfunc.ts";
import { check } from "../../src/check/check.ts";
import type { Linker } from "../../src/check/program.ts";
import { lowerDefinition, readFunction, target } from "../../src/compile.ts";
import { emit } from "../../src/emit/emit.ts";
import { printModule } from "../../src/ir/print.ts";
import { llvm } from "../../src/llvm/index.ts";
import { env } from "../../src/native/environment.ts";
import { slot } from "../../src/native/slots.ts";
import { thunkText } from "../../src/native/thunk.ts";
import { captureValues } from "../../src/source/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { outline } from "./outline.ts";
import { limited } from "./walkthrough-function.ts";

const signature = parseSignature("int32(int32, int32)");
const symbol = "cfunc_limited";
const { tree } = readFunction(limited);
const captured = captureValues(limited, tree.freeNames);

const unit = { tree, captured: (name: string) => captured.get(name) ?? ({ kind: "missing" } as const) };
const none = (): never => {
  throw new Error("this function calls no other");
};
const linker: Linker = { plain: none, compiled: none, foreign: none };
const checked = check({ unit, signature, symbol }, linker).functions[0];

const ir = lowerDefinition({ fn: limited, tree, signature, symbol, externals: undefined, fastmath: [] }, none);
const baseline = { ...target(), cpu: "x86-64", features: "" };
const emitted = emit(ir, { target: baseline, exported: symbol });

/** The functions of LLVM text, without the lines about the machine. */
const functions = (text: string): string =>
  [...text.matchAll(/^define [\s\S]*?^}\n/gm)]
    .map(([found]) => found.replaceAll(/ nounwind "target-cpu".*(?= {)/g, ""))
    .join("\n");

const assembly = llvm()
  .assembly(emitted)
  .split("\n")
  .filter((line) => /^\w+:|^\t[a-z]/.test(line))
  .map((line) => line.replace(/^\t(\S+)\t?/, (_, mnemonic) => `    ${mnemonic.padEnd(8)}`).trimEnd())
  .join("\n");

/** Slots by name: their addresses differ in every process. */
const slotNames: ReadonlyMap<number, string> = new Map([
  ...Object.entries(slot).map(([name, index]) => [index, `slot.${name}`] as const),
  [slot.arguments, "slot.arguments[0]"],
  [slot.arguments + 1, "slot.arguments[1]"],
]);
const thunk = functions(thunkText(signature, symbol, `${symbol}.thunk`)).replaceAll(
  /inttoptr \(i64 (\d+) to ptr\)/g,
  (whole, address) => slotNames.get(Number(BigInt(address) - env().slots) / 8) ?? whole,
);

const native = cfunc(signature, limited);
const calls = [`limited(5, 100)`, `limited(50, 100)`, `limited(1073741824, 7)`];
const results = [native(5, 100), native(50, 100), native(2 ** 30, 7)];

console.log(
  JSON.stringify({
    version: llvm().version,
    stages: {
      source: `${tree.source.text}\n`,
      captured: [...captured].map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join(""),
      tree: outline(tree),
      facts: outline(tree, (expr) => checked?.facts.get(expr)),
      ir: printModule(ir),
      emitted: functions(emitted),
      optimized: functions(llvm().optimizedText(emitted)),
      assembly: `${assembly}\n`,
      thunk,
      calls: calls.map((call, i) => `${call.padEnd(24)} // => ${results[i]}\n`).join(""),
    },
    javascript: [limited(5, 100), limited(50, 100), limited(2 ** 30, 7)],
    results,
  }),
);
