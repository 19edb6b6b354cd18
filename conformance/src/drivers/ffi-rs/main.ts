// The driver `ffi-rs`: the npm package ffi-rs calls the library's functions, and the compiled functions through C shims,
// as a user of that package would. Nothing is repaired on the way: what it gets wrong is the matrix's to show.
import { DataType, type FieldType, load, open } from "ffi-rs";
import { compiler } from "../c/callers.ts";
import { plain } from "../shared/aggregates.ts";
import { libraryPath } from "../shared/bridge-library.ts";
import { buildLibrary, missingTool, type NamedShape, shapesFor } from "../shared/caller-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { keyOf, type ShapeType, shapeOf } from "../shared/shape.ts";
import { type Caller, isPointer, type NativeArgument, type NativeResult } from "../shared/target.ts";
import { shims } from "./shims.ts";
import { dataTypeOf } from "./types.ts";

const bridge = "bridge";
const shimLibrary = "shims";
let shapes: readonly NamedShape[] = [];

const call: Caller = (target, args) => {
  const { params, result } = target.signature;
  const shape = shapeOf(target.signature, target.declarations);
  const paramsType: FieldType[] = args.map((argument, i) =>
    typeof argument === "string" ? DataType.String : dataTypeOf(params[i]?.type ?? { kind: "void" }),
  );
  const paramsValue: unknown[] = args.map(crossing);
  const retType = dataTypeOf(result);
  if (target.compiled === undefined) {
    const library = target.file ?? bridge;
    if (target.file !== undefined) open({ library, path: target.file });
    return returned(load({ library, funcName: target.name, retType, paramsType, paramsValue }), shape.result);
  }
  const shim = shapes.find((one) => keyOf(one.shape) === keyOf(shape));
  if (shim === undefined) throw new Error(`no shim was built for ${keyOf(shape)}`);
  paramsType.push(DataType.BigInt);
  paramsValue.push(target.address);
  return returned(load({ library: shimLibrary, funcName: shim.name, retType, paramsType, paramsValue }), shape.result);
};

const crossing = (argument: NativeArgument): unknown => (isPointer(argument) ? argument.address : argument);

function returned(value: unknown, type: ShapeType): NativeResult {
  if (typeof type !== "string") return plain(type, value) as NativeResult;
  if (type !== "pointer") return value as NativeResult;
  if (typeof value !== "bigint") throw new Error(`ffi-rs returned a ${typeof value} for a pointer`);
  return { address: BigInt.asUintN(64, value) };
}

/** Copied by libc's memcpy, called through ffi-rs. */
function read(address: bigint, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size);
  load({
    library: bridge,
    funcName: "memcpy",
    retType: DataType.BigInt,
    paramsType: [DataType.U8Array, DataType.BigInt, DataType.I64],
    paramsValue: [bytes, address, size],
  });
  return bytes;
}

const noCompiler = missingTool(compiler, "C compiler, which the shims need");
const can = noCompiler ?? true;

await serve({
  name: "ffi-rs",
  capabilities: { callback: can, function: true, c: can, ownership: true, diagnostic: can },
  lacks: {
    "feature:variadic": "ffi-rs cannot declare variadic functions",
    "feature:closure": "ffi-rs runs JavaScript callbacks later, on the event loop, and gives native code no result",
    "feature:asynchronous": "without closures an asynchronous call shows nothing",
    "type:int8": "ffi-rs has no signed 8-bit type",
    "type:uint16": "ffi-rs has no unsigned 16-bit type",
    "type:union": "ffi-rs has no unions",
    "type:complex64": "ffi-rs has no complex numbers",
    "type:complex128": "ffi-rs has no complex numbers",
    "type:packed": "ffi-rs has no packed structures",
    "type:bitfield": "ffi-rs has no bit-fields",
  },
  prepare({ signatures, folder }) {
    open({ library: bridge, path: libraryPath });
    if (can !== true) return;
    shapes = shapesFor(signatures);
    const path = buildLibrary(shims, shapes, folder).path;
    if (path === null) throw new Error("the shims have no file");
    open({ library: shimLibrary, path });
  },
  run: (work) => runNative(work, call, read),
});
