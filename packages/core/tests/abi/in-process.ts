// Compiles the samples with every side and runs all exchanges in this process, which a wrong convention may end: the
// caller is told of each exchange before it starts. Loads code; finds no compilers.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { llvm } from "../../src/llvm/index.ts";
import { makeCallable } from "../../src/native/call.ts";
import { memory } from "../../src/native/index.ts";
import { openLibrary } from "../../src/native/library.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { cSource } from "./c-source.ts";
import { type Exchange, exchangesOf, type Mismatch, partsOf, type SideName } from "./exchange.ts";
import { type Fault, withFault } from "./fault.ts";
import { ourSource } from "./our-source.ts";
import { type Buffers, bufferAlign, bufferBytes, placesOf } from "./places.ts";
import type { Sample } from "./sample.ts";
import { TypeScriptSide } from "./typescript.ts";
import { differences, fill } from "./values.ts";

export interface Batch {
  readonly samples: readonly Sample[];
  /** The commands of the C compilers that are there. */
  readonly compilers: Readonly<Partial<Record<SideName, string>>>;
  readonly fault?: Fault | undefined;
  /** The exchange to start with: the ones before it are done, the last of them ended the process. */
  readonly first: number;
  /** Ends with the first mismatch. */
  readonly untilMismatch?: boolean | undefined;
}

export interface Outcome {
  /** How many exchanges were made. */
  readonly exchanges: number;
  readonly mismatches: readonly Mismatch[];
}

type AddressOf = (symbol: string) => bigint;
const pointer = (address: bigint) => ({ address });

/** `starting` hears the number of each exchange among all of `exchangesOf`. */
export async function exchangeAll(batch: Batch, starting: (exchange: number) => void): Promise<Outcome> {
  const { samples, compilers } = batch;
  const allocated = memory.allocate(2 * bufferBytes + bufferAlign);
  const source = allocated + BigInt(bufferAlign) - (allocated % BigInt(bufferAlign));
  const buffers: Buffers = { source, sink: source + BigInt(bufferBytes) };
  const [sent, received] = [buffers.source, buffers.sink].map((at) => new Uint8Array(memory.view(at, bufferBytes)));
  if (sent === undefined || received === undefined) throw new Error("no buffers");
  const sides = new Map<SideName, AddressOf>();
  const compiled = await Promise.all(
    Object.entries(compilers).map(async ([name, command]) => [name, await compiledBy(command, samples)] as const),
  );
  let run: ((caller: object, target: object, back: object) => unknown) | undefined;
  for (const [name, path] of compiled) {
    const { symbol } = openLibrary(path);
    makeCallable(symbol("use"), parseSignature("void(voidptr, voidptr)"))(
      pointer(buffers.source),
      pointer(buffers.sink),
    );
    run ??= makeCallable(symbol("run"), parseSignature("void(voidptr, voidptr, voidptr)"));
    sides.set(name as SideName, symbol);
  }
  const text = ourSource(samples, buffers, llvm().target());
  const code = llvm().compile(withFault(text, batch.fault), { name: "abi" });
  sides.set("cfunc", (symbol) => code.address(symbol));
  const typescript = new TypeScriptSide(samples, buffers);
  const exchanges = exchangesOf(samples, [...sides.keys(), "typescript"]);
  const addressOf = (part: { readonly side: SideName; readonly symbol: string }) => {
    const find = sides.get(part.side);
    if (find === undefined) throw new Error(`the side ${part.side} is missing`);
    return pointer(find(part.symbol));
  };
  const perform = (exchange: Exchange, sample: Sample): void => {
    const { caller, target, back } = partsOf(exchange, samples);
    const { from, to, how } = exchange;
    if (from === "typescript" && how === "call") typescript.call(sample, addressOf(target).address);
    else if (from === "typescript") typescript.callThrough(sample, addressOf(target).address);
    else if (to === "typescript") {
      const callee = typescript.callee(sample);
      run?.(addressOf(caller), callee, pointer(0n));
      callee.dispose();
    } else run?.(addressOf(caller), addressOf(target), how === "callback" ? addressOf(back) : pointer(0n));
  };
  const mismatches: Mismatch[] = [];
  let filled = -1;
  for (const [number, exchange] of exchanges.entries()) {
    const sample = samples[exchange.sample];
    if (number < batch.first || sample === undefined) continue;
    if (filled !== exchange.sample) {
      sent.fill(0);
      fill(sent, sample);
      filled = exchange.sample;
    }
    received.fill(0, 0, placesOf(sample).bytes);
    starting(number);
    const lines: string[] = [];
    try {
      perform(exchange, sample);
      lines.push(...differences(sent, received, sample));
    } catch (error) {
      lines.push(error instanceof Error ? error.message : String(error));
    }
    if (lines.length > 0) mismatches.push({ ...exchange, lines });
    if (lines.length > 0 && batch.untilMismatch) break;
  }
  memory.free(allocated);
  return { exchanges: exchanges.length - batch.first, mismatches };
}

/** A shared library with the C side's functions, in a folder that goes away with the process. */
async function compiledBy(command: string, samples: readonly Sample[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-abi-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [input, output] = [join(folder, "samples.c"), join(folder, "samples.so")];
  writeFileSync(input, cSource(samples));
  await promisify(execFile)(command, ["-shared", "-fPIC", "-O1", "-w", "-std=gnu11", "-o", output, input]);
  return output;
}
