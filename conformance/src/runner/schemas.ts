// The JSON Schemas of the suite, compiled. One validator a kind of document; problems are sentences with the place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { valueSchema } from "@cfunc/core/contract";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";

export type Validator = (document: unknown) => readonly string[];

export interface Validators {
  readonly vector: Validator;
  readonly expectations: Validator;
  readonly driver: Validator;
  readonly message: Validator;
}

/** `folder` holds the schema files. */
export function readSchemas(folder: string): Validators {
  // `uri` is the only format, and a link that is none does no harm.
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false, validateFormats: false });
  ajv.addSchema(valueSchema);
  const compiled = (name: string): ValidateFunction =>
    ajv.compile(JSON.parse(readFileSync(join(folder, `${name}.schema.json`), "utf8")));
  // The message schema refers to the vector schema.
  const vector = compiled("vector");
  return {
    vector: validator(vector),
    expectations: validator(compiled("expectations")),
    driver: validator(compiled("driver")),
    message: validator(compiled("message")),
  };
}

function validator(validate: ValidateFunction): Validator {
  return (document) => (validate(document) ? [] : told(validate.errors ?? []));
}

/** Of alternatives, all of which fail, the deepest complaints are the ones that help. */
function told(errors: readonly ErrorObject[]): readonly string[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const useful = errors.filter(({ keyword }) => !["oneOf", "anyOf", "if"].includes(keyword));
  const shown = useful.length > 0 ? useful : errors;
  const deepest = Math.max(...shown.map(depth));
  const sentences = shown.filter((error) => depth(error) === deepest).map(sentence);
  return [...new Set(sentences)];
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  const detail = Object.entries(params as Record<string, unknown>)
    .filter(([name]) => ["additionalProperty", "allowedValues", "allowedValue"].includes(name))
    .map(([, value]) => ` (${Array.isArray(value) ? value.join(", ") : String(value)})`);
  return `${instancePath || "the document"} ${message ?? "is wrong"}${detail.join("")}`;
}
