// One kernel: compares what compiled code, V8 and C compute, bit for bit, then times them in turns.
import { nanosecondsPerCall, sideBySide } from "../statistics.ts";
import type { Kernel } from "./kernel.ts";
import { KernelMemory } from "./memory.ts";
import type { Native, Peer } from "./peers.ts";

/** Nanoseconds a call. */
export interface KernelTimes {
  readonly name: string;
  readonly what: string;
  readonly cfunc: number;
  readonly gcc: number;
  /** gcc without fused multiply-add. */
  readonly exact: number;
  readonly v8: number;
  /** Whether plain gcc computes the same bits; where it does not, it fuses multiplications into additions. */
  readonly sameBits: boolean;
}

/** How long one turn of a contestant takes, in nanoseconds. */
const turn = 3e6;
const rounds = 15;

/** @throws Error where compiled code does not compute what V8 and C compute */
export function measure(kernel: Kernel, peer: Peer): KernelTimes {
  const memory = new KernelMemory(kernel);
  const javascript = memory.outcome(kernel.javascript);
  if (memory.outcome(kernel.native) !== javascript) throw new Error(`${kernel.name}: compiled code differs from V8`);
  if (memory.outcome(peer.exact) !== javascript) throw new Error(`${kernel.name}: C differs from V8`);
  const sameBits = memory.outcome(peer.gcc) === javascript;

  const { args } = kernel;
  const contestant = (run: (calls: number) => number) => {
    const calls = calibrate(memory, run);
    return () => {
      memory.restore();
      run(Math.max(1, calls >> 3));
      memory.restore();
      return run(calls);
    };
  };
  const native = (f: Native) => contestant((calls) => peer.bench(f, BigInt(calls), ...args));
  const v8 = (calls: number) =>
    nanosecondsPerCall(calls, () => {
      for (let i = 0; i < calls; i++) kernel.javascript(...args);
    });
  const times = sideBySide(
    { cfunc: native(kernel.native), gcc: native(peer.gcc), exact: native(peer.exact), v8: contestant(v8) },
    rounds,
  );
  const { cfunc = Number.NaN, gcc = Number.NaN, exact = Number.NaN } = times;
  return { name: kernel.name, what: kernel.what, cfunc, gcc, exact, v8: times.v8 ?? Number.NaN, sameBits };
}

/** How many calls fill a turn; warms up on the way. */
function calibrate(memory: KernelMemory, run: (calls: number) => number): number {
  let calls = 1;
  for (;;) {
    memory.restore();
    const each = run(calls);
    if (each * calls >= turn) return Math.max(1, Math.round(turn / each));
    calls *= 2;
  }
}
