// What a pointer that comes from native code is in TypeScript.
import type { CType, PointerType } from "../types/ctype.ts";
import { makeCallable } from "./call.ts";

/** `null`, a callable for a function pointer, else a typed pointer. */
export function pointerResult(address: bigint, type: PointerType): unknown {
  if (address === 0n) return null;
  if (type.to.kind !== "function") return { address, type: type.to } satisfies { address: bigint; type: CType };
  const { signature } = type.to;
  return Object.assign(makeCallable(address, signature), { address, signature });
}
