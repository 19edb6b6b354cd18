// What a pointer that comes from native code is in TypeScript. Reads no memory.
import { installFunctionPointers, makePointer } from "../memory/ptr.ts";
import type { PointerType, Signature } from "../types/ctype.ts";
import { makeCallable } from "./call.ts";

/** `null`, a callable for a function pointer, else a typed pointer. */
export function pointerResult(address: bigint, type: PointerType): unknown {
  if (address === 0n) return null;
  return type.to.kind === "function" ? functionPointer(address, type.to.signature) : makePointer(address, type.to);
}

function functionPointer(address: bigint, signature: Signature): object {
  return Object.assign(makeCallable(address, signature), { address, signature });
}
installFunctionPointers(functionPointer);
