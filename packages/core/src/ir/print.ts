// IR as text: what `f.inspectIR()` shows. One instruction a line, types written once at the result. parse.ts reads it.
import {
  type Callee,
  destination,
  type Instruction,
  type IrFunction,
  type IrModule,
  type Operand,
  type Terminator,
} from "./ir.ts";
import { signatureText } from "./signature-text.ts";

export function printModule(module: IrModule): string {
  const constants = module.constants.map(
    (c) => `constant @${c.name}: ${c.type} [${c.values.map(number).join(", ")}]\n`,
  );
  const words = module.words.map((name) => `word @${name}\n`);
  const sites = module.sites.map((site) => `site ${site.errorName} ${JSON.stringify(site.message)}\n`);
  return [...constants, ...words, ...sites, ...module.functions.map(printFunction)].join("\n");
}

export function printFunction(fn: IrFunction): string {
  const params = fn.params.map((p) => `${printOperand(p)}: ${p.type}`).join(", ");
  const types = fn.params.map((p) => p.type);
  const as = fn.signature === undefined ? "" : signatureText(fn.signature, types, fn.result);
  const lines = [`${fn.signature ? "export" : "private"} func @${fn.name}(${params}) -> ${fn.result}${as} {`];
  for (const local of fn.locals) lines.push(`  local $${local.id} ${local.name}: ${local.type}`);
  for (const block of fn.blocks) {
    lines.push(`${block.label}:`);
    for (const { what } of block.instructions) lines.push(`  ${printInstruction(what)}`);
    if (block.terminator) lines.push(`  ${printTerminator(block.terminator.what)}`);
  }
  lines.push("}", "");
  return lines.join("\n");
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case "temp":
      return `%${operand.id}`;
    case "int":
      return `${operand.value}:${operand.type}`;
    case "float":
      return `${number(operand.value)}:${operand.type}`;
    case "null":
      return "null";
    case "symbol":
      return `@${operand.name}`;
  }
}

export function printInstruction(i: Instruction): string {
  const o = printOperand;
  const rest = ((): string => {
    switch (i.op) {
      case "get":
        return `get $${i.local.id}`;
      case "set":
        return `set $${i.local.id}, ${o(i.value)}`;
      case "load":
        return `load${i.unaligned ? ".unaligned" : ""} ${o(i.address)}`;
      case "store":
        return `store${i.unaligned ? ".unaligned" : ""} ${o(i.address)}, ${o(i.value)}`;
      case "stack":
        return `stack ${i.bytes}${i.align === 8 ? "" : `, ${i.align}`}`;
      case "copy":
        return `copy ${o(i.to)}, ${o(i.from)}, ${i.bytes}`;
      case "zero":
        return `zero ${o(i.to)}, ${i.bytes}`;
      case "offset":
        return `offset ${o(i.address)}, ${o(i.index)}, ${i.scale}`;
      case "fneg":
      case "clz":
        return `${i.op} ${o(i.value)}`;
      case "icmp":
      case "fcmp":
        return `${i.op}.${i.predicate} ${o(i.left)}, ${o(i.right)}`;
      case "select":
        return `select ${o(i.test)}, ${o(i.then)}, ${o(i.otherwise)}`;
      case "math":
        return `math.${i.name} ${i.args.map(o).join(", ")}`;
      case "call":
        return `call ${callee(i.callee)}(${i.args.map(o).join(", ")})${calledAs(i)}`;
      default:
        if ("left" in i) return `${i.op}${"exact" in i && i.exact ? ".exact" : ""} ${o(i.left)}, ${o(i.right)}`;
        return `${i.op} ${o(i.value)}`;
    }
  })();
  const dest = destination(i);
  return dest === undefined ? rest : `${o(dest)}: ${dest.type} = ${rest}`;
}

const number = (value: number | bigint): string => (Object.is(value, -0) ? "-0" : String(value));

function calledAs({ callee, args, dest }: Extract<Instruction, { op: "call" }>): string {
  const types = args.map((arg) => arg.type);
  return callee.kind === "pointer" ? signatureText(callee.signature, types, dest?.type ?? "void") : "";
}

function callee(c: Callee): string {
  if (c.kind === "pointer") return `*${printOperand(c.address)}`;
  return c.kind === "function" ? `@${c.name}` : `runtime.${c.name}`;
}

export function printTerminator(t: Terminator): string {
  switch (t.op) {
    case "jump":
      return `jump ${t.to}`;
    case "branch":
      return `branch ${printOperand(t.test)}, ${t.then}, ${t.otherwise}`;
    case "return":
      return t.value === undefined ? "return" : `return ${printOperand(t.value)}`;
    case "unreachable":
      return "unreachable";
  }
}
