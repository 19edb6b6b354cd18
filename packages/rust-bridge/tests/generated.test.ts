// Everything generated agrees with the library as it is, and with each other.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSignature, printSignature, sameSignature, sameType } from "@cfunc/core";
import { contractSchema, readContract, signatureOf, typeOf } from "@cfunc/core/contract";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { declarations, statuses, types } from "../src/generated/declarations.ts";
import { libraryPath } from "../src/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const script = join(root, "scripts", "build-native.mjs");
const json: unknown = JSON.parse(readFileSync(join(root, "contract.json"), "utf8"));
const contract = readContract(json);
const declared: Readonly<Record<string, string>> = declarations;
const lookup = (name: string) => declared[name] ?? expect.fail(`no declaration of ${name}`);

describe("freshness", () => {
  const check = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [script, "--check"], { encoding: "utf8", env: { ...process.env, ...env } });

  test("the committed files are those that the library's contract gives", () => {
    const { status, stderr } = check({ UPDATE: "" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});

test("without cargo the build says what to install", () => {
  const empty = mkdtempSync(join(tmpdir(), "no-cargo-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8", env: { PATH: empty } });
    expect(status).toBe(1);
    expect(stderr).toContain("cargo was not found. Install Rust");
  } finally {
    rmSync(empty, { recursive: true });
  }
});

describe("the contract", () => {
  test("follows its schema", () => {
    const validate = new Ajv2020({ strictRequired: false }).compile(contractSchema);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  test("names exactly what the library exports", () => {
    const exported = spawnSync("nm", ["-D", "--defined-only", libraryPath], { encoding: "utf8" });
    if (exported.error) return expect.fail(`nm is needed: ${exported.error.message}`);
    const functions = exported.stdout.split("\n").flatMap((line) => line.match(/ T (\S+)$/)?.[1] ?? []);
    const promised = contract.functions.flatMap(({ symbols }) => Object.values(symbols));
    expect(functions.sort()).toEqual([...promised].sort());
    return undefined;
  });

  test("every pointer has an owner, every owned result a destructor, every buffer a length", () => {
    for (const { name, parameters, result } of contract.functions) {
      for (const { type, ownership, direction, nullable, length } of parameters) {
        if (type.kind !== "pointer") continue;
        expect(ownership, name).toBeDefined();
        expect(nullable, name).toBeDefined();
        const isBuffer =
          ownership === "borrowed" && direction !== "in-out" && type.to.kind === "scalar" && type.to.name === "float64";
        if (isBuffer) expect(length, name).toBeDefined();
        if (ownership === "borrowed") expect(direction === "in", name).toBe(type.constant);
      }
      if (result.type.kind === "pointer" || result.handle !== undefined) {
        expect(["owned", "borrowed"], name).toContain(result.ownership);
        const ends = contract.functions.find(({ symbols }) => symbols.plain === result.destructor);
        const given = ends?.parameters.find(({ ownership }) => ownership === "transferred");
        expect(given?.type.kind, `${name} is ended by ${result.destructor}`).toBe(result.type.kind);
        expect(given?.handle, name).toBe(result.handle);
      }
    }
  });
});

describe("the TypeScript declarations", () => {
  test("say the same as the contract, symbol by symbol", () => {
    const parsed = (name: string) => parseSignature(lookup(name), types);
    let count = 0;
    for (const fn of contract.functions) {
      for (const kind of ["plain", "twin"] as const) {
        const name = fn.symbols[kind];
        if (name === undefined) continue;
        count += 1;
        const [ours, theirs] = [parsed(name), signatureOf(contract, fn, kind)];
        expect(sameSignature(ours, theirs), `${printSignature(ours)} and ${printSignature(theirs)}`).toBe(true);
      }
    }
    expect(count).toBe(Object.keys(declarations).length);
  });

  test("lay out the structures as Rust does, and number the statuses alike", () => {
    const made: Readonly<Record<string, { readonly type: Parameters<typeof sameType>[0] }>> = types;
    for (const { name } of contract.structs) {
      const type = made[name]?.type ?? expect.fail(`no type ${name}`);
      expect(sameType(type, typeOf(contract, { kind: "struct", name })), name).toBe(true);
    }
    expect(Object.entries(statuses)).toEqual(contract.statuses.map(({ name, code }) => [name, code]));
  });
});
