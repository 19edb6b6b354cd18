// The driver `koffi`: the npm package koffi calls the library's functions by name, and compiled functions by their
// addresses, as a user of that package would. Nothing is repaired on the way: what it gets wrong is the matrix's to show.
import type { CType, Signature } from "@cfunc/core/contract";
import koffi from "koffi";
import { libraryPath } from "../shared/bridge-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { keyOf, type ShapeType, shapeOf, shapeTypeOf } from "../shared/shape.ts";
import { type Caller, isPointer, type NativeArgument, type NativeResult, type Target } from "../shared/target.ts";

const typeNames: Readonly<Record<ShapeType, string>> = {
  void: "void",
  bool: "bool",
  pointer: "void *",
  float32: "float",
  float64: "double",
  int8: "int8_t",
  uint8: "uint8_t",
  int16: "int16_t",
  uint16: "uint16_t",
  int32: "int32_t",
  uint32: "uint32_t",
  int64: "int64_t",
  uint64: "uint64_t",
};

type Prototype = ReturnType<typeof koffi.proto>;
type Callable = (...args: unknown[]) => unknown;

const library = koffi.load(libraryPath);
const exported = new Map<string, Callable>();
const prototypes = new Map<string, Prototype>();

const call: Caller = (target, args) => {
  const values = args.map(crossing);
  const result =
    target.compiled === undefined
      ? exportedFunction(target)(...values)
      : koffi.call(target.address, prototypeOf(target.signature), ...values);
  return returned(result, target.signature.result);
};

function exportedFunction({ name, signature: { result, params } }: Target): Callable {
  let found = exported.get(name);
  if (found === undefined) {
    found = library.func(
      name,
      typeName(result),
      params.map(({ type }) => typeName(type)),
    );
    exported.set(name, found);
  }
  return found;
}

function prototypeOf(signature: Signature): Prototype {
  const key = keyOf(shapeOf(signature));
  let found = prototypes.get(key);
  if (found === undefined) {
    const { result, params } = signature;
    found = koffi.proto(
      null,
      typeName(result),
      params.map(({ type }) => typeName(type)),
    );
    prototypes.set(key, found);
  }
  return found;
}

/** What a user would declare: texts as `const char *`, every other pointer as an address. */
function typeName(type: CType): string {
  if (type.kind === "pointer" && type.constant && type.to.kind === "int" && type.to.name === "char")
    return "const char *";
  return typeNames[shapeTypeOf(type)];
}

const crossing = (argument: NativeArgument): unknown => (isPointer(argument) ? argument.address : argument);

/** 64-bit integers come back as numbers where they are safe, which koffi documents. */
function returned(value: unknown, type: CType): NativeResult {
  if (type.kind === "pointer") {
    if (value !== null && typeof value !== "bigint") throw new Error(`koffi returned a ${typeof value} for a pointer`);
    return { address: value ?? 0n };
  }
  if (type.kind === "int" && type.bits === 64) {
    if (typeof value !== "number" && typeof value !== "bigint") throw new Error(`koffi returned a ${typeof value}`);
    return type.js === "bigint" ? BigInt(value) : Number(value);
  }
  return value as NativeResult;
}

await serve({
  name: "koffi",
  capabilities: { callback: true, function: true, ownership: true, diagnostic: true },
  run: (work) => runNative(work, call, (address, size) => new Uint8Array(koffi.view(address, size)).slice()),
});
