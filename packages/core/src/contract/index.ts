// The contract of a native library, its signatures, and the exact JSON form of values. Exports, nothing else.
export type { CType, Signature } from "../types/ctype.ts";
export type {
  Contract,
  ContractCallback,
  ContractField,
  ContractFunction,
  ContractFunctionType,
  ContractParameter,
  ContractResult,
  ContractStatus,
  ContractStruct,
  ContractType,
  Direction,
  Ownership,
  Threads,
} from "./contract.ts";
export { contractVersion } from "./contract.ts";
export { contractSchema } from "./contract-schema.ts";
export { ContractError, readContract } from "./read-contract.ts";
export { type SymbolKind, signatureOf, typeOf } from "./signatures.ts";
export {
  decodeValue,
  type EncodedValue,
  encodeValue,
  type Value,
  ValueEncodingError,
  valueEncodingVersion,
} from "./value-encoding.ts";
export { valueSchema } from "./value-schema.ts";
