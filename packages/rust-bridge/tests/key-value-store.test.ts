// The key-value store by handle and by pointer: what is borrowed from it holds everything where it is.
import type { Owned } from "@cfunc/core/ownership";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bridge, KeyValueStore, type OwnedText } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { refuses } from "./refuses.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

let live = 0;
beforeEach(() => {
  live = bridge.liveCount();
});
afterEach(() => expect(bridge.liveCount()).toBe(live));

describe.each([{ by: "handle" }, { by: "pointer" }] as const)("a store by $by", (way) => {
  const prefix = way.by === "handle" ? "kv" : "store";

  test("keeps values by key, in order", () => {
    using store = KeyValueStore.create(way);
    const oracle = new Map<string, string>();
    for (const [key, value] of [
      ["b", "zwei 🦀"],
      ["a", ""],
      ["ü", "x"],
      ["b", "neu"],
    ] as const) {
      store.insert(key, value);
      oracle.set(key, value);
    }
    expect(store.size).toBe(oracle.size);
    const seen: [string, string][] = [];
    store.each((key, value) => {
      seen.push([key, value]);
      return undefined;
    });
    expect(seen).toEqual([...oracle].sort(([a], [b]) => (a < b ? -1 : 1)));
    using copy = store.get("b");
    expect(copy.value.text).toBe("neu");
    store.remove("b");
    refuses(() => store.get("b"), "not_found", `${prefix}_get: there is nothing under "b"`);
    refuses(() => store.remove("b"), "not_found", `${prefix}_remove`);
    expect(copy.value.text).toBe("neu");
  });

  test("a visit may stop, use the store, and throw", () => {
    using store = KeyValueStore.create(way);
    for (const key of ["a", "b", "c"]) store.insert(key, key);
    const seen: string[] = [];
    store.each((key) => {
      seen.push(key);
      store.insert(`${key}${key}`, "new");
      return key !== "b";
    });
    expect(seen).toEqual(["a", "b"]);
    expect(store.size).toBe(5);
    expect(() =>
      store.each(() => {
        throw new Error("in the middle");
      }),
    ).toThrow("in the middle");
  });

  test("a borrowed value stays, and so does its store, until the borrow ends", () => {
    const store: KeyValueStore = KeyValueStore.create(way);
    store.insert("key", "grüß");
    const first = store.borrowValue("key");
    const second = store.borrowValue("key");
    expect(decode(first.value)).toBe("grüß");
    const bytes = first.value;
    refuses(() => store.insert("key", "new"), "still_borrowed", 'the value under "key" is borrowed (2 times)');
    refuses(() => store.remove("key"), "still_borrowed", "end the borrow first");
    store.insert("other", "is free to come");
    const free = () => store.release();
    expect(free).toThrow(/key-value store made at .* is still borrowed 2 times/);
    // Rust refuses it too, whoever asks.
    const access = store.value;
    const released = () => checked((status) => access.free(status));
    const message = /is still borrowed 2 times, last by \w+_borrow \(event \d+, thread 1\); end the borrow/;
    expect(released).toThrow(message);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(bytes.length).toBe(0);
    expect(() => first.value).toThrow("was used after the end of its borrow");
    expect(decode(second.value)).toBe("grüß");
    expect(released).toThrow(/is still borrowed, last by/);
    second[Symbol.dispose]();
    store.insert("key", "new");
    free();
  });

  test("an address that is not borrowed is refused", () => {
    using store = KeyValueStore.create(way);
    store.insert("key", "value");
    const access = store.value;
    using value = store.borrowValue("key");
    expect(value.value.length).toBe(5);
    const end = (address: bigint) => () => checked((status) => access.endBorrow({ address }, status));
    expect(end(0x1000n)).toThrow(`${prefix}_end_borrow: 0x1000 is not borrowed from this store`);
    expect(end(0n)).toThrow("is not borrowed from this store");
  });

  test("used after its release, by whatever name", () => {
    const store: KeyValueStore = KeyValueStore.create(way);
    const access = store.value;
    const use = () => store.size;
    store.release();
    expect(use).toThrow("was used after its release");
    const length = () => checked((status) => access.length(status));
    refuses(length, "already_released", new RegExp(`^${prefix}_length: ${prefix} #\\d+ .* was already released by`));
    refuses(() => checked((status) => access.free(status)), "already_released", "was already released by");
  });

  test("texts that are none, and no memory", () => {
    using store = KeyValueStore.create(way);
    expect(() => store.insert("a\0b", "x")).toThrow(`${prefix}_insert: key has a NUL at index 1`);
    expect(() => store.insert("a", "\udc00")).toThrow("value has half a surrogate pair");
    expect(() => store.get(7 as never)).toThrow("key must be a string");
    bridge.failNth(1);
    refuses(() => KeyValueStore.create(way), "out_of_memory", `there is no memory for a ${prefix}`);
    store.insert("a", "value");
    bridge.failNth(1);
    expect(() => store.get("a")).toThrow("there is no memory for a string of 6 bytes");
    const text: Owned<OwnedText> = store.get("a");
    text.release();
  });
});

test("a trace shows what outlasts a call", () => {
  const steps = bridge.trace(() => {
    using store = KeyValueStore.create();
    store.insert("key", "value");
    using value = store.borrowValue("key");
    expect(value.value.length).toBe(5);
  });
  expect(steps.map(({ step, site }) => `${step} ${site}`)).toEqual([
    "made kv_open",
    "borrowed kv_borrow",
    "ended kv_end_borrow",
    "released kv_close",
  ]);
});

test("a store by pointer is no scene, and not known by other addresses", () => {
  using store = KeyValueStore.create({ by: "pointer" });
  store.insert("a", "b");
  const rust = library();
  const length = (address: bigint) => () => checked((status) => rust.bridge_store_length({ address }, status));
  expect(length(0n)).toThrow("store_length: the pointer is null, a store was expected");
  expect(length(0x1000n)).toThrow("0x1000 is not a store that this library handed out");
});
