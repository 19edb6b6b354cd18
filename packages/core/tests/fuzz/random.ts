// A seeded generator of pseudo-random choices, so that every failure can be repeated from its seed. It never reads the
// clock or `Math.random`.

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
    // neighbouring seeds start far apart
    for (let i = 0; i < 4; i++) this.next();
  }

  /** Mulberry32: 32 uniform bits. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** An integer from 0 to `n` - 1. */
  below(n: number): number {
    return this.next() % n;
  }

  /** True once in `n` times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)];
    if (chosen === undefined) throw new Error("a choice from nothing");
    return chosen;
  }
}
