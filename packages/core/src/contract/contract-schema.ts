// The JSON Schema (draft 2020-12) of contracts. The reader in read-contract.ts accepts the same documents and refuses
// a few more, which a schema cannot tell: names that refer to nothing. Pure.
import { contractVersion } from "./contract.ts";

const text = { type: "string", minLength: 1 } as const;
const identifier = { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" } as const;
const count = { type: "integer", minimum: 0 } as const;
const type = { $ref: "#/$defs/type" } as const;

/** An object with exactly these members; those after the bar may be absent. */
function object(required: Record<string, object>, optional: Record<string, object> = {}) {
  const properties = { ...required, ...optional };
  return { type: "object", properties, required: Object.keys(required), additionalProperties: false } as const;
}

const list = (items: object) => ({ type: "array", items }) as const;
const kind = (name: string) => ({ const: name }) as const;
const ownership = { enum: ["borrowed", "retained", "owned", "transferred"] } as const;
const threads = { enum: ["caller", "any"] } as const;
const encoding = { const: "utf-8" } as const;
const functionType = { result: type, parameters: list(type) };

const definitions = {
  type: {
    oneOf: [
      object({ kind: kind("void") }),
      object({ kind: kind("scalar"), name: text }),
      object({ kind: kind("pointer"), to: type, constant: { type: "boolean" } }),
      object({ kind: kind("array"), of: type, length: { type: "integer", minimum: 1 } }),
      object({ kind: kind("struct"), name: identifier }),
      object({ kind: kind("opaque"), name: identifier }),
      object({ kind: kind("function"), ...functionType }),
    ],
  },
  functionType: object(functionType),
  parameter: object(
    { name: identifier, type },
    {
      nullable: { type: "boolean" },
      ownership,
      direction: { enum: ["in", "out", "in-out", "opaque"] },
      length: { ...list({ type: "string", pattern: "^([A-Za-z_][A-Za-z0-9_]*|[0-9]+)$" }), minItems: 1 },
      encoding,
      callback: object({ signatures: { ...list({ $ref: "#/$defs/functionType" }), minItems: 1 }, threads }),
      handle: text,
      destructor: identifier,
    },
  ),
  result: object({ type, status: { type: "boolean" } }, { ownership, destructor: identifier, handle: text, encoding }),
  field: object({ name: identifier, type, offset: count, documentation: text }),
  struct: object({
    name: identifier,
    documentation: text,
    size: count,
    align: count,
    fields: list({ $ref: "#/$defs/field" }),
  }),
  status: object({ name: identifier, code: { type: "integer" }, documentation: text }),
  function: object({
    name: identifier,
    topic: text,
    documentation: text,
    symbols: object({ plain: identifier }, { twin: identifier }),
    parameters: list({ $ref: "#/$defs/parameter" }),
    result: { $ref: "#/$defs/result" },
    failure: object({ plain: text }, { twin: text }),
    threads,
  }),
} as const;

export const contractSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: `urn:cfunc:contract:${contractVersion}`,
  title: "Contract of a native library",
  ...object({
    version: { const: contractVersion },
    library: identifier,
    statusStruct: identifier,
    statuses: list({ $ref: "#/$defs/status" }),
    structs: list({ $ref: "#/$defs/struct" }),
    functions: list({ $ref: "#/$defs/function" }),
  }),
  $defs: definitions,
} as const;
