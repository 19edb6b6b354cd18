// include/bridge.h: the C header.
import { declare, isIdentifier, prototype, symbolsOf } from "./c-types.mjs";

export function headerText(contract) {
  const guard = `${contract.library.toUpperCase()}_H`;
  const statuses = contract.statuses.map(
    ({ name, code, documentation }) => `  /** ${documentation} */\n  BRIDGE_${name.toUpperCase()} = ${code},`,
  );
  return `/* The C interface of lib${contract.library}.so. Generated from its contract; do not edit.
 *
 * Every function has a plain symbol and a twin \`bridge_<name>\`, which reports through its last parameter, a
 * \`${contract.statusStruct} *\` of the caller's (or NULL). What a failed call gives, its comment says.
 */
#ifndef ${guard}
#define ${guard}

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The codes of \`${contract.statusStruct}\`, and of functions that return a status. */
enum bridge_code {
${statuses.join("\n")}
};

${opaqueText(contract)}${contract.structs.map(structText).join("\n\n")}

${contract.functions.map((fn) => functionText(contract, fn)).join("\n\n")}

#ifdef __cplusplus
}
#endif

#endif
`;
}

function comment(lines, indent = "") {
  const text = lines.join("\n").replaceAll("*/", "* /").split("\n");
  if (text.length === 1) return `${indent}/** ${text[0]} */`;
  return `${indent}/**\n${text.map((one) => `${indent} * ${one}`.trimEnd()).join("\n")}\n${indent} */`;
}

/** Structures whose inside only the library knows. */
function opaqueText({ functions }) {
  const types = functions.flatMap(({ parameters, result }) => [...parameters.map(({ type }) => type), result.type]);
  const pointed = types.filter(({ kind, to }) => kind === "pointer" && to.kind === "opaque").map(({ to }) => to.name);
  const lines = [...new Set(pointed)].sort().map((name) => `typedef struct ${name} ${name};`);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n\n`;
}

function structText({ name, documentation, fields }) {
  const members = fields.map(
    (field) => `${comment([field.documentation], "  ")}\n  ${declare(field.type, field.name)};`,
  );
  return `${comment([documentation])}\ntypedef struct ${name} {\n${members.join("\n")}\n} ${name};`;
}

function functionText(contract, fn) {
  const notes = fn.parameters.filter(({ callback }) => callback !== undefined).map(callbackNote);
  const failure = `On failure: ${fn.failure.plain}${fn.failure.twin === fn.failure.plain || fn.failure.twin === undefined ? "" : `; the twin: ${fn.failure.twin}`}.`;
  const { ownership, destructor } = fn.result;
  const verb = ownership === "borrowed" ? "End the borrow of" : "Release";
  const release = destructor === undefined ? [] : [`${verb} the result with \`${destructor}\`.`];
  const symbols = symbolsOf(fn).filter((symbol) => isIdentifier(fn.symbols[symbol]));
  const prototypes = symbols.map((symbol) => `${prototype(contract, fn, symbol)};`);
  return `${comment([fn.documentation, ...notes, ...release, failure])}\n${prototypes.join("\n")}`;
}

function callbackNote({ name, callback, nullable, destructor }) {
  const types = callback.signatures.map(
    (one) => `\`${declare({ kind: "pointer", to: { kind: "function", ...one } })}\``,
  );
  const where = callback.threads === "any" ? ", called from several threads at once" : "";
  const absent = nullable ? ", or 0 for none" : "";
  const kept = destructor === undefined ? "" : `, kept until \`${destructor}\``;
  return `\`${name}\` is the address of a ${types.join(" or a ")}${absent}${where}${kept}.`;
}
