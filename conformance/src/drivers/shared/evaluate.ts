// A source function's text as a JavaScript function, with what core exports in scope, so that compilers see it with its
// captured values as they would see it in a module.
import * as core from "@cfunc/core";
import type { TranspiledFunction } from "../../protocol/messages.ts";
import { typesOf } from "../../vectors/signatures.ts";

/** `scope` replaces or adds names. Throws what evaluating the text throws. */
export function evaluate(
  { javascript, declarations }: TranspiledFunction,
  scope: Readonly<Record<string, unknown>> = {},
): (...args: never[]) => unknown {
  const names: Readonly<Record<string, unknown>> = { ...core, ...typesOf(declarations), ...scope };
  const body = `"use strict";\n${javascript.prelude}\nreturn ${javascript.source};`;
  const made: unknown = new Function(...Object.keys(names), body)(...Object.values(names));
  if (typeof made !== "function") throw new Error("the vector's source is no function");
  return made as (...args: never[]) => unknown;
}
