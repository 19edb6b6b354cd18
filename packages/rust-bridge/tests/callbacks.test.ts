// Callbacks over buffers, kept ones, and tickers. The oracles are JavaScript's own array methods.
import { cfunc, closure, load } from "@cfunc/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bridge, RegisteredCallback, Ticker } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { refuses } from "./refuses.ts";

let live = 0;
beforeEach(() => {
  live = bridge.liveCount();
});
afterEach(() => expect(bridge.liveCount()).toBe(live));

const numbers = Float64Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 8 - 40);

describe("over buffers", () => {
  const wave = cfunc("double(double)", (x) => x * x - 3 * x);
  const positive = cfunc("bool(double)", (x) => x > 0);
  const sum = cfunc("double(double, double)", (a, b) => a / 2 + b);
  const descending = cfunc("int32(double, double)", (a, b) => (a > b ? -1 : a < b ? 1 : 0));

  test("map, filter, fold and sort as JavaScript does", () => {
    expect(bridge.mapDoubles(wave, numbers)).toEqual(numbers.map((x) => x * x - 3 * x));
    expect(bridge.filterDoubles(positive, numbers)).toEqual(numbers.filter((x) => x > 0));
    expect(bridge.foldDoubles(sum, 7, numbers)).toBe(numbers.reduce((a, b) => a / 2 + b, 7));
    expect(bridge.sortDoubles(descending, numbers.slice())).toEqual(numbers.slice().sort((a, b) => b - a));
    const none = new Float64Array();
    expect(bridge.mapDoubles(wave, none).length + bridge.filterDoubles(positive, none).length).toBe(0);
    expect(bridge.foldDoubles(sum, 7, none)).toBe(7);
    expect(bridge.sortDoubles(descending, none).length).toBe(0);
  });

  test("sorting keeps the order of what is equal", () => {
    const byTens = cfunc("int32(double, double)", (a, b) => Math.floor(a / 10) - Math.floor(b / 10));
    const oracle = Array.from(numbers).sort((a, b) => Math.floor(a / 10) - Math.floor(b / 10));
    expect(Array.from(bridge.sortDoubles(byTens, numbers.slice()))).toEqual(oracle);
  });

  test("foreign functions and closures", () => {
    const { sqrt } = load("libm.so.6", { sqrt: "double(double)" });
    expect(bridge.mapDoubles(sqrt, Float64Array.of(4, -1))).toEqual(Float64Array.of(2, Number.NaN));
    using ascending = closure("int32(double, double)", (a, b) => a - b);
    expect(bridge.sortDoubles(ascending, Float64Array.of(3, 1, 2))).toEqual(Float64Array.of(1, 2, 3));
    using fails = closure("double(double)", () => {
      throw new Error("in the middle");
    });
    expect(() => bridge.mapDoubles(fails, numbers)).toThrow("in the middle");
  });

  test("a comparison that contradicts itself is harmless", () => {
    const always = cfunc("int32(double, double)", (a, b) => (a + b > 1e9 ? 0 : -1));
    const values = numbers.slice();
    let code = "none";
    try {
      bridge.sortDoubles(always, values);
    } catch (error) {
      code = (error as { code: string }).code;
      expect((error as Error).message).toContain("compare contradicts itself");
      expect(values).toEqual(numbers);
    }
    expect(["none", "callback_failed"]).toContain(code);
    expect(values.slice().sort()).toEqual(numbers.slice().sort());
  });

  test("refuses functions of another type", () => {
    refuses(() => bridge.mapDoubles(sum, numbers), "wrong_signature", "map_doubles: fn must be float64(float64)");
    refuses(() => bridge.sortDoubles(sum, numbers), "wrong_signature", "int32(float64, float64)");
  });
});

describe("registered callbacks", () => {
  const scaled = cfunc("double(double, CPointer(double))", (x, data) => {
    data[1] = data[1] + 1;
    return x * data[0];
  });
  const mark = cfunc("void(CPointer(double))", (data) => {
    data[2] = data[2] + 1;
  });

  test("keep their user data until they are unregistered, which destroys them once", () => {
    const data = Float64Array.of(3, 0, 0);
    {
      using callback = RegisteredCallback.register(scaled, { userData: data, destroy: mark });
      expect([callback.call(2), callback.call(-5)]).toEqual([6, -15]);
      expect(bridge.census().callback?.allocations).toBe(1);
      expect(Array.from(data)).toEqual([3, 2, 0]);
    }
    expect(Array.from(data)).toEqual([3, 2, 1]);
  });

  test("unregistered within its own call: destroyed when the call has ended", () => {
    const order: string[] = [];
    let handle = 0n;
    using suicidal = closure("double(double, voidptr)", (x) => {
      checked((status) => library().bridge_callback_unregister(handle, status));
      order.push("end of the call");
      return x;
    });
    using destroy = closure("void(voidptr)", () => {
      order.push("destroyed");
    });
    const callback: RegisteredCallback = RegisteredCallback.register(suicidal, { destroy });
    handle = callback.value;
    expect(callback.call(4)).toBe(4);
    expect(order).toEqual(["end of the call", "destroyed"]);
    refuses(
      () => callback.release(),
      "already_released",
      /callback #\d+ .* was already released by callback_unregister/,
    );
  });

  test("not registered for want of memory: the user data stay the caller's", () => {
    const data = Float64Array.of(3, 0, 0);
    bridge.failNth(1);
    const register = () => RegisteredCallback.register(scaled, { userData: data, destroy: mark });
    refuses(register, "out_of_memory", "there is no memory for a callback");
    expect(Array.from(data)).toEqual([3, 0, 0]);
    const plain = cfunc("double(double)", (x) => x);
    refuses(() => RegisteredCallback.register(plain), "wrong_signature", "float64(float64, voidptr)");
  });
});

describe("tickers", () => {
  const count = cfunc("void(uint64, CPointer(double))", (tick, data) => {
    data[0] = data[0] + 1;
    data[1] = Number(tick);
  });

  test("tick until they are stopped, and never again", async () => {
    const data = new Float64Array(2);
    const ticker = Ticker.start(count, { interval: 200, userData: data });
    expect(ticker.ticks).toBeUndefined();
    while ((data[0] ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    ticker[Symbol.dispose]();
    const { ticks } = ticker;
    expect(ticks).toBeGreaterThanOrEqual(5);
    expect(Array.from(data)).toEqual([ticks, (ticks ?? 0) - 1]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(data[0]).toBe(ticks);
    expect(() => ticker.value).toThrow("was used after its release");
  });

  test("refuse closures, intervals that are none, and a second stop", () => {
    using here = closure("void(uint64, voidptr)", () => undefined);
    refuses(() => Ticker.start(here, { interval: 100 }), "wrong_thread", "fn is a closure");
    refuses(() => Ticker.start(count, { interval: 0 }), "invalid_argument", "interval is 0 microseconds");
    refuses(() => Ticker.start(count, { interval: -5 }), "invalid_argument", "interval cannot be negative");
    const data = new Float64Array(2);
    bridge.failNth(1);
    refuses(() => Ticker.start(count, { interval: 100, userData: data }), "out_of_memory", "memory for a ticker");
    const after = data[0];
    const ticker = Ticker.start(count, { interval: 2_000_000_000, userData: data });
    const handle = ticker.value;
    ticker[Symbol.dispose]();
    expect([ticker.ticks, data[0]]).toEqual([0, after]);
    refuses(() => checked((s) => library().bridge_ticker_stop(handle, s)), "already_released", "by ticker_stop");
  });
});
