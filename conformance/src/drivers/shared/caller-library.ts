// Callers in another language: for each shape of signature a function that takes an address, argument slots of eight
// bytes and a place for the result, generated, compiled once for all shapes, and opened. It makes the call that is under
// test; here its slots are only filled and read.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSignature } from "@cfunc/core";
import { type Library, makeCallable, openLibrary } from "@cfunc/core/native";
import { signatureOf } from "../../vectors/signatures.ts";
import type { DeclaredSignature } from "../../vectors/vector.ts";
import { contract, targetOf } from "./bridge-library.ts";
import { hasShape, keyOf, namedOf, type Shape, shapeOf } from "./shape.ts";
import { readResult, withSlots } from "./slots.ts";
import type { Caller } from "./target.ts";

export interface CallerLanguage {
  readonly extension: string;
  /** The source of the callers, each with the name that it must export. */
  write(callers: readonly NamedShape[]): string;
  /** The command line that compiles the file to a shared object. */
  compile(source: string, object: string): readonly [string, ...string[]];
}
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** Why a tool cannot be started, or undefined. */
export function missingTool(command: string, what: string): string | undefined {
  const { error, status } = spawnSync(command, ["--version"], { stdio: "ignore" });
  if (error === undefined && status === 0) return undefined;
  return `no ${what}: \`${command} --version\` does not run`;
}

/** The shapes of these callbacks' signatures, and of every function of the library that takes and gives no structure by value. */
export function shapesFor(signatures: readonly DeclaredSignature[]): readonly NamedShape[] {
  const functions = contract().functions.flatMap((fn) => {
    const kinds = fn.symbols.twin === undefined ? (["plain"] as const) : (["plain", "twin"] as const);
    return kinds.map((kind) => targetOf(fn, kind).signature);
  });
  const declared = signatures.map((one) => {
    const signature = signatureOf(one);
    return shapeOf(signature, one.declarations, namedOf(one, signature));
  });
  const shapes = [...declared, ...functions.filter(hasShape).map((one) => shapeOf(one))];
  const distinct = [...new Map(shapes.map((shape) => [keyOf(shape), shape])).values()];
  return distinct.map((shape, i) => ({ name: `caller_${i}`, shape }));
}

/** Writes, compiles and opens what `language` makes of these callers. A file that is there already is not made again. */
export function buildLibrary(language: CallerLanguage, callers: readonly NamedShape[], folder: string): Library {
  const text = language.write(callers);
  // Another compiler makes another library of the same text.
  const made = [text, ...language.compile("", "")].join("\0");
  const name = createHash("sha256").update(made).digest("hex").slice(0, 16);
  const object = join(folder, `${name}.so`);
  if (!existsSync(object)) {
    const source = join(folder, `${name}.${language.extension}`);
    writeFileSync(source, text);
    const [program, ...args] = language.compile(source, `${object}.new`);
    const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} does not compile the callers: ${error?.message ?? stderr}`);
    renameSync(`${object}.new`, object);
  }
  return openLibrary(object);
}

/** A driver's way of calling, through callers in another language. */
export function callThrough(
  language: CallerLanguage,
  signatures: readonly DeclaredSignature[],
  folder: string,
): Caller {
  const callers = shapesFor(signatures);
  const library = buildLibrary(language, callers, folder);
  const signature = parseSignature("void(voidptr, voidptr, voidptr)");
  const known = new Map(
    callers.map(({ name, shape }) => [keyOf(shape), makeCallable(library.symbol(name), signature, { name })]),
  );
  return ({ address, signature: called, declarations, named }, args) => {
    const shape = shapeOf(called, declarations, named);
    const caller = known.get(keyOf(shape));
    if (caller === undefined) throw new Error(`no caller was built for ${keyOf(shape)}`);
    if (args.length !== shape.params.length) throw new Error(`${args.length} arguments for ${keyOf(shape)}`);
    return withSlots(shape, args, (slots, result) => {
      caller({ address }, slots, result);
      return readResult(result, shape, called);
    });
  };
}
