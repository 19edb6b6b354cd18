// For every function of the contract that hands something out: what happens when it is released well, badly, twice, by
// the wrong function, from another thread, by two at once, and when there is no memory. Generated from the contract.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ContractFunction, readContract } from "@cfunc/core/contract";
import { afterAll, describe, expect, test } from "vitest";
import { BridgeError, bridge } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { type Made, type Owner, owners } from "./owners.ts";
import { encodePng } from "./png.ts";
import { refuses } from "./refuses.ts";

const contract = readContract(JSON.parse(readFileSync(new URL("../contract.json", import.meta.url), "utf8")));
const folder = mkdtempSync(join(tmpdir(), "bridge-owners-"));
afterAll(() => rmSync(folder, { recursive: true }));
const texture = join(folder, "white.png");
writeFileSync(texture, encodePng(2, 2, new Uint8Array(16).fill(255)));
const known = owners(texture);

type Status = DataView<ArrayBuffer>;
type Destroy = ((argument: unknown, status: Status) => unknown) & {
  readonly async: (argument: unknown, status: Status) => Promise<unknown>;
};

/** What a function hands out, and the function that releases it. */
interface Handing {
  readonly name: string;
  readonly destructor: string;
}

const handings: Handing[] = contract.functions.flatMap(({ name, result, parameters }) =>
  [result, ...parameters].flatMap(({ ownership, destructor }) =>
    ownership === "owned" && destructor !== undefined ? [{ name, destructor }] : [],
  ),
);

function functionNamed(name: string): ContractFunction {
  return contract.functions.find((one) => one.symbols.plain === name) ?? expect.fail(`there is no function ${name}`);
}

function destroyerOf(destructor: string): Destroy {
  const symbols: Readonly<Record<string, unknown>> = library();
  return symbols[functionNamed(destructor).symbols.twin ?? ""] as Destroy;
}

const isHandle = (destructor: string) => functionNamed(destructor).parameters[0]?.handle !== undefined;
const destructors = [...new Set(handings.map(({ destructor }) => destructor))];

test("there is a call for every function that hands something out", () => {
  expect(Object.keys(known).sort()).toEqual(handings.map(({ name }) => name).sort());
  expect(destructors.length).toBeGreaterThan(8);
});

describe.each(handings)("$name, released with $destructor", ({ name, destructor }) => {
  const owner: Owner = known[name] ?? { make: () => expect.fail(`no call of ${name}`) };
  const destroy = destroyerOf(destructor);
  const release = (made: Made, value = made.value) => checked((status) => destroy(made.as(value), status));
  const scenario = (what: string, run: () => void | Promise<void>) =>
    test(what, async () => {
      const before = bridge.liveCount();
      try {
        await run();
      } finally {
        owner.end?.();
      }
      expect(bridge.liveCount()).toBe(before);
    });

  scenario("clean", () => {
    release(owner.make());
  });

  scenario("a leak is told, by whom and what", () => {
    const made = owner.make();
    const leaked = bridge.live().filter(({ made: { site } }) => site === name);
    expect(leaked.length).toBe(1);
    release(made);
    expect(bridge.live().filter(({ made: { site } }) => site === name)).toEqual([]);
  });

  scenario("a second release names the first", () => {
    const made = owner.make();
    release(made);
    const message = new RegExp(
      `^${destructor}: \\w+ #\\d+ \\(\\d+ bytes, made by ${name} .*already released by ${destructor} `,
    );
    refuses(() => release(made), "already_released", message);
    bridge.flush();
    refuses(() => release(made), "already_released", message);
  });

  scenario("the wrong destructor", () => {
    const made = owner.make();
    const others = destructors.filter((one) => one !== destructor && isHandle(one) === isHandle(destructor));
    for (const other of others) {
      if (other === "vector_free" || destructor === "vector_free") continue;
      refuses(
        () => checked((status) => destroyerOf(other)(made.as(made.value), status)),
        "wrong_kind",
        `${other}: expected a`,
      );
    }
    release(made);
  });

  scenario("null, unknown and interior", () => {
    const made = owner.make();
    refuses(() => release(made, 0n), "null_pointer", `${destructor}: `);
    const strange = isHandle(destructor)
      ? [made.value + 2n ** 30n, made.value ^ 0xffn, 2n ** 64n - 1n]
      : [0x1000n, 0x7fff_0000_1000n];
    for (const value of strange) refuses(() => release(made, value), "unknown_pointer", `${destructor}: 0x`);
    if (!isHandle(destructor)) {
      refuses(() => release(made, made.value + 1n), "interior_pointer", "the pointer is 1 bytes inside");
    }
    release(made);
  });

  scenario("from another thread", async () => {
    const made = owner.make();
    const status = new DataView(new ArrayBuffer(512));
    await destroy.async(made.as(made.value), status);
    expect(status.getInt32(0, true)).toBe(0);
    expect(() => release(made)).toThrow(/already released by .*thread (?!1\))\d+\)/);
  });

  scenario("two threads at once: one succeeds", async () => {
    for (let round = 0; round < 5; round++) {
      const made = owner.make();
      const statuses = [0, 1, 2].map(() => new DataView(new ArrayBuffer(512)));
      await Promise.all(statuses.map((status) => destroy.async(made.as(made.value), status)));
      expect(statuses.map((status) => status.getInt32(0, true)).sort()).toEqual([0, 8, 8]);
    }
  });

  scenario("no memory, at each step", () => {
    // What else there has to be exists already.
    release(owner.make());
    let step = 1;
    for (; step < 10; step++) {
      bridge.failNth(step);
      try {
        release(owner.make());
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(BridgeError);
        expect((error as BridgeError).message).toMatch(new RegExp(`^${name}: there is no memory for a`));
      }
    }
    bridge.failNth(0);
    expect(step).toBe(2);
  });
});

test("a panic in each exported function is a status", () => {
  const symbols: Readonly<Record<string, unknown>> = library();
  let count = 0;
  for (const { name, symbols: names, parameters } of contract.functions) {
    if (names.twin === undefined) continue;
    const call = symbols[names.twin] as (...args: unknown[]) => unknown;
    const nothing = parameters.map(({ type }) => {
      if (type.kind === "struct") return { x: 0, y: 0, z: 0 };
      if (type.kind !== "scalar") return null;
      if (type.name === "bool") return false;
      return /^u?int64$/.test(type.name) ? 0n : 0;
    });
    const panics = () => {
      library().bridge_test_panic_next();
      return checked((status) => call(...nothing, status));
    };
    refuses(panics, "panic", new RegExp(`^${name}: panicked: on request \\(`));
    count += 1;
  }
  expect(count).toBeGreaterThan(60);
});
