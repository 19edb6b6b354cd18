// Vectors in Rust's memory. TypeScript looks at the elements through a window, which closes when they move or are
// released: an array that was kept is empty then, and never shows memory that is somebody else's.
import { memory } from "@cfunc/core/native";
import { Owned } from "@cfunc/core/ownership";
import { checkCount, checkNumber } from "./arguments.ts";
import { types } from "./generated/declarations.ts";
import { library } from "./library.ts";
import { madeHere } from "./site.ts";
import { checked } from "./status.ts";

type Block = DataView<ArrayBuffer>;

/** The ArrayBuffer over the elements, as long as it is good. */
class Window {
  #buffer: ArrayBuffer | undefined;

  over(block: Block): ArrayBuffer {
    this.#buffer ??= memory.view(block.getBigUint64(0, true), Number(block.getBigUint64(8, true)) * 8);
    return this.#buffer;
  }

  close(): void {
    if (this.#buffer !== undefined && this.#buffer.byteLength > 0) memory.detach(this.#buffer);
    this.#buffer = undefined;
  }
}

/** A vector of doubles that Rust allocated. `using`, or `release()`, gives it back. */
export class RustVector extends Owned<Block> {
  readonly #window: Window;

  private constructor(block: Block) {
    const window = new Window();
    const release = () => {
      window.close();
      checked((status) => library().bridge_vector_free(block, status));
    };
    super(block, { what: madeHere("vector"), release });
    this.#window = window;
  }

  /** `start`, `start + step`, ..., `n` elements. Throws BridgeError `out_of_memory` where there is no room. */
  static range(start: number, step: number, n: number): RustVector {
    for (const [name, value] of Object.entries({ start, step })) checkNumber("vector_range", name, value);
    checkCount("vector_range", "n", n);
    const block = new DataView(new ArrayBuffer(types.double_vector.size));
    checked((status) => library().bridge_vector_range(start, step, n, block, status));
    return new RustVector(block);
  }

  get length(): number {
    return Number(this.value.getBigUint64(8, true));
  }

  /** How many elements there is room for before they move. */
  get capacity(): number {
    return Number(this.value.getBigUint64(16, true));
  }

  /** Rust's own memory: writes go there. Empty after the release, and after a `push`, which may move the elements. */
  get elements(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#window.over(this.value));
  }

  /** Appends an element. */
  push(element: number): void {
    checkNumber("vector_push", "value", element);
    const block = this.value;
    this.#window.close();
    checked((status) => library().bridge_vector_push(block, element, status));
  }
}
