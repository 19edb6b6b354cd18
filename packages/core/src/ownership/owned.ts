// Values that came from native code and must be given back: `using text = ...`, or `text.release()`, once. After that
// every use throws. Knows nothing of memory: whoever makes an Owned says how it is released.
import { unwatch, watch } from "./leak-report.ts";
import { OwnershipError } from "./ownership-error.ts";
import type { Live, Released, state } from "./released.ts";

export interface OwnedOptions<T> {
  /** What it is, for messages: `the answer of start_procedure`. */
  readonly what: string;
  /** Gives it back to whoever made it. Called at most once. */
  readonly release: (value: T) => void;
}

/** Something with one owner. */
export class Owned<T> implements Live {
  declare readonly [state]: "live";
  readonly #value: T;
  readonly #options: OwnedOptions<T>;
  #released = false;
  #borrows = 0;

  constructor(value: T, options: OwnedOptions<T>) {
    this.#value = value;
    this.#options = options;
    watch(this, options.what);
  }

  /** What is owned. Throws OwnershipError after release. */
  get value(): T {
    if (this.#released) throw new OwnershipError("released", `${this.#options.what} was used after its release`);
    return this.#value;
  }

  /** Whether it was given back. */
  get released(): boolean {
    return this.#released;
  }

  /** A view that may be handed around and ends before its owner does. Throws OwnershipError after release. */
  borrow(): Borrowed<T> {
    const { value } = this;
    this.#borrows += 1;
    return new Borrowed(value, this.#options.what, () => {
      this.#borrows -= 1;
    });
  }

  /**
   * Gives it back, once. Throws OwnershipError the second time, and while something still borrows it; then nothing
   * was given back. What the native release function throws comes through, and the value counts as released.
   */
  release(): asserts this is Released {
    const { what } = this.#options;
    if (this.#released) throw new OwnershipError("released", `${what} was released twice`);
    if (this.#borrows > 0) {
      const still = this.#borrows === 1 ? "is still borrowed" : `is still borrowed ${this.#borrows} times`;
      throw new OwnershipError("borrowed", `${what} ${still}: end the borrow before the release`);
    }
    this.#released = true;
    unwatch(this);
    this.#options.release(this.#value);
  }

  /** Releases it unless that was done before: the end of `using`. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }
}

/** Something that belongs to somebody else. */
export class Borrowed<T> {
  readonly #value: T;
  readonly #what: string;
  readonly #end: () => void;
  #ended = false;

  /** Made by `Owned.borrow`. */
  constructor(value: T, what: string, end: () => void) {
    this.#value = value;
    this.#what = what;
    this.#end = end;
  }

  /** What is borrowed. Throws OwnershipError after the end of the borrow. */
  get value(): T {
    if (this.#ended) throw new OwnershipError("released", `${this.#what} was used after the end of its borrow`);
    return this.#value;
  }

  /** Ends the borrow. Doing it twice does nothing: nothing is freed by it. */
  [Symbol.dispose](): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#end();
  }
}
