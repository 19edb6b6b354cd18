// Calls and definitions of C functions as LLVM text, for aggregates that lie in memory: a callee gets the address of
// each, a caller gives one. `emit/` and the generated code of `native/` both speak through this file. Decides nothing:
// the calling convention did. Pure.
import type { Part, Passed, Passing } from "./passing.ts";

/** Memory of the frame: makes `name` the address of that many bytes. Put at the function's entry. */
export const frameMemory = (name: string, bytes: number, align: number): string =>
  `${name} = alloca [${Math.max(bytes, 1)} x i8], align ${Math.max(align, 8)}`;

/** The LLVM type of the result. */
export function resultType({ result }: Passed): string {
  if (result.kind === "scalar") return result.type;
  if (result.kind !== "parts") return "void";
  const types = result.parts.map((part) => part.type);
  return types.length === 1 ? `${types[0]}` : `{ ${types.join(", ")} }`;
}

/** The result as it stands before the name in a definition or a call: with its extension. */
export function resultText(passed: Passed): string {
  const { result } = passed;
  return result.kind === "scalar" && result.extension !== ""
    ? `${result.extension} ${resultType(passed)}`
    : resultType(passed);
}

/** What stands between `call` and the callee: a variadic call needs the whole type, to say what comes after `...`. */
export function calleeType(passed: Passed, fixed: number): string {
  if (!passed.variadic) return resultText(passed);
  const types = [
    ...(passed.result.kind === "memory" ? ["ptr"] : []),
    ...passed.params.slice(0, fixed).flatMap(parameterTypes),
    "...",
  ];
  return `${resultText(passed)} (${types.join(", ")})`;
}

function parameterTypes(passing: Passing): readonly string[] {
  if (passing.kind === "scalar") return [passing.type];
  if (passing.kind === "parts") return passing.parts.map((part) => part.type);
  return passing.kind === "nothing" ? [] : ["ptr"];
}

const bytesType = (size: number): string => `[${size} x i8]`;
const sret = ({ size, align }: { readonly size: number; readonly align: number }): string =>
  `ptr noalias sret(${bytesType(size)}) align ${align}`;
const byval = (size: number, slot: number): string => `ptr byval(${bytesType(size)}) align ${slot}`;
const partParameter = ({ type, stackAlign }: Part): string =>
  stackAlign === undefined ? type : `${type} alignstack(${stackAlign})`;
const withExtension = (passing: Extract<Passing, { kind: "scalar" }>): string =>
  passing.extension === "" ? passing.type : `${passing.type} ${passing.extension}`;

/** The alignment that an address has, `offset` bytes after one of alignment `align`. */
const alignAt = (align: number, offset: number): number => {
  let at = align;
  while (offset % at !== 0) at /= 2;
  return at;
};

const at = (name: string, offset: number): string => (offset === 0 ? name : `${name}.at${offset}`);
const advance = (name: string, offset: number): readonly string[] =>
  offset === 0 ? [] : [`${at(name, offset)} = getelementptr i8, ptr ${name}, i64 ${offset}`];

/** Copies bytes that do not overlap. Needs `memoryDeclarations`. */
export const move = (to: string, from: string, bytes: number): string =>
  `call void @llvm.memcpy.p0.p0.i64(ptr ${to}, ptr ${from}, i64 ${bytes}, i1 false)`;
/** Declared by whoever uses the texts of this file. */
export const memoryDeclarations: readonly string[] = ["declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)"];

export interface Definition {
  /** What stands between the parentheses. */
  readonly params: readonly string[];
  /** Instructions for the start of the body: after them each name is the value, or an aggregate's address. */
  readonly prologue: readonly string[];
}

/**
 * The head of a function's definition. `names` are LLVM names, `%t0`, one for each parameter; `result` is the name that
 * the address gets where an aggregate result has to be written.
 */
export function definition(passed: Passed, names: readonly string[], result: string | undefined): Definition {
  const params: string[] = [];
  const prologue: string[] = [];
  if (result !== undefined) {
    if (passed.result.kind === "memory") params.push(`${sret(passed.result)} ${result}`);
    else if (passed.result.kind === "parts") {
      prologue.push(frameMemory(result, room(passed.result), passed.result.align));
    } else prologue.push(frameMemory(result, 0, 1));
  }
  passed.params.forEach((passing, i) => {
    const name = names[i] ?? "";
    switch (passing.kind) {
      case "scalar":
        params.push(`${withExtension(passing)} ${name}`);
        break;
      case "parts":
        prologue.push(frameMemory(name, room(passing), passing.align));
        for (const part of passing.parts) {
          const value = `${name}.part${part.offset}`;
          params.push(`${partParameter(part)} ${value}`);
          prologue.push(...advance(name, part.offset), `store ${part.type} ${value}, ptr ${at(name, part.offset)}`);
        }
        break;
      case "stack":
        params.push(`${byval(passing.size, passing.slot)} ${name}`);
        break;
      case "copy":
        params.push(`ptr ${name}`);
        break;
      case "nothing":
        prologue.push(frameMemory(name, 0, 1));
        break;
      case "memory":
        throw new Error("internal error: a parameter is no result");
    }
  });
  if (passed.variadic) params.push("...");
  return { params, prologue };
}

/** Bytes that the parts write, of which the last may be beyond the aggregate. */
const room = ({ size, parts }: Extract<Passing, { kind: "parts" }>): number =>
  Math.max(size, ...parts.map((part) => part.offset + part.bytes));

/**
 * The end of a function whose result is an aggregate, which lies at `memory` as `definition` named it. `prefix` starts
 * the names that the instructions need.
 */
export function returnAggregate(passed: Passed, memory: string, prefix: string): readonly string[] {
  const { result } = passed;
  if (result.kind !== "parts") return ["ret void"];
  // the memory is the frame's own, and has room for all that is read
  const { lines, value } = gather(passed, memory, result.align, prefix);
  return [...lines, `ret ${resultType(passed)} ${value}`];
}

/** Loads the parts of a result and puts them together. */
function gather(passed: Passed, memory: string, align: number, prefix: string): { lines: string[]; value: string } {
  const { result } = passed;
  const parts = result.kind === "parts" ? result.parts : [];
  const type = resultType(passed);
  const lines: string[] = [];
  let value = "poison";
  parts.forEach((part, i) => {
    const source = part.offset === 0 ? memory : `${prefix}.at${part.offset}`;
    if (part.offset > 0) lines.push(`${source} = getelementptr i8, ptr ${memory}, i64 ${part.offset}`);
    lines.push(`${prefix}.part${i} = load ${part.type}, ptr ${source}, align ${alignAt(align, part.offset)}`);
    if (parts.length === 1) value = `${prefix}.part${i}`;
    else {
      lines.push(`${prefix}.whole${i} = insertvalue ${type} ${value}, ${part.type} ${prefix}.part${i}, ${i}`);
      value = `${prefix}.whole${i}`;
    }
  });
  return { lines, value };
}

/** One call, in pieces. */
export interface Call {
  /** Memory that the call needs, for the entry of the function: a call in a loop must not take more each time. */
  readonly frame: string[];
  readonly before: readonly string[];
  /** `call ...`: gives the result where it is a scalar. */
  readonly call: string;
  /** The call as a whole line where its result is an aggregate in registers; else the line is the caller's to make. */
  readonly name: string | undefined;
  readonly after: readonly string[];
}

export interface CallSite {
  /** An LLVM value: `@f`, `%target`. */
  readonly callee: string;
  /** A scalar's value or the address of an aggregate, for each parameter and what follows `...`. */
  readonly args: readonly string[];
  /** How many of the arguments are parameters. */
  readonly fixed: number;
  /** Arguments with their types, passed as they are after all others. */
  readonly plain?: readonly string[];
  /** The address that an aggregate result is written to. */
  readonly result: string | undefined;
  /** Starts the names that the instructions need. */
  readonly prefix: string;
}

/** A call of a C function. The callee never sees the caller's aggregates, only copies. */
export function callText(passed: Passed, site: CallSite): Call {
  const { prefix, result: memory = "" } = site;
  const frame: string[] = [];
  const before: string[] = [];
  const given: string[] = [];
  if (passed.result.kind === "memory") given.push(`${sret(passed.result)} ${memory}`);
  passed.params.forEach((passing, i) => {
    const value = site.args[i] ?? "";
    const name = `${prefix}.arg${i}`;
    switch (passing.kind) {
      case "scalar":
        given.push(`${withExtension(passing)} ${value}`);
        break;
      case "parts": {
        let source = value;
        if (room(passing) > passing.size) {
          frame.push(frameMemory(name, room(passing), passing.align));
          before.push(move(name, value, passing.size));
          source = name;
        }
        for (const part of passing.parts) {
          const from = part.offset === 0 ? source : `${name}.at${part.offset}`;
          if (part.offset > 0) before.push(`${from} = getelementptr i8, ptr ${source}, i64 ${part.offset}`);
          const align = alignAt(passing.align, part.offset);
          before.push(`${name}.part${part.offset} = load ${part.type}, ptr ${from}, align ${align}`);
          given.push(`${partParameter(part)} ${name}.part${part.offset}`);
        }
        break;
      }
      case "stack":
        // the attribute says how the address is aligned, too
        if (passing.align < passing.slot) {
          frame.push(frameMemory(name, passing.size, passing.slot));
          before.push(move(name, value, passing.size));
        }
        given.push(`${byval(passing.size, passing.slot)} ${passing.align < passing.slot ? name : value}`);
        break;
      case "copy":
        frame.push(frameMemory(name, passing.size, passing.align));
        before.push(move(name, value, passing.size));
        given.push(`ptr ${name}`);
        break;
      case "nothing":
        break;
      case "memory":
        throw new Error("internal error: a parameter is no result");
    }
  });
  given.push(...(site.plain ?? []));
  const call = `call ${calleeType(passed, site.fixed)} ${site.callee}(${given.join(", ")})`;
  const { result } = passed;
  if (result.kind !== "parts") return { frame, before, call, name: undefined, after: [] };
  const after: string[] = [];
  let target = memory;
  if (room(result) > result.size) {
    target = `${prefix}.room`;
    frame.push(frameMemory(target, room(result), result.align));
  }
  result.parts.forEach((part, i) => {
    const single = result.parts.length === 1;
    const value = single ? `${prefix}.result` : `${prefix}.result${i}`;
    if (!single) after.push(`${value} = extractvalue ${resultType(passed)} ${prefix}.result, ${i}`);
    const to = part.offset === 0 ? target : `${prefix}.to${part.offset}`;
    if (part.offset > 0) after.push(`${to} = getelementptr i8, ptr ${target}, i64 ${part.offset}`);
    after.push(`store ${part.type} ${value}, ptr ${to}, align ${alignAt(result.align, part.offset)}`);
  });
  if (target !== memory) after.push(move(memory, target, result.size));
  return { frame, before, call, name: `${prefix}.result`, after };
}
