// The JSON Schema (draft 2020-12) of encoded values. Says all about their shape; that an element fits its array's type
// and that a special form was needed is for the decoder. Pure.
import { arrayNames, specialNumbers, valueEncodingVersion } from "./value-encoding.ts";

const value = { $ref: "#/$defs/value" } as const;

/** An object with one member. */
const tagged = (name: string, content: object) =>
  ({ type: "object", properties: { [name]: content }, required: [name], additionalProperties: false }) as const;

const codeUnit = { type: "integer", minimum: 0, maximum: 0xffff } as const;
const entry = { type: "array", prefixItems: [{ type: "string" }, value], items: false, minItems: 2 } as const;
const special = { enum: specialNumbers } as const;

export const valueSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: `urn:cfunc:value:${valueEncodingVersion}`,
  title: "Exact JSON encoding of a value",
  ...value,
  $defs: {
    value: {
      oneOf: [
        { type: ["null", "boolean", "number", "string"] },
        { type: "array", items: value },
        { type: "object", propertyNames: { pattern: "^(?!\\$)" }, additionalProperties: value },
        tagged("$undefined", { const: true }),
        tagged("$number", special),
        tagged("$bigint", { type: "string", pattern: "^(0|-?[1-9][0-9]*)$" }),
        tagged("$bytes", { type: "string", pattern: "^([0-9a-f]{2})*$" }),
        tagged("$utf16", { type: "array", items: codeUnit, minItems: 1 }),
        tagged("$array", {
          type: "object",
          properties: {
            type: { enum: arrayNames },
            values: {
              type: "array",
              items: { anyOf: [{ type: "number" }, tagged("$number", special), { $ref: "#/$defs/bigint" }] },
            },
          },
          required: ["type", "values"],
          additionalProperties: false,
        }),
        tagged("$object", { type: "array", items: entry, minItems: 1 }),
      ],
    },
    bigint: tagged("$bigint", { type: "string", pattern: "^(0|-?[1-9][0-9]*)$" }),
  },
} as const;
