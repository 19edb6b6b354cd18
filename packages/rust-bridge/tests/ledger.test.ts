// What the ledger tells: counts by kind, traces that can be compared, allocations that fail on purpose.
import { describe, expect, test } from "vitest";
import { bridge, RustVector } from "../src/index.ts";
import { refuses } from "./refuses.ts";

describe("the ledger", () => {
  test("counts by kind", () => {
    const strings = bridge.census().string?.allocations ?? 0;
    using _text = bridge.stringConcat("ab", "c");
    using _vector = RustVector.range(0, 1, 10);
    expect(bridge.census()).toMatchObject({
      string: { allocations: strings + 1 },
      vector: { allocations: 1, bytes: 80 },
    });
  });

  test("a trace has no addresses: the same steps give the same trace", () => {
    using older = bridge.stringConcat("old", "er");
    const steps = () => {
      using text = bridge.stringReverse("abc");
      using vector = RustVector.range(0, 1, 4);
      vector.push(1);
      const { address } = text.value;
      expect(() => bridge.freeMem({ address: address + 1n })).toThrow("1 bytes inside");
    };
    const first = bridge.trace(steps);
    expect(first).toEqual([
      { step: "made", site: "string_reverse", number: 1, kind: "string", size: 4 },
      { step: "made", site: "vector_range", number: 2, kind: "vector", size: 32 },
      { step: "made", site: "vector_push", number: 3, kind: "vector", size: 64 },
      { step: "released", site: "vector_push", number: 2, kind: "vector", size: 32 },
      { step: "refused", site: "free_mem", why: "interior" },
      { step: "released", site: "vector_free", number: 3, kind: "vector", size: 64 },
      { step: "released", site: "free_mem", number: 1, kind: "string", size: 4 },
    ]);
    expect(bridge.trace(steps)).toEqual(first);
    const old = bridge.trace(() => {
      bridge.freeMem(older.value);
      refuses(() => older.release(), "already_released", "was already released by free_mem");
    });
    expect(old[0]).toEqual({ step: "released", site: "free_mem", number: null, kind: "string", size: 6 });
  });

  test("the nth allocation fails, once", () => {
    bridge.failNth(3);
    using _one = bridge.stringReverse("a");
    using _two = bridge.stringReverse("b");
    refuses(() => bridge.stringReverse("c"), "out_of_memory", "string_reverse: there is no memory for a string of 2");
    using _three = bridge.stringReverse("c");
    refuses(() => bridge.failNth(-1), "invalid_argument", "nth cannot be negative");
  });

  test("works on while nothing is held back", () => {
    const [mark, text] = [bridge.ledgerCheckpoint(), "x".repeat(1000)];
    bridge.holdBack(0);
    for (let i = 0; i < 100; i++) bridge.stringReverse(text)[Symbol.dispose]();
    bridge.holdBack(4096);
    using answer = bridge.stringReverse(text);
    expect(bridge.live(mark)).toMatchObject([{ size: 1001 }]);
    expect(answer.value.text).toBe(text);
  });
});
