// The calling convention against gcc and clang: callers and callees of each, in every pairing, exchange values whose
// every byte names its value and position.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoadedCode, llvm } from "../../src/llvm/index.ts";
import { makeCallable } from "../../src/native/call.ts";
import { memory } from "../../src/native/index.ts";
import { openLibrary } from "../../src/native/library.ts";
import { printSignature } from "../../src/types/print.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { compileC, hasCompiler } from "../native/c-compiler.ts";
import { cSource } from "./c-source.ts";
import { clang } from "./clang.ts";
import { generate } from "./generate.ts";
import { ourSource } from "./our-source.ts";
import { differences, fillAll } from "./values.ts";

const generated = generate(200, 6);
const compilers: Readonly<Record<string, string | undefined>> = { gcc: hasCompiler ? "cc" : undefined, clang };
const names = ["ours", "gcc", "clang"] as const;

type AddressOf = (symbol: string) => bigint;
const sides = new Map<string, AddressOf>();
const bufferBytes = 4096;
let source: bigint;
let sink: bigint;
let ours: LoadedCode;

const pointer = (address: bigint) => ({ address });
const takesPointer = parseSignature("void(voidptr)");

function compiledBy(compiler: string): AddressOf {
  const library = openLibrary(compileC(cSource(generated), ["-O2", "-w", "-std=gnu11"], compiler));
  makeCallable(library.symbol("use"), parseSignature("void(voidptr, voidptr)"))(pointer(source), pointer(sink));
  return (symbol) => library.symbol(symbol);
}

beforeAll(() => {
  source = memory.allocate(bufferBytes);
  sink = memory.allocate(bufferBytes);
  const text = ourSource(generated.signatures, { source, sink }, llvm().target());
  ours = llvm().compile(text, { name: "abi" });
  sides.set("ours", (symbol) => ours.address(symbol));
  for (const [name, command] of Object.entries(compilers)) {
    if (command !== undefined) sides.set(name, compiledBy(command));
  }
}, 120_000);

afterAll(() => {
  ours.dispose();
  for (const address of [source, sink]) memory.free(address);
});

/** What arrives wrong when the one side calls the other. */
function mismatches(from: AddressOf, to: AddressOf): string[] {
  const [sent, received] = [source, sink].map((address) => new Uint8Array(memory.view(address, bufferBytes)));
  if (sent === undefined || received === undefined) throw new Error("no buffers");
  return generated.signatures.flatMap((signature, i) => {
    sent.fill(0);
    received.fill(0);
    fillAll(sent, signature);
    makeCallable(from(`caller_${i}`), takesPointer)(pointer(to(`callee_${i}`)));
    return differences(sent, received, signature).map((line) => `${i} ${printSignature(signature)}: ${line}`);
  });
}

describe(`${generated.signatures.length} generated signatures`, () => {
  for (const from of names) {
    for (const to of names) {
      const missing = [from, to].find((name) => name !== "ours" && compilers[name] === undefined);
      it.skipIf(missing !== undefined)(
        `${from} calls ${to}${missing === undefined ? "" : ` (no ${missing} here)`}`,
        () => {
          const [caller, callee] = [sides.get(from), sides.get(to)];
          if (caller === undefined || callee === undefined) throw new Error("a side is missing");
          expect(mismatches(caller, callee)).toEqual([]);
        },
      );
    }
  }
});
