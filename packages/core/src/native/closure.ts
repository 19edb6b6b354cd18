// Closures: JavaScript functions as C function pointers. They run on the thread that made them, synchronously; a call from
// another thread waits until they did. An error inside is thrown by the native call that the closure ran under. Nothing
// frees a closure but `dispose`: native code may hold its pointer for as long as it likes.
import { CFuncError } from "../diagnostics/error.ts";
import { llvm } from "../llvm/index.ts";
import type { Parameter, PointerType, Signature } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { aggregateBytes, aggregateValue } from "./aggregates.ts";
import { nativeError, show } from "./argument-error.ts";
import { type Cell, freeCell, takeCell } from "./closure-cells.ts";
import { closureDeclarations, closureText } from "./closure-code.ts";
import { type Crossing, type Crossings, definedCrossings, placesOf, shapeOf } from "./crossing.ts";
import { env } from "./environment.ts";
import { flatReader } from "./flat-aggregates.ts";
import { mailbox } from "./mailbox.ts";
import { recordError, refusal } from "./pending-error.ts";
import { pointerResult } from "./pointer-result.ts";
import { pointerConverter } from "./pointers.ts";
import { slot } from "./slots.ts";
import { write } from "./wrapper.ts";

export interface Closure {
  /** C function pointer; valid until `dispose`. */
  readonly address: bigint;
  readonly signature: Signature;
  /** How many calls got the default result without running: see `lastError`. */
  readonly refusals: number;
  /**
   * Why the last call that failed did: what the function threw, or why it could not run (CF5003 after `dispose` or after
   * its thread ended, CF5030 where its thread did not return from a native call). Undefined where none failed.
   */
  lastError(): unknown;
  /** Ends it: later calls through the pointer get the default result and are counted. Doing it twice does nothing. */
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface ClosureOptions {
  /** How error messages call it. */
  readonly name?: string;
  /** What native code gets where the function throws or cannot run: `{ return: value }`, zero unless given. */
  readonly onError?: { readonly return: unknown };
  /**
   * Milliseconds, 1000 unless given. A call from another thread waits for this thread's event loop. While this thread is
   * inside one synchronous native call for longer than that, it is taken to wait for that other thread: the call then
   * gets the default result, instead of a deadlock.
   */
  readonly timeout?: number;
}

const bodies = new Map<string, bigint>();

/**
 * A C function pointer that runs `fn` with the arguments it is called with. Numbers that `fn` returns wrap modulo 2^n
 * as a TypedArray store does; a result of another type is an error (CF5031) and zero. Throws CF5020 for types that
 * cannot cross.
 */
export function makeClosure(
  signature: Signature,
  fn: (...args: never[]) => unknown,
  options: ClosureOptions = {},
): Closure {
  const name = options.name ?? (fn.name === "" ? "closure" : fn.name);
  if (typeof fn !== "function") throw nativeError("CF5011", `closure: expected a function, got ${show(fn)}`);
  const crossings = definedCrossings(signature, name);
  const body = bodyFor(crossings);
  const fallback = fallbackBits(name, signature, crossings.result, options.onError);
  const patience = patienceOf(name, options.timeout ?? 1000);
  let thrown: { readonly error: unknown; readonly after: number } | undefined;
  const cell: Cell = takeCell();
  const run = dispatcher(name, signature, crossings, fn as (...args: unknown[]) => unknown, (error) => {
    thrown = { error, after: cell.refusals };
    recordError(error, mailbox().caller());
    answerWith(crossings.result, fallback);
  });
  cell.set({ body, reference: env().reference(run), patience, fallback });
  let live = true;
  const dispose = () => {
    if (!live) return;
    live = false;
    const { reference } = cell;
    freeCell(cell);
    env().unreference(reference);
  };
  return {
    address: cell.address,
    signature,
    get refusals() {
      return cell.refusals;
    },
    lastError: () => {
      const { refusals, reason } = cell;
      // Whichever came last.
      return thrown !== undefined && thrown.after === refusals
        ? thrown.error
        : (reason && refusal(reason)) || undefined;
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

const danglingString = (name: string, signature: Signature) =>
  nativeError(
    "CF5031",
    `${name} must return ${printType(signature.result)}; it returned a string, whose C form ends with the call`,
    "return memory that lives longer, for example of alloc(); native code got the default result",
  );

function patienceOf(name: string, milliseconds: number): bigint {
  if (typeof milliseconds === "number" && milliseconds >= 1 && milliseconds <= 2 ** 31)
    return BigInt(Math.round(milliseconds * 1e6));
  const range = "the option `timeout` is a number of milliseconds from 1 to 2^31";
  throw nativeError("CF5061", `${name}: ${range}, got ${show(milliseconds)}`);
}

/** What native code gets where the function threw. */
function answerWith(result: Crossing, fallback: bigint): void {
  const { u64, u8 } = env();
  u64[slot.result] = fallback;
  const at = 8 * slot.arguments;
  if (result.kind === "aggregate") u8.fill(0, at, at + sizeOf(result.type));
}

/** The default result as the result slot holds it; of a structure, union or complex number all bytes are zero. */
function fallbackBits(
  name: string,
  signature: Signature,
  result: Crossing,
  onError: ClosureOptions["onError"],
): bigint {
  if (onError === undefined || result.kind === "void") return 0n;
  if (result.kind === "aggregate") {
    const what = printType(signature.result);
    throw nativeError("CF5061", `${name}: the option \`onError\` cannot give a ${what}: its default is all zeros`);
  }
  const { u64 } = env();
  u64[slot.result] = 0n;
  resultStore(`${name}: the option \`onError\``, signature, result)(onError.return);
  return u64[slot.result] ?? 0n;
}

/** The generated C function that closures of one shape share, compiled at the first need. */
function bodyFor(crossings: Crossings): bigint {
  const shape = shapeOf(crossings);
  const known = bodies.get(shape);
  if (known !== undefined) return known;
  const { slots, napi } = env();
  const { ask } = mailbox();
  const text = closureDeclarations + closureText({ symbol: shape, crossings, slots, napi, ask });
  const body = llvm().compile(text, { name: "closure", optimize: false }).address(shape);
  bodies.set(shape, body);
  return body;
}

/** What generated code calls, without arguments: it reads them from the slots and leaves the result there. */
function dispatcher(
  name: string,
  signature: Signature,
  crossings: Crossings,
  fn: (...args: unknown[]) => unknown,
  onThrow: (error: unknown) => void,
): () => void {
  const store = resultStore(name, signature, crossings.result);
  const places = placesOf(crossings.params);
  const read = crossings.params.map((crossing, i) => reader(crossing, places[i] ?? 0));
  const convert = signature.params.map(({ type }) =>
    type.kind === "pointer" ? (raw: unknown) => pointerResult(raw as bigint, type) : undefined,
  );
  const convertible = convert.some((one) => one !== undefined);
  const [read0, read1] = read;
  const call =
    convertible || read.length > 2
      ? () => {
          // All slots are read before anything is converted: a conversion may call native code.
          const args = read.map((one) => one());
          for (const [i, one] of convert.entries()) if (one !== undefined) args[i] = one(args[i]);
          return fn(...args);
        }
      : read0 === undefined
        ? () => fn()
        : read1 === undefined
          ? () => fn(read0())
          : () => fn(read0(), read1());
  return () => {
    try {
      store(call());
    } catch (error) {
      onThrow(error);
    }
  };
}

function reader(crossing: Crossing, at: number): () => unknown {
  const { i32, u32, f64, i64, u64, u8 } = env();
  switch (crossing.kind) {
    case "void":
      return () => undefined;
    case "bool":
      return () => i32[2 * at] !== 0;
    case "int32":
      return crossing.type.signed ? () => i32[2 * at] : () => u32[2 * at];
    case "word":
    case "float":
      return () => f64[at];
    case "int64":
      return crossing.type.signed ? () => i64[at] : () => u64[at];
    case "pointer":
      return () => u64[at];
    case "aggregate": {
      const { type } = crossing;
      const size = sizeOf(type);
      return flatReader(type, 8 * at, env().dv) ?? (() => aggregateValue(type, u8.slice(8 * at, 8 * at + size)));
    }
  }
}

/** A mistake in an object that a closure returned is the closure's, not that of an argument. */
function allowed(convert: () => Uint8Array): Uint8Array {
  try {
    return convert();
  } catch (error) {
    const [first] = error instanceof CFuncError ? error.diagnostics : [];
    throw first === undefined ? error : nativeError("CF5031", first.message, "native code got zeros instead");
  }
}

function resultStore(name: string, signature: Signature, result: Crossing): (value: unknown) => void {
  if (result.kind === "void") return () => {};
  if (result.kind === "pointer") {
    const param: Parameter = { type: signature.result, name: "the result" };
    const convert = pointerConverter(name, param, -1, signature.result as PointerType);
    return (value) => {
      if (typeof value === "string") throw danglingString(name, signature);
      write(result, slot.result, convert(value), true);
    };
  }
  if (result.kind === "aggregate") {
    const convert = aggregateBytes(result.type, `${name}: the result`, true);
    return (value) =>
      env().u8.set(
        allowed(() => convert(value)),
        8 * slot.arguments,
      );
  }
  const expected = result.kind === "int64" ? "bigint" : "number";
  const { f64 } = env();
  const wrong = (value: unknown) =>
    nativeError(
      "CF5031",
      `${name} must return ${printType(signature.result)}, a ${expected}; it returned ${show(value)}`,
      "native code got the default result instead",
    );
  if (result.kind === "bool") return (value) => write(result, slot.result, value, true);
  if (result.kind === "float")
    return (value) => {
      if (typeof value !== "number") throw wrong(value);
      f64[slot.result] = value;
    };
  return (value) => {
    if (typeof value !== expected) throw wrong(value);
    write(result, slot.result, value, true);
  };
}
