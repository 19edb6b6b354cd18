// Builds the C side and opens it: for every kernel the harness and the two forms of its C peer.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "@cfunc/core";
import type { Argument, Kernel } from "./kernel.ts";

/** A C function: what it computes, and its address for the harness. */
export interface Native {
  readonly address: bigint;
  (...args: Argument[]): unknown;
}

export interface Peer {
  /** `gcc -O3 -march=native`. */
  readonly gcc: Native;
  /** The same with `-ffp-contract=off`: no fused multiply-add, so that it computes what JavaScript does. */
  readonly exact: Native;
  /** Runs a function through its pointer; nanoseconds a call. */
  readonly bench: (f: Native, calls: bigint, ...args: Argument[]) => number;
}

const flags = ["-O3", "-march=native", "-fPIC"];

export interface CSide {
  readonly peers: ReadonlyMap<string, Peer>;
  /** Time of the processor that this thread has used. */
  readonly threadNanoseconds: () => number;
}

/** Compiles and opens the C side. Throws where there is no gcc. */
export function openCSide(kernels: readonly Kernel[]): CSide {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-kernels-"));
  const compile = (source: string, output: string, ...options: string[]): string => {
    const object = join(folder, output);
    // the sources are not copied to dist
    const file = fileURLToPath(new URL(`../../../src/bench/kernels/${source}`, import.meta.url));
    execFileSync("gcc", [...flags, ...options, "-c", "-o", object, file]);
    return object;
  };
  const objects = [
    compile("harness.c", "harness.o"),
    compile("peers.c", "gcc.o"),
    compile("peers.c", "exact.o", "-ffp-contract=off", "-DPREFIX=exact_"),
  ];
  const library = join(folder, "libkernels.so");
  execFileSync("gcc", ["-shared", "-o", library, ...objects, "-lm"]);
  const declarations = kernels.flatMap(({ name, signature }) => {
    const params = signature.slice(signature.indexOf("(") + 1, -1);
    return [
      [`gcc_${name}`, signature],
      [`exact_${name}`, signature],
      [`bench_${name}`, `float64(CFunction(${signature}), int64, ${params})`],
    ];
  });
  const clock = load(library, { thread_nanoseconds: "float64()" });
  const functions = load(library, Object.fromEntries(declarations)) as unknown as Record<string, Native>;
  const find = (name: string): Native => functions[name] ?? raise(`${name} is missing in ${library}`);
  const peers = new Map(
    kernels.map(({ name }) => {
      const bench = find(`bench_${name}`) as unknown as Peer["bench"];
      return [name, { gcc: find(`gcc_${name}`), exact: find(`exact_${name}`), bench }];
    }),
  );
  return { peers, threadNanoseconds: clock.thread_nanoseconds };
}

function raise(message: string): never {
  throw new Error(message);
}
