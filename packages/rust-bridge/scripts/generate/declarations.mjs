// src/generated/declarations.ts: the same interface for TypeScript, as strings that @cfunc/core types and parses.
import { declare, isIdentifier, prototype, symbolsOf } from "./c-types.mjs";

export function declarationsText(contract) {
  const used = new Set();
  const structs = contract.structs.map((one) => structText(one, used));
  const prototypes = contract.functions.flatMap((fn) =>
    symbolsOf(fn).map((symbol) => `  ${fn.symbols[symbol]}: ${JSON.stringify(signatureText(contract, fn, symbol))},`),
  );
  const callbacks = contract.functions.flatMap(({ name, parameters }) =>
    parameters
      .filter(({ callback }) => callback !== undefined)
      .map(({ name: parameter, callback }, i) => {
        const types = callback.signatures.map((one) => JSON.stringify(declare({ kind: "function", ...one }, "f")));
        const key = i === 0 ? name : JSON.stringify(`${name}.${parameter}`);
        return `  ${key}: { signatures: [${types.join(", ")}], threads: ${JSON.stringify(callback.threads)} },`;
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

/** The types that a function's callback may have, and where it is called; a second callback goes by its name too. */
export const callbacks = {
${callbacks.join("\n")}
} as const;

/** Status codes by name. */
export const statuses = {
${statuses.join("\n")}
} as const;
`;
}

/** A prototype; in the notation of signatures where C has no identifier like the symbol. Opaque structures are void. */
function signatureText(contract, fn, symbol) {
  if (!isIdentifier(fn.symbols[symbol])) {
    return `${fn.result.type.name}(${fn.parameters.map(({ type }) => type.name).join(", ")})`;
  }
  const plain = ({ type, ...rest }) => ({ ...rest, type: withoutOpaque(type) });
  const parameters = fn.parameters.map(plain);
  return prototype(contract, { ...fn, parameters, result: plain(fn.result) }, symbol);
}

function withoutOpaque(type) {
  if (type.kind === "opaque") return { kind: "void" };
  return type.kind === "pointer" ? { ...type, to: withoutOpaque(type.to) } : type;
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
    case "pointer":
      used.add("CPointer");
      return `CPointer(${objectOf(type.to, used)})`;
    case "array":
      used.add("array");
      return `array(${objectOf(type.of, used)}, ${type.length})`;
    default:
      throw new Error(`a field of kind ${type.kind} has no TypeScript declaration yet`);
  }
}
