// Reads the text that print.ts writes: one instruction a line. Checks syntax only; what the instructions mean is for
// verify/. Every instruction's span is its line.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { sourceText } from "../diagnostics/source-text.ts";
import type { Signature } from "../types/ctype.ts";
import type { DeclaredTypes } from "../types/signature-parser.ts";
import type {
  Block,
  Callee,
  ConstantData,
  FailureSite,
  Instruction,
  IrFunction,
  IrModule,
  IrType,
  Local,
  Operand,
  Temp,
  Terminator,
} from "./ir.ts";
import {
  isFloatPredicate,
  isFloatType,
  isIntPredicate,
  isIrType,
  isMathOp,
  isOp,
  isRoutine,
  type OpName,
} from "./op-names.ts";
import { readSignature } from "./signature-text.ts";

export interface ParseOptions {
  /** Structures that signatures in the text name. */
  readonly types?: DeclaredTypes;
}

/** @throws SyntaxError that names the line, for text that no printer wrote */
export function parseModule(text: string, { types = {} }: ParseOptions = {}): IrModule {
  return new ModuleReader(text, types).module();
}

class ModuleReader {
  private readonly source: SourceText;
  private readonly lines: readonly string[];
  /** Where each line starts in the text. */
  private readonly starts: readonly number[];
  private readonly types: DeclaredTypes;
  private at = 0;

  constructor(text: string, types: DeclaredTypes) {
    this.source = sourceText("ir", text);
    this.lines = text.split("\n");
    let start = 0;
    this.starts = this.lines.map((line) => {
      start += line.length + 1;
      return start - line.length - 1;
    });
    this.types = types;
  }

  module(): IrModule {
    const functions: IrFunction[] = [];
    const constants: ConstantData[] = [];
    const words: string[] = [];
    const sites: FailureSite[] = [];
    for (; this.at < this.lines.length; this.at++) {
      const line = this.line;
      if (line === "" || line.startsWith("//")) continue;
      const [word = ""] = line.split(" ", 1);
      if (word === "constant") constants.push(this.constant(line));
      else if (word === "word") words.push(this.match(line, /^word @(.+)$/)[1] ?? "");
      else if (word === "site") sites.push(this.site(line));
      else functions.push(this.function(line));
    }
    return { functions, constants, words, sites };
  }

  /** The current line without the space around it. */
  private get line(): string {
    return this.lines[this.at]?.trim() ?? this.fail("the text ends within a function");
  }

  private get span(): Span {
    const start = this.starts[this.at] ?? 0;
    return { start, end: start + (this.lines[this.at]?.length ?? 0) };
  }

  private fail(what: string): never {
    throw new SyntaxError(`ir:${this.at + 1}: ${what}`);
  }

  private match(text: string, pattern: RegExp): RegExpExecArray {
    return pattern.exec(text) ?? this.fail(`\`${text}\` is not what was expected here`);
  }

  private named<T extends string>(is: (name: string) => name is T, name = "", what: string): T {
    return is(name) ? name : this.fail(`\`${name}\` is not the name of ${what}`);
  }

  private type(name: string | undefined): IrType {
    return name !== undefined && isIrType(name) ? name : this.fail(`\`${name}\` is no type`);
  }

  private constant(line: string): ConstantData {
    const [, name = "", typeName, list = ""] = this.match(line, /^constant @(\S+): (\w+) \[(.*)\]$/);
    const type = this.type(typeName);
    const read = isFloatType(type) || type === "ptr" ? Number : BigInt;
    return { name, type, values: list === "" ? [] : list.split(", ").map((value) => read(value)) };
  }

  private site(line: string): FailureSite {
    const [, errorName = "", message = ""] = this.match(line, /^site (\w+) (".*")$/);
    return { errorName, message: String(JSON.parse(message)), source: this.source, span: this.span };
  }

  private function(line: string): IrFunction {
    const header = /^(export|private) func @(.+?)\((.*?)\) -> (\w+)(?: as (.+))? \{$/;
    const [, visible, name = "", paramList = "", resultName = "", signatureText] = this.match(line, header);
    const result = resultName === "void" ? "void" : this.type(resultName);
    const params = (paramList === "" ? [] : paramList.split(", ")).map((param): Temp => {
      const [, id, type] = this.match(param, /^%(\d+): (\w+)$/);
      return { kind: "temp", id: Number(id), type: this.type(type) };
    });
    const irTypes = params.map(({ type }) => type);
    const signature = visible === "export" ? readSignature(signatureText, irTypes, result, this.types) : undefined;
    const body = new BodyReader(params, this.temporaries());
    this.at += 1;
    for (; this.line !== "}"; this.at++) this.bodyLine(body);
    return { name, signature, params, result, locals: body.locals, blocks: body.blocks, source: this.source };
  }

  /** The types of all temporaries of the function that starts here: a use may stand before the assignment. */
  private temporaries(): Map<number, IrType> {
    const types = new Map<number, IrType>();
    for (let i = this.at + 1; i < this.lines.length && this.lines[i] !== "}"; i++) {
      const [, id, type] = /^ {2}%(\d+): (\w+) = /.exec(this.lines[i] ?? "") ?? [];
      if (id !== undefined) types.set(Number(id), this.type(type));
    }
    return types;
  }

  private bodyLine(body: BodyReader): void {
    const { line, span } = this;
    if (line === "") return;
    const local = /^local \$(\d+) (.*): (\w+)$/.exec(line);
    if (local !== null) {
      const [, id, name = "", type] = local;
      body.locals.push({ id: Number(id), name: name.trim(), type: this.type(type) });
      return;
    }
    const label = /^([\w.]+):$/.exec(line);
    if (label?.[1] !== undefined) {
      body.blocks.push({ label: label[1], instructions: [], terminator: undefined });
      return;
    }
    const block = body.blocks.at(-1) ?? this.fail("an instruction stands before the first label");
    const terminator = this.terminator(line, body);
    if (terminator !== undefined) {
      if (block.terminator !== undefined) this.fail("the block has ended already");
      block.terminator = { what: terminator, span };
    } else block.instructions.push({ what: this.instruction(line, body), span });
  }

  private terminator(line: string, body: BodyReader): Terminator | undefined {
    const [word, ...rest] = line.split(" ");
    const operands = rest.join(" ");
    switch (word) {
      case "jump":
        return { op: "jump", to: operands };
      case "branch": {
        const [, test, then = "", otherwise = ""] = this.match(operands, /^(\S+), (\S+), (\S+)$/);
        return { op: "branch", test: this.operand(test, body), then, otherwise };
      }
      case "return":
        return { op: "return", value: operands === "" ? undefined : this.operand(operands, body) };
      case "unreachable":
        return { op: "unreachable" };
      default:
        return undefined;
    }
  }

  private instruction(line: string, body: BodyReader): Instruction {
    const [, destination, type, operation = ""] = this.match(line, /^(?:%(\d+): (\w+) = )?(.*)$/);
    const dest: Temp | undefined =
      destination === undefined ? undefined : { kind: "temp", id: Number(destination), type: this.type(type) };
    const [, opName = "", detail, operands = ""] = this.match(operation, /^(\w+)(?:\.([\w.]+))?(?: (.*))?$/);
    if (opName === "call") return this.call(operands, dest, body);
    if (!isOp(opName)) return this.fail(`\`${opName}\` is no instruction`);
    const parts = operands === "" ? [] : operands.split(", ");
    return this.plain(opName, detail, parts, dest, body);
  }

  private plain(
    op: OpName,
    detail: string | undefined,
    parts: readonly string[],
    dest: Temp | undefined,
    body: BodyReader,
  ): Instruction {
    const o = (i: number): Operand => this.operand(parts[i], body);
    if (op === "set") return { op, local: this.local(parts[0], body), value: o(1) };
    const unaligned = detail === "unaligned" ? { unaligned: true as const } : {};
    if (op === "store") return { op, address: o(0), value: o(1), ...unaligned };
    if (op === "zero") return { op, to: o(0), bytes: Number(parts[1]) };
    if (op === "copy") return { op, to: o(0), from: o(1), bytes: Number(parts[2]) };
    if (dest === undefined) return this.fail(`${op} gives a value`);
    switch (op) {
      case "get":
        return { op, dest, local: this.local(parts[0], body) };
      case "load":
        return { op, dest, address: o(0), ...unaligned };
      case "stack":
        return { op, dest, bytes: Number(parts[0]), align: Number(parts[1] ?? 8) };
      case "offset":
        return { op, dest, address: o(0), index: o(1), scale: Number(parts[2]) };
      case "select":
        return { op, dest, test: o(0), then: o(1), otherwise: o(2) };
      case "icmp":
        return { op, dest, predicate: this.named(isIntPredicate, detail, "a comparison"), left: o(0), right: o(1) };
      case "fcmp":
        return { op, dest, predicate: this.named(isFloatPredicate, detail, "a comparison"), left: o(0), right: o(1) };
      case "math":
        return { op, dest, name: this.named(isMathOp, detail, "a function"), args: parts.map((_, i) => o(i)) };
      default:
        if (parts.length === 1) return { op, dest, value: o(0) } as Instruction;
        if (op.startsWith("f")) return { op, dest, left: o(0), right: o(1) } as Instruction;
        return { op, dest, left: o(0), right: o(1), exact: detail === "exact" } as Instruction;
    }
  }

  private call(text: string, dest: Temp | undefined, body: BodyReader): Instruction {
    const [, target = "", list = "", as] = this.match(text, /^(\S+?)\((.*?)\)(?: as (.+))?$/);
    const args = list === "" ? [] : list.split(", ").map((arg) => this.operand(arg, body));
    return { op: "call", dest, callee: this.callee(target, as, args, dest, body), args };
  }

  private callee(
    target: string,
    as: string | undefined,
    args: readonly Operand[],
    dest: Temp | undefined,
    body: BodyReader,
  ): Callee {
    if (target.startsWith("@")) return { kind: "function", name: target.slice(1) };
    if (target.startsWith("runtime.")) {
      return { kind: "runtime", name: this.named(isRoutine, target.slice("runtime.".length), "a runtime routine") };
    }
    if (!target.startsWith("*")) return this.fail(`\`${target}\` cannot be called`);
    const types = args.map(({ type }) => type);
    const signature: Signature =
      readSignature(as, types, dest?.type ?? "void", this.types) ?? this.fail("the call needs a signature");
    return { kind: "pointer", address: this.operand(target.slice(1), body), signature };
  }

  private local(text: string | undefined, body: BodyReader): Local {
    const local = body.locals.find(({ id }) => `$${id}` === text);
    return local ?? this.fail(`there is no local ${text}`);
  }

  private operand(text: string | undefined, body: BodyReader): Operand {
    if (text === undefined) return this.fail("an operand is missing");
    if (text === "null") return { kind: "null", type: "ptr" };
    if (text.startsWith("@")) return { kind: "symbol", name: text.slice(1), type: "ptr" };
    if (text.startsWith("%")) {
      const id = Number(text.slice(1));
      // what nothing assigns is for the verifier to find
      return { kind: "temp", id, type: body.types.get(id) ?? "i32" };
    }
    const [, value = "", typeName] = this.match(text, /^(\S+):(\w+)$/);
    const type = this.type(typeName);
    if (isFloatType(type)) return { kind: "float", type, value: Number(value) };
    if (type === "ptr" || !/^-?\d+$/.test(value)) return this.fail(`\`${text}\` is no operand`);
    return { kind: "int", type, value: BigInt(value) };
  }
}

/** What has been read of a function's body. */
class BodyReader {
  readonly locals: Local[] = [];
  readonly blocks: Block[] = [];
  readonly types: ReadonlyMap<number, IrType>;

  constructor(params: readonly Temp[], temporaries: ReadonlyMap<number, IrType>) {
    this.types = new Map([...params.map(({ id, type }) => [id, type] as const), ...temporaries]);
  }
}
