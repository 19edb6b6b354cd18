// The contract's reader against its schema: two independent judges of the same documents, and the signatures.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { ContractError, contractSchema, readContract, signatureOf } from "../../src/contract/index.ts";
import { printSignature } from "../../src/types/print.ts";
import { example } from "./example-contract.ts";

const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(contractSchema);

function refusal(json: unknown): ContractError {
  try {
    readContract(json);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

function accepts(json: unknown): boolean {
  try {
    readContract(json);
    return true;
  } catch (error) {
    if (error instanceof ContractError) return false;
    throw error;
  }
}

/** Every document that differs from the example in one place: removed, replaced, or given a member too many. */
function* mutations(json: unknown, rebuild: (part: unknown) => unknown): Generator<unknown> {
  for (const other of [null, true, -1, 1.5, "", "no such word", [], {}]) yield rebuild(other);
  if (typeof json !== "object" || json === null) return;
  if (!Array.isArray(json)) yield rebuild({ ...json, surplus: 1 });
  for (const [key, part] of Object.entries(json)) {
    const within = (changed: unknown) => {
      const copy: unknown = structuredClone(json);
      Object.defineProperty(copy, key, { value: changed, enumerable: true });
      return rebuild(copy);
    };
    if (!Array.isArray(json)) yield rebuild(Object.fromEntries(Object.entries(json).filter(([name]) => name !== key)));
    yield* mutations(part, within);
  }
}

describe("readContract", () => {
  test("gives back the contract that it read, and the schema agrees", () => {
    const json: unknown = JSON.parse(JSON.stringify(example));
    expect(readContract(json)).toEqual(example);
    expect(validate(json)).toBe(true);
  });

  test("refuses unknown versions", () => {
    for (const version of [0, 2, "1", null, undefined]) {
      const error = refusal({ ...example, version });
      expect(error.pointer).toBe("/version");
      expect(error.message).toMatch(/^\/version: version 1 is understood here, found /);
    }
  });

  test("never accepts what the schema refuses, and refuses more only where a name means nothing", () => {
    let count = 0;
    const stricter = new Set<string>();
    for (const mutant of mutations(example, (part) => part)) {
      count += 1;
      const valid = validate(mutant);
      if (accepts(mutant)) expect(valid, JSON.stringify(mutant)).toBe(true);
      else if (valid) stricter.add(refusal(mutant).message.replace(/^\S+ /, ""));
    }
    expect(count).toBeGreaterThan(1000);
    expect([...stricter].sort()).toEqual([
      "`no such word` is not the name of a number, bool or char",
      "there is no structure example_status",
    ]);
  });

  test("says where and what", () => {
    const [first, ...rest] = example.functions;
    const wrong = { ...example, functions: [{ ...first, threads: "main" }, ...rest] };
    expect(refusal(wrong).message).toBe('/functions/0/threads: expected "caller" or "any", found "main"');
  });

  test("refuses names that refer to nothing", () => {
    const cases: [RegExp, string, string][] = [
      [/"destructor":"give_back"/, '"destructor":"lost"', "/functions/0/result/destructor: there is no function lost"],
      [/\["4","n"\]/, '["4","m"]', "/functions/0/parameters/1/length/1: there is no parameter m"],
      [/"statusStruct":"example_status"/, '"statusStruct":"other"', "/statusStruct: there is no structure other"],
      [
        /"to":\{"kind":"void"\}/,
        '"to":{"kind":"struct","name":"Lost"}',
        "/functions/0/parameters/0/callback/signatures/0/parameters/1/to: there is no structure Lost",
      ],
    ];
    for (const [from, to, message] of cases) {
      const text = JSON.stringify(example);
      expect(text).toMatch(from);
      expect(refusal(JSON.parse(text.replace(from, to))).message).toBe(message);
    }
  });
});

describe("signatureOf", () => {
  const [apply, giveBack] = example.functions;
  if (apply === undefined || giveBack === undefined) throw new Error("the example has two functions");

  test("plain and twin", () => {
    expect(printSignature(signatureOf(example, apply, "plain"))).toBe(
      "CPointer(char)(size_t, CPointer(const float64), int32, CFunction(int32(int32, int32)))",
    );
    const twin = signatureOf(example, apply, "twin");
    expect(printSignature({ ...twin, params: twin.params.slice(4) })).toBe("CPointer(char)(CPointer(example_status))");
    expect(() => signatureOf(example, giveBack, "twin")).toThrow("give_back has no twin");
  });

  test("refuses a structure that is laid out otherwise", () => {
    const [status] = example.structs;
    if (status === undefined) throw new Error("the example has a structure");
    const wrong = { ...example, structs: [{ ...status, size: 24 }] };
    expect(() => signatureOf(wrong, apply, "twin")).toThrow("struct example_status is laid out otherwise");
  });
});
