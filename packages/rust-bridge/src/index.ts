// @cfunc/rust-bridge: a Rust library behind a C ABI, with its ownership visible in the types. Exports, nothing else.
export { type Bridge, bridge } from "./bridge.ts";
export { type BridgeCode, BridgeError } from "./bridge-error.ts";
export type { NativeFunction } from "./callback-argument.ts";
export type { ThreadOptions } from "./callbacks.ts";
export { callbacks, declarations, statuses, types } from "./generated/declarations.ts";
export type { Vector3 } from "./geometry.ts";
export type { Census, LiveAllocation, TraceStep } from "./ledger.ts";
export { libraryPath } from "./library.ts";
export type { OwnedText } from "./owned-text.ts";
export type { ProcedureAnswer, ProcedureRequest, ProcedureResult } from "./procedure.ts";
export type { QuadOptions, QuadResult, UserData } from "./quad.ts";
export { RustVector } from "./vectors.ts";
