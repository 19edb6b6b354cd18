// Memory for closures: for each one 16 bytes of code that load the address of its cell and jump to the body the cell
// names, and the cell. Code and cells lie in pages of their own, so that no page is ever writable and executable. A
// freed cell is used again late, after many others: native code may still hold the old pointer.

import { nativeError } from "./argument-error.ts";
import { cell } from "./closure-code.ts";
import { env } from "./environment.ts";

const page = 4096;
const codeSize = 16;
const perBlock = page / codeSize;
const blockSize = page + perBlock * cell.size;
/** How many freed cells wait before the first is used again. */
const quarantine = 4096;

export interface CellParts {
  /** Addresses of the generated body and of the `napi_ref` to the function. */
  readonly body: bigint;
  readonly reference: bigint;
  /** Nanoseconds. */
  readonly patience: bigint;
  /** The default result, as the result slot holds it. */
  readonly fallback: bigint;
}

export class Cell {
  /** The C function pointer. */
  readonly address: bigint;
  private readonly words: BigUint64Array;

  constructor(address: bigint, words: BigUint64Array) {
    this.address = address;
    this.words = words;
  }

  set({ body, reference, patience, fallback }: CellParts): void {
    this.words[cell.body / 8] = body;
    this.words[cell.refusals / 8] = 0n;
    this.words[cell.reason / 8] = 0n;
    this.words[cell.patience / 8] = patience;
    this.words[cell.fallback / 8] = fallback;
    this.words[cell.reference / 8] = reference;
  }

  get reference(): bigint {
    return this.words[cell.reference / 8] ?? 0n;
  }

  clearReference(): void {
    Atomics.store(this.words, cell.reference / 8, 0n);
  }

  /** How many calls were answered with the default because the closure could not run. */
  get refusals(): number {
    return Number(Atomics.load(this.words, cell.refusals / 8));
  }

  /** Why the last of them was: a number of `failure`; 0 where there was none. */
  get reason(): number {
    return Number(BigInt.asUintN(32, Atomics.load(this.words, cell.reason / 8)));
  }
}

const unused: Cell[] = [];
const freed: Cell[] = [];

export function takeCell(): Cell {
  if (freed.length > quarantine) {
    const oldest = freed.shift();
    if (oldest !== undefined) return oldest;
  }
  if (unused.length === 0) unused.push(...newBlock());
  const taken = unused.pop();
  if (taken === undefined) throw new Error("internal error: no closure cell");
  return taken;
}

/** The cell keeps its body, so that a late call through the old pointer still gets its default. */
export function freeCell(used: Cell): void {
  used.clearReference();
  freed.push(used);
}

function newBlock(): Cell[] {
  const environment = env();
  const [readWrite, readExecute, privateAnonymous, noFile] = [3n, 5n, 0x22n, -1n];
  const block = environment.c("mmap", 0n, BigInt(blockSize), readWrite, privateAnonymous, noFile, 0n);
  if (BigInt.asIntN(64, block) === -1n) throw nativeError("CF5040", "the system gives no memory for closures");
  const memory = environment.viewAt(block, blockSize);
  const code = new DataView(memory, 0, page);
  for (let i = 0; i < perBlock; i++) {
    const start = i * codeSize;
    const distance = page + i * cell.size - start;
    code.setUint32(start, 0x4c_8d_15_00); // lea r10, [rip + cell]
    code.setInt32(start + 3, distance - 7, true);
    code.setUint16(start + 7, 0xff_25); // jmp [rip + cell]
    code.setInt32(start + 9, distance - 13, true);
    code.setUint16(start + 13, 0xcc_cc); // int3
    code.setUint8(start + 15, 0xcc);
  }
  const status = environment.c("mprotect", block, BigInt(page), readExecute);
  if (BigInt.asIntN(32, status) !== 0n) throw nativeError("CF5040", "the system does not let closures be executed");
  return Array.from(
    { length: perBlock },
    (_, i) => new Cell(block + BigInt(i * codeSize), new BigUint64Array(memory, page + i * cell.size, cell.size / 8)),
  );
}
