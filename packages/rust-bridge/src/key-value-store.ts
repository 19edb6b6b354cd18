// A key-value store in Rust: the same one by pointer and by handle. What is borrowed from it is a window into Rust's
// memory, which is closed when the borrow ends, and keeps the store from being released until then.
import { closure } from "@cfunc/core";
import { memory } from "@cfunc/core/native";
import { Borrowed, Owned } from "@cfunc/core/ownership";
import { checkText } from "./arguments.ts";
import { library } from "./library.ts";
import { type NativePointer, notNull } from "./native-pointer.ts";
import { type OwnedText, ownText } from "./owned-text.ts";
import { madeHere } from "./site.ts";
import { checked } from "./status.ts";

type Status = DataView<ArrayBuffer>;

/** The functions of one of the two interfaces, on one store. */
interface Access {
  readonly prefix: "store" | "kv";
  insert(key: string, value: string, status: Status): number;
  remove(key: string, status: Status): number;
  get(key: string, status: Status): NativePointer | null;
  borrow(key: string, length: BigUint64Array, status: Status): NativePointer | null;
  endBorrow(value: NativePointer, status: Status): number;
  length(status: Status): number | bigint;
  each(visit: number, status: Status): number | bigint;
  free(status: Status): number;
}

type Text = Parameters<ReturnType<typeof library>["bridge_store_end_borrow"]>[1];

function byPointer(): Access {
  const rust = library();
  const store = notNull(
    "store_new",
    checked((status) => rust.bridge_store_new(status)),
  );
  return {
    prefix: "store",
    insert: (key, value, status) => rust.bridge_store_insert(store, key, value, status),
    remove: (key, status) => rust.bridge_store_remove(store, key, status),
    get: (key, status) => rust.bridge_store_get(store, key, status),
    borrow: (key, length, status) => rust.bridge_store_borrow(store, key, length, status),
    endBorrow: (value, status) => rust.bridge_store_end_borrow(store, value as Text, status),
    length: (status) => rust.bridge_store_length(store, status),
    each: (visit, status) => rust.bridge_store_each(store, visit, null, status),
    free: (status) => rust.bridge_store_free(store, status),
  };
}

function byHandle(): Access {
  const rust = library();
  const store = checked((status) => rust.bridge_kv_open(status));
  return {
    prefix: "kv",
    insert: (key, value, status) => rust.bridge_kv_insert(store, key, value, status),
    remove: (key, status) => rust.bridge_kv_remove(store, key, status),
    get: (key, status) => rust.bridge_kv_get(store, key, status),
    borrow: (key, length, status) => rust.bridge_kv_borrow(store, key, length, status),
    endBorrow: (value, status) => rust.bridge_kv_end_borrow(store, value as Text, status),
    length: (status) => rust.bridge_kv_length(store, status),
    each: (visit, status) => rust.bridge_kv_each(store, visit, null, status),
    free: (status) => rust.bridge_kv_close(store, status),
  };
}

export class KeyValueStore extends Owned<Access> {
  private constructor(access: Access) {
    super(access, { what: madeHere("key-value store"), release: () => void checked((status) => access.free(status)) });
  }

  /** An empty store. Rust knows it by its address, or by a handle that is never used twice. */
  static create({ by = "handle" }: { readonly by?: "handle" | "pointer" } = {}): KeyValueStore {
    return new KeyValueStore(by === "handle" ? byHandle() : byPointer());
  }

  get size(): number {
    return Number(checked((status) => this.value.length(status)));
  }

  /** Throws BridgeError `still_borrowed` where the value that is there is borrowed. */
  insert(key: string, value: string): void {
    this.#checkKey("insert", key);
    checkText(`${this.value.prefix}_insert`, "value", value);
    checked((status) => this.value.insert(key, value, status));
  }

  /** Throws BridgeError `not_found`, or `still_borrowed`. */
  remove(key: string): void {
    this.#checkKey("remove", key);
    checked((status) => this.value.remove(key, status));
  }

  /** A copy of a value, ours to release. Throws BridgeError `not_found`. */
  get(key: string): Owned<OwnedText> {
    this.#checkKey("get", key);
    const pointer = checked((status) => this.value.get(key, status));
    return ownText(`${this.value.prefix}_get`, pointer, (answer) => answer);
  }

  /** The UTF-8 bytes of a value where Rust keeps them; empty after the end of the borrow. Throws BridgeError `not_found`. */
  borrowValue(key: string): Borrowed<Uint8Array<ArrayBuffer>> {
    this.#checkKey("borrow", key);
    const access = this.value;
    const site = `${access.prefix}_borrow`;
    const length = new BigUint64Array(1);
    const pointer = notNull(
      site,
      checked((status) => access.borrow(key, length, status)),
    );
    // The owner counts this one too: its release is refused here before Rust is asked.
    const keep = this.borrow();
    const window = memory.view(pointer.address, Number(length[0]));
    return new Borrowed(new Uint8Array(window), `the value under ${JSON.stringify(key)}`, () => {
      if (window.byteLength > 0) memory.detach(window);
      checked((status) => access.endBorrow(pointer, status));
      keep[Symbol.dispose]();
    });
  }

  /** Calls `visit` with keys and values in the order of the keys until it gives false. */
  each(visit: (key: string, value: string) => boolean | undefined): void {
    const access = this.value;
    using go = closure("int32(CPointer(char), CPointer(char), voidptr)", (key, value) => {
      const text = (pointer: NativePointer | null) => memory.readText(pointer?.address ?? 0n) ?? "";
      return visit(text(key), text(value)) === false ? 0 : 1;
    });
    checked((status) => access.each(Number(go.address), status));
  }

  #checkKey(operation: string, key: string): void {
    checkText(`${this.value.prefix}_${operation}`, "key", key);
  }
}
