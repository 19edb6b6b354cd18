// The library under test: its contract, its functions by name, its statuses. Opened at the first need.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Contract, type ContractFunction, readContract, type SymbolKind, signatureOf } from "@cfunc/core/contract";
import { type Library, memory, openLibrary } from "@cfunc/core/native";
import { libraryPath } from "@cfunc/rust-bridge";
import type { ReportedStatus } from "../../protocol/messages.ts";
import type { Target } from "./target.ts";

export { libraryPath };

let read: Contract | undefined;
export function contract(): Contract {
  const file = createRequire(import.meta.url).resolve("@cfunc/rust-bridge/contract.json");
  read ??= readContract(JSON.parse(readFileSync(file, "utf8")));
  return read;
}

export function functionNamed(name: string): ContractFunction {
  const found = contract().functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the contract has no function ${name}`);
  return found;
}

let opened: Library | undefined;
export function targetOf(fn: ContractFunction, symbol: SymbolKind): Target {
  const name = symbol === "plain" ? fn.symbols.plain : fn.symbols.twin;
  if (name === undefined) throw new Error(`${fn.name} has no twin`);
  opened ??= openLibrary(libraryPath);
  return { name, address: opened.symbol(name), signature: signatureOf(contract(), fn, symbol) };
}

/** A status structure in native memory. */
export class StatusBlock {
  readonly address: bigint;
  private readonly view: DataView;

  constructor() {
    const { size } = statusStruct();
    this.address = memory.allocate(size, 16);
    this.view = new DataView(memory.view(this.address, size));
    // What the library does not write shows.
    for (let i = 0; i < size; i++) this.view.setUint8(i, 0xa5);
  }

  read(): ReportedStatus {
    const code = this.view.getInt32(offsetOf("code"), true);
    const length = this.view.getUint32(offsetOf("message_length"), true);
    const start = offsetOf("message");
    const name = contract().statuses.find((one) => one.code === code)?.name ?? `unknown status ${code}`;
    if (start + length >= this.view.byteLength) throw new Error(`a status message of ${length} bytes does not fit`);
    if (this.view.getUint8(start + length) !== 0) throw new Error("a status message does not end with NUL");
    const bytes = new Uint8Array(this.view.buffer, start, length);
    return { status: name, message: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  }

  free(): void {
    memory.free(this.address);
  }
}

function statusStruct() {
  const { structs, statusStruct: name } = contract();
  const found = structs.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the contract has no struct ${name}`);
  return found;
}

function offsetOf(field: string): number {
  const found = statusStruct().fields.find(({ name }) => name === field);
  if (found === undefined) throw new Error(`the status has no field ${field}`);
  return found.offset;
}
