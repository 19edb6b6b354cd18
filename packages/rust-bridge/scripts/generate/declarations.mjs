// src/generated/declarations.ts: the same interface for TypeScript, as strings that @cfunc/core types and parses.
import { declare, prototype, symbolsOf } from "./c-types.mjs";

export function declarationsText(contract) {
  const used = new Set();
  const structs = contract.structs.map((one) => structText(one, used));
  const prototypes = contract.functions.flatMap((fn) =>
    symbolsOf(fn).map((symbol) => `  ${fn.symbols[symbol]}: ${JSON.stringify(prototype(contract, fn, symbol))},`),
  );
  const callbacks = contract.functions.flatMap(({ name, parameters }) =>
    parameters
      .filter(({ callback }) => callback !== undefined)
      .map(({ callback }) => {
        const types = callback.signatures.map((one) => JSON.stringify(declare({ kind: "function", ...one }, "f")));
        return `  ${name}: { signatures: [${types.join(", ")}], threads: ${JSON.stringify(callback.threads)} },`;
      }),
  );
  const statuses = contract.statuses.map(({ name, code }) => `  ${name}: ${code},`);
  return `// The interface of lib${contract.library}.so. Generated from its contract; do not edit.
import { ${[...used, "struct"].sort().join(", ")} } from "@cfunc/core";

/** The structures that cross. */
export const types = {
${structs.join("\n")}
};

/** The C prototypes of every symbol. */
export const declarations = {
${prototypes.join("\n")}
} as const;

/** The types that a function's callback may have, and where it is called. */
export const callbacks = {
${callbacks.join("\n")}
} as const;

/** Status codes by name. */
export const statuses = {
${statuses.join("\n")}
} as const;
`;
}

function structText({ name, fields }, used) {
  const members = fields.map((field) => `    ${field.name}: ${objectOf(field.type, used)},`);
  return `  ${name}: struct("${name}", {\n${members.join("\n")}\n  }),`;
}

/** The type object of a field. */
function objectOf(type, used) {
  switch (type.kind) {
    case "scalar":
      used.add(type.name);
      return type.name;
    case "array":
      used.add("array");
      return `array(${objectOf(type.of, used)}, ${type.length})`;
    default:
      throw new Error(`a field of kind ${type.kind} has no TypeScript declaration yet`);
  }
}
