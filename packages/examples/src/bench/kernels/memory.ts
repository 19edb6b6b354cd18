// The memory a kernel works on: every contestant uses the same arrays, so that their alignment is the same, and finds
// the same values in them.
import type { Argument, Kernel } from "./kernel.ts";

type Numbers = Exclude<Argument, number>;

export class KernelMemory {
  readonly args: readonly Argument[];
  private readonly arrays: readonly { readonly live: Numbers; readonly first: Uint8Array }[];

  constructor({ args }: Kernel) {
    this.args = args;
    this.arrays = args.flatMap((a) => (typeof a === "number" ? [] : [{ live: a, first: bytesOf(a).slice() }]));
  }

  /** Puts the first values back. */
  restore(): void {
    for (const { live, first } of this.arrays) bytesOf(live).set(first);
  }

  /** What a run gives, from the first values: its result and every byte of memory afterwards. */
  outcome(run: (...args: Argument[]) => unknown): string {
    this.restore();
    const result = run(...this.args);
    const text = Object.is(result, -0) ? "-0" : String(result);
    return [text, ...this.arrays.map(({ live }) => Buffer.from(bytesOf(live)).toString("base64"))].join("\n");
  }
}

const bytesOf = (array: Numbers): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
