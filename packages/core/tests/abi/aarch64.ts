// Runs all exchanges on AArch64, in an emulator: the three sides and a main function are one static program, which reads
// what callers send from its standard input and writes what arrived to its standard output.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target } from "../../src/emit/emit.ts";
import { cSource } from "./c-source.ts";
import { armEmulator, armGcc, clang } from "./compilers.ts";
import { type Exchange, exchangesOf, type FunctionName, type Mismatch, partsOf, type SideName } from "./exchange.ts";
import { type Fault, withFault } from "./fault.ts";
import { ourSource } from "./our-source.ts";
import { type Buffers, bufferBytes, placesOf } from "./places.ts";
import type { Sample } from "./sample.ts";
import { differences, fill } from "./values.ts";

/** The gcc, clang and cfunc of AArch64. */
const sides: readonly SideName[] = ["gcc", "clang", "cfunc"];
const triple = "aarch64-linux-gnu";
const target: Target = { triple, dataLayout: "", cpu: "generic", features: "" };
/** Our code has the addresses of the buffers in it: the program maps its memory there. */
const buffers: Buffers = { source: 0x1000000000n, sink: 0x1000000000n + BigInt(bufferBytes) };
// `char` is unsigned in C there, and signed in our types
const cFlags = ["-O1", "-w", "-std=gnu11", "-fsigned-char", "-c"];

/** Why samples cannot run here, if they cannot. */
export const missing =
  armGcc === undefined || armEmulator === undefined
    ? "apt-get install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
    : clang === undefined
      ? "apt-get install clang-16"
      : undefined;

/** Throws where the program dies, and says at which exchange. */
export function exchangeOnAArch64(samples: readonly Sample[], fault?: Fault): readonly Mismatch[] {
  // what compilers disagree about on x86-64 they pass the same here
  const agreed = samples.map(({ without: _, ...sample }) => sample);
  const exchanges = exchangesOf(agreed, sides);
  const folder = mkdtempSync(join(tmpdir(), "cfunc-abi-"));
  try {
    const received = run(build(agreed, exchanges, folder, fault), agreed, exchanges);
    return compared(agreed, exchanges, received);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The path of the program. */
function build(samples: readonly Sample[], exchanges: readonly Exchange[], folder: string, fault?: Fault): string {
  const file = (name: string) => join(folder, name);
  const command = (name: string | undefined, ...args: string[]): void => {
    const { status, stderr } = spawnSync(name ?? "", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${name} ${args.join(" ")}:\n${stderr}`);
  };
  writeFileSync(file("gcc.c"), cSource(samples, "gcc_"));
  command(armGcc, ...cFlags, file("gcc.c"), "-o", file("gcc.o"));
  writeFileSync(file("clang.c"), cSource(samples, "clang_"));
  command(clang, `--target=${triple}`, ...cFlags, file("clang.c"), "-o", file("clang.o"));
  // clang knows the data layout
  const text = ourSource(samples, buffers, target, "cfunc_").replace(/^target datalayout.*$/m, "");
  writeFileSync(file("cfunc.ll"), withFault(text, fault));
  command(clang, `--target=${triple}`, "-O1", "-w", "-c", file("cfunc.ll"), "-o", file("cfunc.o"));
  writeFileSync(file("main.c"), mainSource(samples, exchanges));
  const objects = ["main.c", "gcc.o", "clang.o", "cfunc.o"].map(file);
  command(armGcc, "-O1", "-w", "-static", ...objects, "-o", file("exchange"));
  return file("exchange");
}

function mainSource(samples: readonly Sample[], exchanges: readonly Exchange[]): string {
  const names = new Set<string>();
  const nameOf = ({ side, symbol }: FunctionName): string => {
    const name = `${side}_${symbol}`;
    names.add(name);
    return `(void *)${name}`;
  };
  const rows = exchanges.map((exchange) => {
    const { caller, target: callee, back } = partsOf(exchange, samples);
    return `{ ${exchange.sample}, ${nameOf(caller)}, ${nameOf(callee)}, ${nameOf(back)} },`;
  });
  return `
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
${[...names].map((name) => `extern void ${name}(void);`).join("\n")}
void gcc_use(void *, void *), clang_use(void *, void *);
static const struct { int sample; void (*caller)(void *, void *); void *target, *back; } exchanges[] = {
${rows.join("\n")}
};
static const int bytes[] = { ${samples.map((sample) => placesOf(sample).bytes).join(", ")} };
int main(void) {
  unsigned char *source = mmap((void *)${buffers.source}, ${2 * bufferBytes}, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  unsigned char *sink = source + ${bufferBytes};
  if (source == MAP_FAILED) return 2;
  gcc_use(source, sink);
  clang_use(source, sink);
  int filled = -1;
  for (int i = 0; i < ${exchanges.length}; i++) {
    int sample = exchanges[i].sample;
    for (; filled < sample; filled++)
      if (bytes[filled + 1] > 0 && fread(source, bytes[filled + 1], 1, stdin) != 1) return 3;
    memset(sink, 0, bytes[sample]);
    exchanges[i].caller(exchanges[i].target, exchanges[i].back);
    fwrite(sink, bytes[sample], 1, stdout);
    fflush(stdout);
  }
  return 0;
}
`;
}

/** Everything that arrived, one exchange after the other. */
function run(program: string, samples: readonly Sample[], exchanges: readonly Exchange[]): Uint8Array {
  const input = samples.map((sample) => sentOf(sample));
  const options = { input: Buffer.concat(input), maxBuffer: 1 << 28 };
  const { status, signal, stdout } = spawnSync(armEmulator ?? "", [program], options);
  if (status === 0) return stdout;
  // what is missing at the end was under way when it died
  let written = stdout.length;
  const last = exchanges.find(({ sample }) => {
    written -= input[sample]?.length ?? 0;
    return written < 0;
  });
  throw new Error(
    `the emulator ended with ${signal ?? status} at ${JSON.stringify(last)}: ${samples[last?.sample ?? 0]?.name}`,
  );
}

function sentOf(sample: Sample): Uint8Array {
  const bytes = new Uint8Array(placesOf(sample).bytes);
  fill(bytes, sample);
  return bytes;
}

function compared(samples: readonly Sample[], exchanges: readonly Exchange[], received: Uint8Array): Mismatch[] {
  let at = 0;
  return exchanges.flatMap((exchange) => {
    const sample = samples[exchange.sample];
    if (sample === undefined) return [];
    const sent = sentOf(sample);
    const lines = differences(sent, received.subarray(at, at + sent.length), sample);
    at += sent.length;
    return lines.length === 0 ? [] : [{ ...exchange, lines }];
  });
}
