// @cfunc/rust-bridge: a Rust library behind a C ABI, with its ownership visible in the types. Exports, nothing else.
export { type Bridge, bridge } from "./bridge.ts";
export { type BridgeCode, BridgeError } from "./bridge-error.ts";
export type { NativeFunction, UserData } from "./callback-argument.ts";
export type { ThreadOptions } from "./callbacks.ts";
export { type Color, Coloration } from "./coloration.ts";
export { callbacks, declarations, statuses, types } from "./generated/declarations.ts";
export type { Vector3 } from "./geometry.ts";
export {
  type KeptOptions,
  RegisteredCallback,
  type RegisterOptions,
  Ticker,
  type TickerOptions,
} from "./kept-callbacks.ts";
export { KeyValueStore } from "./key-value-store.ts";
export type { Census, LiveAllocation, TraceStep } from "./ledger.ts";
export { libraryPath } from "./library.ts";
export type { OwnedText } from "./owned-text.ts";
export type { ProcedureAnswer, ProcedureRequest, ProcedureResult } from "./procedure.ts";
export type { QuadOptions, QuadResult } from "./quad.ts";
export { type Light, type Plane, type RenderOptions, Scene, type SceneOptions, type Sphere } from "./scene.ts";
export { Surface } from "./surface.ts";
export { RustVector } from "./vectors.ts";
