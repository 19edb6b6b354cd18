// The suite itself is checked: its own files are good, and every kind of mistake in a file is found before anything runs.
import { describe, expect, it } from "vitest";
import { generate } from "../src/runner/generate.ts";
import { ownFolders, readSuite } from "../src/runner/read.ts";
import { SuiteError } from "../src/runner/suite-error.ts";
import { isOwnership } from "../src/vectors/vector.ts";
import { type ToySuite, toyFolders, toyVector } from "./toy-suite.ts";

describe("the suite's own files", () => {
  const suite = readSuite(ownFolders());

  it("are good: schemas, names, values, expectations", () => {
    expect(suite.vectors.length).toBeGreaterThan(0);
    const names = suite.vectors.map(({ family, name }) => `${family}/${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("hold the families and drivers that the suite promises", () => {
    const families = (family: string) => suite.vectors.filter((one) => one.family === family).length;
    expect(families("callbacks")).toBeGreaterThanOrEqual(20);
    expect(families("language")).toBeGreaterThanOrEqual(20);
    expect(families("scalars")).toBeGreaterThanOrEqual(40);
    expect(families("memory")).toBeGreaterThanOrEqual(20);
    expect(families("structs")).toBeGreaterThanOrEqual(25);
    expect(families("unions")).toBeGreaterThanOrEqual(7);
    expect(families("variadic")).toBeGreaterThanOrEqual(7);
    expect(families("closures")).toBeGreaterThanOrEqual(15);
    expect(families("threads")).toBeGreaterThanOrEqual(4);
    expect(families("json")).toBeGreaterThanOrEqual(2);
    expect(families("ownership")).toBeGreaterThanOrEqual(5);
    const drivers = ["v8", "compiled", "rust", "c", "clang", "ffi-rs", "koffi", "ctypes", "json"];
    expect(suite.drivers.map(({ name }) => name)).toEqual(drivers);
  });

  it("have a clean and a faulty twin for every mistake with memory", () => {
    const ownership = suite.vectors.filter(isOwnership);
    expect(ownership.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["leak", "double-free", "use-after-free", "unknown-pointer", "null-pointer"]),
    );
    for (const { cases } of ownership) {
      expect(new Set(cases.map(({ twin }) => twin))).toEqual(new Set(["clean", "faulty"]));
    }
  });
});

/** The problems that reading a suite tells. */
function problems(suite: ToySuite): readonly string[] {
  try {
    readSuite(toyFolders(suite));
    return [];
  } catch (error) {
    if (error instanceof SuiteError) return error.problems;
    throw error;
  }
}

describe("mistakes in vectors", () => {
  const one = (changes: object) => problems({ vectors: [{ ...toyVector, ...changes }] });
  const oneCase = (changes: object) => one({ cases: [{ arguments: [1], expect: { result: 2 }, ...changes }] });

  it.each([
    ["an unknown member", { colour: "red" }, /must NOT have additional properties \(colour\)/],
    ["another version", { version: 2 }, /\/version must be equal to constant \(1\)/],
    ["no cases", { cases: [] }, /\/cases must NOT have fewer than 1 items/],
    ["a signature that is none", { call: { ...toyVector.call, signature: "float65(float64)" } }, /float65/],
    [
      "a structure that is not declared",
      { call: { ...toyVector.call, signature: "float64(Point)", declarations: "typedef struct { double x; } Pont;" } },
      /Point/,
    ],
    [
      "declarations that are no C",
      { call: { ...toyVector.call, declarations: "typedef strct { double x; } Point;" } },
      /strct/,
    ],
    ["a kind of call that is none", { call: { kind: "telepathy" } }, /\/call/],
  ])("%s", (_, changes, expected) => {
    expect(one(changes).join("\n")).toMatch(expected);
  });

  it.each([
    ["no expectation", { expect: {} }, /must NOT have fewer than 1 properties/],
    ["a value that is not encoded exactly", { expect: { result: { $number: "0" } } }, /\/expect\/result/],
    ["a pointer to no block", { arguments: [{ $pointer: "p" }] }, /there is no block p/],
    ["a block that nothing points to", { memory: { p: { $bytes: "00" } } }, /no argument points to the block p/],
    ["memory expected of no block", { expect: { memory: { p: { $bytes: "00" } } } }, /there is no block p/],
    ["a closure that is not declared", { arguments: [{ $closure: "f" }] }, /there is no closure f/],
    [
      "an exception where no closure could throw",
      { expect: { throws: "too far" } },
      /only a call with a closure throws/,
    ],
    ["a callback that is not declared", { arguments: [{ $callback: "f" }] }, /there is no callback f/],
    [
      "an array with an element out of range",
      { arguments: [{ $array: { type: "int8", values: [200] } }] },
      /encodes no value/,
    ],
    ["a status where there is none", { expect: { status: { status: "ok" } } }, /only a twin reports a status/],
  ])("%s", (_, changes, expected) => {
    expect(oneCase(changes).join("\n")).toMatch(expected);
  });

  it("two vectors with the same content", () => {
    const again = { ...toyVector, name: "again" };
    expect(problems({ vectors: [toyVector, again] }).join()).toMatch(/two vectors call the same/);
  });
});

describe("mistakes in ownership vectors", () => {
  const allocate = { do: "allocate", with: "start_procedure", arguments: ["{}"], as: "answer" };
  const free = { do: "free", of: "answer", with: "free_mem", expect: { status: "ok" } };
  const clean = { twin: "clean", steps: [allocate, free], live: [] };
  const faulty = { twin: "faulty", steps: [allocate], live: ["answer"] };
  const vector = (cases: readonly object[]) => {
    return problems({ vectors: [{ ...toyVector, call: { kind: "ownership" }, cases }] }).join("\n");
  };

  it("none in a good one", () => expect(vector([clean, faulty])).toBe(""));
  it("no clean twin", () => expect(vector([faulty, faulty])).toMatch(/there is no clean twin/));
  it("no faulty twin", () => expect(vector([clean, clean])).toMatch(/there is no faulty twin/));
  it("a clean twin with a fault", () => {
    expect(vector([{ ...clean, live: ["answer"] }, faulty])).toMatch(/a clean twin has a fault/);
  });
  it("a faulty twin without one", () => {
    expect(vector([clean, { ...faulty, live: [], steps: [allocate, free] }])).toMatch(/a faulty twin has no fault/);
  });
  it("a fault that need not be named", () => {
    const again = { ...free, expect: { status: "already_released" } };
    expect(vector([clean, { ...clean, twin: "faulty", steps: [allocate, free, again] }])).toMatch(/the case says none/);
  });
  it("a name that is not allocated", () => {
    expect(vector([{ ...clean, steps: [free] }, faulty])).toMatch(/answer is not allocated before its use/);
  });
});

describe("mistakes in expectations", () => {
  const good = { driver: "good", cells: ["toy/double/2"], outcome: "crash", reason: "a reason that is long enough" };
  const found = (...expectations: readonly object[]) => problems({ expectations }).join("\n");

  it("none in a good one", () => expect(found(good)).toBe(""));
  it("an unknown driver", () => expect(found({ ...good, driver: "nobody" })).toMatch(/unknown driver nobody/));
  it("no such cell", () =>
    expect(found({ ...good, cells: ["toy/triple/*"] })).toMatch(/toy\/triple\/\* matches no cell/));
  it("two for one cell", () => {
    expect(found(good, { ...good, cells: ["toy/*/*"] })).toMatch(/two expectations of good match toy\/double\/2/);
  });
  it("no reason", () => expect(found({ ...good, reason: "broken" })).toMatch(/\/reason must NOT have fewer/));
});

describe("selections", () => {
  const plan = (only: readonly string[], drivers: readonly string[] = []) => {
    const suite = readSuite(toyFolders({ drivers: { one: "none", two: "none" } }));
    const { jobs, drivers: chosen } = generate(suite, { only, drivers });
    return [jobs.map(({ key }) => key), chosen.map(({ name }) => name)];
  };

  it("take a family, a vector or a case, and drivers", () => {
    const all = ["toy/double/1", "toy/double/2", "toy/double/3"];
    expect(plan([])).toEqual([all, ["one", "two"]]);
    expect(plan(["toy"], ["two"])).toEqual([all, ["two"]]);
    expect(plan(["toy/double"])).toEqual([all, ["one", "two"]]);
    expect(plan(["toy/double/2"])).toEqual([["toy/double/2"], ["one", "two"]]);
  });

  it("refuse what is not there", () => {
    expect(() => plan(["toy/doub"])).toThrow("nothing is called toy/doub");
    expect(() => plan([], ["three"])).toThrow("there is no driver three; there are one, two");
  });
});
