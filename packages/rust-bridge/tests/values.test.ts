// Numbers, strings, structures and slices through the typed wrappers. The oracles are JavaScript's own operations and
// Intl.Segmenter, which share no code with Rust.
import type { Owned } from "@cfunc/core/ownership";
import { describe, expect, test } from "vitest";
import { bridge, type OwnedText, RustVector } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { refuses } from "./refuses.ts";

describe("numbers", () => {
  test("double", () => {
    expect(bridge.double(9)).toBe(18);
    expect(library().double(9)).toBe(18);
    expect(bridge.double(-(2 ** 30))).toBe(-(2 ** 31));
    refuses(() => bridge.double(2 ** 30), "overflow", "double: twice 1073741824 does not fit i32");
    expect(library().double(2 ** 30)).toBe(2 ** 31 - 1);
    refuses(() => bridge.double(0.5), "invalid_argument", "number must be an integer of 32 bits, got 0.5");
  });

  test("every width by value, at its ends", () => {
    const rust = library();
    const same = <T>(fn: (value: T) => T, ...values: readonly T[]) => {
      for (const value of values) expect(fn(value)).toBe(value);
    };
    same((x: boolean) => rust.identity_bool(x), true, false);
    same((x: number) => rust.identity_int8(x), -128, 127);
    same((x: number) => rust.identity_int16(x), -32768, 32767);
    same((x: number) => rust.identity_int32(x), -(2 ** 31), 2 ** 31 - 1);
    same((x: bigint) => rust.identity_int64(x), -(2n ** 63n), 2n ** 63n - 1n);
    same((x: number) => rust.identity_uint8(x), 0, 255);
    same((x: number) => rust.identity_uint16(x), 65535);
    same((x: number) => rust.identity_uint32(x), 2 ** 32 - 1);
    same((x: bigint) => rust.identity_uint64(x), 2n ** 64n - 1n);
    same((x: number) => rust.identity_float32(x), -0, Math.fround(0.1), Number.NaN, Number.NEGATIVE_INFINITY);
    same((x: number) => rust.identity_float64(x), -0, 0.1, 5e-324, Number.NaN);
  });

  test("every width in place; overflow leaves the number as it was", () => {
    const cases = [
      [Int8Array.of(-64), -128],
      [Int16Array.of(5), 10],
      [Int32Array.of(-7), -14],
      [Uint8Array.of(127), 254],
      [Uint16Array.of(32767), 65534],
      [Uint32Array.of(2 ** 31 - 1), 2 ** 32 - 2],
      [Float32Array.of(0.5), 1],
      [Float64Array.of(-0), -0],
      [BigInt64Array.of(-(2n ** 62n)), -(2n ** 63n)],
      [BigUint64Array.of(2n ** 63n - 1n), 2n ** 64n - 2n],
    ] as const;
    for (const [array, doubled] of cases) {
      bridge.doubleInPlace(array);
      expect(array[0]).toBe(doubled);
    }
    for (const full of [Int8Array.of(64), Uint8Array.of(128), BigInt64Array.of(2n ** 62n), Float64Array.of(1e308)]) {
      const before = full[0];
      refuses(() => bridge.doubleInPlace(full), "overflow", "does not fit");
      expect(full[0]).toBe(before);
    }
    refuses(() => bridge.doubleInPlace(new Int8Array()), "invalid_argument", "must have an element");
  });
});

describe("strings", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const graphemes = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);
  const texts = ["", "abc", "grüß", "ne\u0301e", "👨‍👩‍👧🇩🇪🇫🇷", "a\r\nb", "각", "नमस्ते", "e\u0301\u0323!"];

  test("length and reversal agree with Intl.Segmenter", () => {
    for (const text of texts) {
      expect(bridge.stringLength(text), text).toBe(graphemes(text).length);
      using reversed = bridge.stringReverse(text);
      expect(reversed.value.text).toBe(graphemes(text).reverse().join(""));
    }
  });

  test("concatenation, and a text of 100 MB", () => {
    using both = bridge.stringConcat("grüß ", "dich 🦀");
    expect(both.value.text).toBe("grüß dich 🦀");
    const long = "x".repeat(50_000_000);
    const before = bridge.liveCount();
    {
      using joined = bridge.stringConcat(long, long);
      expect(joined.value.text.length).toBe(100_000_000);
    }
    expect(bridge.liveCount()).toBe(before);
  });

  test("what is no text is refused, with its own code", () => {
    refuses(() => bridge.stringReverse("a\0b"), "interior_nul", "text has a NUL at index 1");
    refuses(() => bridge.stringConcat("a", "\ud800"), "lone_surrogate", "second has half a surrogate pair");
    refuses(() => bridge.stringLength(7 as never), "invalid_argument", "text must be a string, got 7");
    const bad = (s: Parameters<Parameters<typeof checked>[0]>[0]) =>
      library().bridge_string_reverse(Uint8Array.of(97, 0xff, 0), s);
    refuses(() => checked(bad), "invalid_utf8", "string_reverse: text is not UTF-8: the byte at offset 1");
  });

  test("a failing allocation is a status, and the next one works", () => {
    for (const run of [() => bridge.stringReverse("ab"), () => bridge.stringConcat("a", "b")]) {
      bridge.failNth(1);
      refuses(run, "out_of_memory", "there is no memory for a string of 3 bytes");
      const answer: Owned<OwnedText> = run();
      answer.release();
    }
    bridge.failNth(1);
    bridge.failNth(0);
    using answer = bridge.stringReverse("ab");
    expect(answer.value.text).toBe("ba");
  });
});

describe("vectors in space", () => {
  const [a, b] = [
    { x: 1, y: 2, z: 3 },
    { x: -4, y: 5, z: 0.5 },
  ];

  test("products and directions", () => {
    expect(bridge.cross(a, b)).toEqual({ x: -14, y: -12.5, z: 13 });
    expect(bridge.normalize({ x: 0, y: -3, z: 4 })).toEqual({ x: 0, y: -0.6, z: 0.8 });
    expect(bridge.length(bridge.normalize({ x: 1e300, y: 1e300, z: 0 }))).toBeCloseTo(1, 15);
    for (const y of [0, Number.NaN, Infinity]) {
      refuses(
        () => bridge.normalize({ x: 0, y, z: 0 }),
        "invalid_argument",
        /normalize: vector (is not finite|has length 0)/,
      );
    }
  });

  test("arrays of structures, in place", () => {
    const all = Float64Array.of(3, 0, 4, 0, 2, 0);
    bridge.normalizeAll(all);
    expect(Array.from(all)).toEqual([0.6, 0, 0.8, 0, 1, 0]);
    const bad = Float64Array.of(3, 0, 4, 0, 0, 0);
    refuses(() => bridge.normalizeAll(bad), "invalid_argument", "normalize_all: vectors[1] has length 0");
    expect(Array.from(bad)).toEqual([3, 0, 4, 0, 0, 0]);
    refuses(() => bridge.normalizeAll(new Float64Array(4)), "wrong_length", "4 elements, which is no multiple of 3");
    bridge.normalizeAll(new Float64Array());
  });
});

describe("by value", () => {
  test("vectors in and out", () => {
    const [a, b] = [
      { x: 1, y: 2, z: 3 },
      { x: -4, y: 5, z: 0.5 },
    ];
    expect(bridge.lengthByValue(a)).toBe(bridge.length(a));
    expect(bridge.crossByValue(a, b)).toEqual(bridge.cross(a, b));
    const half = { x: 1, y: "2", z: 3 } as never;
    refuses(() => bridge.lengthByValue(half), "invalid_argument", 'vector.y must be a number, got "2"');
  });

  test("tuples", () => {
    for (const [a, b] of [
      [7n, 2n],
      [-7n, 2n],
      [7n, -2n],
      [2n ** 62n, 3n],
    ] as const)
      expect(bridge.divide(a, b)).toEqual({ quotient: a / b, remainder: a % b });
    refuses(() => bridge.divide(1n, 0n), "invalid_argument", "divide: divisor is 0");
    refuses(() => bridge.divide(-(2n ** 63n), -1n), "overflow", "does not fit i64");
    refuses(() => bridge.divide(2n ** 63n, 1n), "invalid_argument", "dividend must be a bigint of 64 bits");
    const numbers = Float64Array.of(2, -1, 5);
    expect(bridge.extent(numbers)).toEqual({ least: -1, greatest: 5 });
    expect(bridge.mean(numbers)).toEqual({ count: 3n, mean: 2 });
    expect(bridge.mean(new Float64Array())).toEqual({ count: 0n, mean: Number.NaN });
    refuses(() => bridge.extent(new Float64Array()), "invalid_argument", "extent: n is 0");
    refuses(() => bridge.extent(Float64Array.of(1, Number.NaN)), "invalid_argument", "numbers[1] is NaN");
  });
});

describe("slices", () => {
  test("the sum of the even numbers", () => {
    expect(bridge.sumOfEven(Int32Array.of(1, 2, 3, 4, -6))).toBe(0n);
    expect(bridge.sumOfEven(new Int32Array())).toBe(0n);
    expect(bridge.sumOfEven(new Int32Array(4).fill(2 ** 31 - 2))).toBe(4n * (2n ** 31n - 2n));
  });

  test("a buffer of the caller's", () => {
    expect(Array.from(bridge.fillRange(1, 0.5, new Float64Array(4)))).toEqual([1, 1.5, 2, 2.5]);
    const guarded = new Float64Array(4).fill(7);
    bridge.fillRange(0, 1, guarded.subarray(1, 3));
    expect(Array.from(guarded)).toEqual([7, 0, 1, 7]);
  });
});

describe("vectors in Rust's memory", () => {
  test("are read and written in place, grow, and end with the block", () => {
    const before = bridge.liveCount();
    let kept = new Float64Array();
    {
      using vector = RustVector.range(1, 2, 3);
      kept = vector.elements;
      kept[0] = 10;
      expect([vector.length, vector.capacity]).toEqual([3, 4]);
      for (let i = 0; i < 20; i++) vector.push(i);
      expect(kept.length).toBe(0);
      expect(Array.from(vector.elements)).toEqual([10, 3, 5, ...Array.from({ length: 20 }, (_, i) => i)]);
      expect(bridge.census().vector?.allocations).toBe(1);
      kept = vector.elements;
    }
    expect(kept.length).toBe(0);
    expect(bridge.liveCount()).toBe(before);
  });

  test("after the release every use throws", () => {
    const vector: RustVector = RustVector.range(0, 1, 2);
    const address = vector.value.getBigUint64(0, true);
    const use = (one: RustVector) => [() => one.length, () => one.elements, () => one.push(1), () => one.release()];
    const uses = use(vector);
    vector.release();
    for (const again of uses)
      expect(again).toThrow(/the vector made at .*values\.test\.ts:\d+:\d+ was (used after|released twice)/);
    const copy = new DataView(new BigUint64Array([address, 2n, 4n]).buffer);
    refuses(() => checked((status) => library().bridge_vector_free(copy, status)), "already_released", "vector_free");
  });

  test("no memory, at each step", () => {
    bridge.failNth(1);
    refuses(
      () => RustVector.range(0, 1, 5),
      "out_of_memory",
      "vector_range: there is no memory for a vector of 40 bytes",
    );
    using vector = RustVector.range(0, 1, 4);
    bridge.failNth(1);
    expect(() => vector.push(4)).toThrow("there is no memory for a vector of 64 bytes");
    expect(Array.from(vector.elements)).toEqual([0, 1, 2, 3]);
    vector.push(4);
    expect(vector.elements[4]).toBe(4);
    refuses(() => RustVector.range(0, 1, -1), "invalid_argument", "n cannot be negative");
    const block = new DataView(new ArrayBuffer(24));
    const huge = () => checked((status) => library().bridge_vector_range(0, 1, 2 ** 50, block, status));
    refuses(huge, "out_of_memory", "vector_range");
  });
});
