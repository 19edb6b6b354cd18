// First stage, read: vectors, driver descriptions and expectations from their files to one checked suite. Throws
// SuiteError with every problem found. Starts nothing.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { lintVector } from "../vectors/lint.ts";
import type { Vector } from "../vectors/vector.ts";
import { type Expectation, lintExpectations } from "./expectations.ts";
import { readSchemas, type Validator, type Validators } from "./schemas.ts";
import { SuiteError } from "./suite-error.ts";

export interface DriverDescription {
  readonly name: string;
  readonly about: string;
  readonly order: number;
  readonly command: readonly string[];
  /** Where its description is, and where it is started. */
  readonly folder: string;
}

export interface Suite {
  readonly vectors: readonly Vector[];
  readonly drivers: readonly DriverDescription[];
  readonly expectations: readonly Expectation[];
  readonly validators: Validators;
}

export interface SuiteFolders {
  readonly schema: string;
  readonly vectors: string;
  /** Each holds a folder a driver. */
  readonly drivers: readonly string[];
  /** A file. */
  readonly expectations: string;
}

/** The folders of this package. */
export function ownFolders(): SuiteFolders {
  const root = resolve(import.meta.dirname, "..", "..");
  const at = (name: string) => join(root, name);
  return {
    schema: at("schema"),
    vectors: at("vectors"),
    drivers: [at("drivers")],
    expectations: at("expectations/expectations.json"),
  };
}

export function readSuite(folders: SuiteFolders): Suite {
  const problems: string[] = [];
  const validators = readSchemas(folders.schema);
  const load = <T>(file: string, validate: Validator): T | undefined => {
    try {
      const document: unknown = JSON.parse(readFileSync(file, "utf8"));
      const found = validate(document);
      problems.push(...found.map((problem) => `${shown(file)}: ${problem}`));
      return found.length === 0 ? (document as T) : undefined;
    } catch (error) {
      problems.push(`${shown(file)}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const vectors = readVectors(folders.vectors, problems, (file) => load<Vector>(file, validators.vector));
  const drivers = folders.drivers.flatMap((parent) =>
    subfolders(parent).flatMap((folder) => {
      const read = load<Omit<DriverDescription, "folder">>(join(folder, "driver.json"), validators.driver);
      if (read === undefined) return [];
      if (read.name !== basename(folder)) problems.push(`${shown(folder)}: the driver in it calls itself ${read.name}`);
      return [{ ...read, folder }];
    }),
  );
  for (const name of repeated(drivers.map(({ name }) => name))) problems.push(`two drivers are called ${name}`);
  const file = load<{ readonly expectations: readonly Expectation[] }>(folders.expectations, validators.expectations);
  const expectations = file?.expectations ?? [];
  if (problems.length === 0) problems.push(...lintExpectations(expectations, vectors, drivers));
  if (problems.length > 0) throw new SuiteError(problems);
  return { vectors, drivers: drivers.sort((a, b) => a.order - b.order), expectations, validators };
}

function readVectors(parent: string, problems: string[], load: (file: string) => Vector | undefined): Vector[] {
  const vectors: Vector[] = [];
  for (const folder of subfolders(parent)) {
    const files = readdirSync(folder).sort();
    for (const name of files.filter((one) => !one.endsWith(".json"))) {
      problems.push(`${shown(join(folder, name))}: a folder of vectors holds only .json files`);
    }
    for (const name of files.filter((one) => one.endsWith(".json"))) {
      const file = join(folder, name);
      const vector = load(file);
      if (vector === undefined) continue;
      const place = `${basename(folder)}/${basename(name, ".json")}`;
      const stated = `${vector.family}/${vector.name}`;
      if (stated !== place) problems.push(`${shown(file)}: it calls itself ${stated}, its place says ${place}`);
      problems.push(...lintVector(vector).map((problem) => `${shown(file)}: ${problem}`));
      vectors.push(vector);
    }
  }
  if (vectors.length === 0) problems.push(`${shown(parent)}: there are no vectors`);
  const sources = vectors.filter(({ call }) => call.kind === "callback").map(({ call }) => JSON.stringify(call));
  for (const [i, source] of sources.entries()) {
    if (sources.indexOf(source) !== i) problems.push(`two vectors call the same: ${source.slice(0, 100)}`);
  }
  return vectors;
}

function subfolders(parent: string): string[] {
  const inside = readdirSync(parent).map((name) => join(parent, name));
  return inside.filter((path) => statSync(path).isDirectory()).sort();
}

const shown = (path: string) => relative(process.cwd(), path) || path;
const repeated = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);
