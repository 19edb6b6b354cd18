// Compares what compiled code, V8 and C compute, bit for bit, then times them in turns. A round gives every contestant
// of every kernel one turn, so that a busy moment of the machine falls on few turns of any one of them.
import { median } from "../statistics.ts";
import type { Kernel } from "./kernel.ts";
import { KernelMemory } from "./memory.ts";
import type { CSide, Native, Peer } from "./peers.ts";

/** Medians, in nanoseconds a call. */
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
const rounds = 21;

const contestants = ["cfunc", "gcc", "exact", "v8"] as const;
type Contestant = (typeof contestants)[number];

/** @throws Error where compiled code does not compute what V8 and C compute */
export function measure(kernels: readonly Kernel[], { peers, threadNanoseconds }: CSide): KernelTimes[] {
  const tracks = kernels.map((kernel) => new Track(kernel, peerOf(peers, kernel), threadNanoseconds));
  for (let round = 0; round < rounds; round++) for (const track of tracks) track.round();
  return tracks.map((track) => track.times());
}

function peerOf(peers: ReadonlyMap<string, Peer>, { name }: Kernel): Peer {
  const peer = peers.get(name);
  if (peer === undefined) throw new Error(`${name} has no C peer`);
  return peer;
}

/** Runs a kernel so many times; nanoseconds a call. */
type Run = (calls: number) => number;

/** One kernel on its way through the rounds. */
class Track {
  private readonly kernel: Kernel;
  private readonly memory: KernelMemory;
  private readonly runs: Readonly<Record<Contestant, { readonly run: Run; readonly calls: number }>>;
  private readonly results: Readonly<Record<Contestant, number[]>> = { cfunc: [], gcc: [], exact: [], v8: [] };
  private readonly sameBits: boolean;

  constructor(kernel: Kernel, peer: Peer, threadNanoseconds: () => number) {
    this.kernel = kernel;
    this.memory = new KernelMemory(kernel);
    const { name, args, javascript } = kernel;
    const expected = this.memory.outcome(javascript);
    if (this.memory.outcome(kernel.native) !== expected) throw new Error(`${name}: compiled code differs from V8`);
    if (this.memory.outcome(peer.exact) !== expected) throw new Error(`${name}: C differs from V8`);
    this.sameBits = this.memory.outcome(peer.gcc) === expected;
    const contestant = (run: Run) => ({ run, calls: this.calibrate(run) });
    const native = (f: Native) => contestant((calls) => peer.bench(f, BigInt(calls), ...args));
    const v8 = contestant((calls) => {
      const start = threadNanoseconds();
      for (let i = 0; i < calls; i++) javascript(...args);
      return (threadNanoseconds() - start) / calls;
    });
    this.runs = { cfunc: native(kernel.native), gcc: native(peer.gcc), exact: native(peer.exact), v8 };
  }

  round(): void {
    for (const who of contestants) {
      const { run, calls } = this.runs[who];
      this.memory.restore();
      run(Math.max(1, calls >> 3));
      this.memory.restore();
      this.results[who].push(run(calls));
    }
  }

  times(): KernelTimes {
    const { name, what } = this.kernel;
    const { cfunc, gcc, exact, v8 } = this.results;
    const [a, b, c, d] = [median(cfunc), median(gcc), median(exact), median(v8)];
    return { name, what, cfunc: a, gcc: b, exact: c, v8: d, sameBits: this.sameBits };
  }

  /** How many calls fill a turn; warms up on the way. */
  private calibrate(run: Run): number {
    for (let calls = 1; ; calls *= 2) {
      this.memory.restore();
      const each = run(calls);
      if (each * calls >= turn) return Math.max(1, Math.round(turn / each));
    }
  }
}
