// Owned and Borrowed: once is once, by type and at run time, and the collector only reports.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { Owned, OwnershipError, reportLeaksTo } from "../../src/ownership/index.ts";

function make(released: string[] = []): Owned<string> {
  return new Owned("text", { what: "the answer of f", release: (value) => released.push(value) });
}

const mistake = (run: () => unknown): OwnershipError => {
  try {
    run();
  } catch (error) {
    if (error instanceof OwnershipError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("release", () => {
  test("gives the value back once", () => {
    const released: string[] = [];
    const owned: Owned<string> = make(released);
    expect(owned.value).toBe("text");
    expect(owned.released).toBe(false);
    owned.release();
    expect(released).toEqual(["text"]);
  });

  test("a second release, and a use after it, throw and name the value; both are errors of types too", () => {
    const released: string[] = [];
    const owned: Owned<string> = make(released);
    const alias = owned;
    owned.release();
    // @ts-expect-error: released
    expect(mistake(() => owned.release()).message).toBe("the answer of f was released twice");
    // @ts-expect-error: released
    expect(mistake(() => owned.value).message).toBe("the answer of f was used after its release");
    expect(mistake(() => alias.borrow()).mistake).toBe("released");
    expect(released).toEqual(["text"]);
  });

  test("`using` releases at the end of the block, and only what is still owned", () => {
    const released: string[] = [];
    {
      using owned = make(released);
      expect(owned.value).toBe("text");
    }
    expect(released).toEqual(["text"]);
    {
      using early: Owned<string> = make(released);
      early.release();
    }
    expect(released).toEqual(["text", "text"]);
  });

  test("what the native side throws comes through, and is not tried again", () => {
    let calls = 0;
    const owned: Owned<number> = new Owned(1, {
      what: "it",
      release: () => {
        calls += 1;
        throw new Error("refused");
      },
    });
    const again: Owned<number> = owned;
    expect(() => owned.release()).toThrow("refused");
    expect(mistake(() => again.release()).mistake).toBe("released");
    expect(calls).toBe(1);
  });
});

describe("borrow", () => {
  test("an owner with live borrows cannot be released", () => {
    const released: string[] = [];
    const owned: Owned<string> = make(released);
    const first = owned.borrow();
    const second = owned.borrow();
    const tryRelease = (one: Owned<string>) => () => one.release();
    expect(mistake(tryRelease(owned)).message).toContain("is still borrowed 2 times");
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(mistake(tryRelease(owned)).message).toContain("is still borrowed:");
    expect(second.value).toBe("text");
    second[Symbol.dispose]();
    expect(mistake(() => second.value).message).toBe("the answer of f was used after the end of its borrow");
    expect(released).toEqual([]);
    owned.release();
    expect(released).toEqual(["text"]);
  });
});

describe("the collector", () => {
  let former: ((message: string) => void) | undefined;
  afterEach(() => {
    if (former !== undefined) reportLeaksTo(former);
  });

  test("reports what was never released, releases nothing, and is silent about the rest", async () => {
    setFlagsFromString("--expose-gc");
    const gc: unknown = runInNewContext("gc");
    if (typeof gc !== "function") throw new Error("no gc");
    const reports: string[] = [];
    former = reportLeaksTo((message) => reports.push(message));
    const released: string[] = [];
    (() => {
      make(released);
      const good: Owned<string> = new Owned("good", { what: "the good one", release: (v) => released.push(v) });
      good.release();
    })();
    for (let i = 0; i < 50 && reports.length === 0; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(reports).toEqual(["the answer of f was never released: call release(), or declare it with `using`"]);
    expect(released).toEqual(["good"]);
  });
});
