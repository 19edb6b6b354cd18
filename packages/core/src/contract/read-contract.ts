// From parsed JSON to a contract, or a ContractError that says where and why not. Checks what the schema checks, and
// that every name refers to something. Pure.

import { typeOfName } from "../types/names.ts";
import {
  type Contract,
  type ContractCallback,
  type ContractFunction,
  type ContractFunctionType,
  type ContractParameter,
  type ContractResult,
  type ContractStatus,
  type ContractStruct,
  type ContractType,
  contractVersion,
} from "./contract.ts";
import {
  asObject,
  boolean,
  describe,
  integer,
  JsonShapeError,
  list,
  matching,
  object,
  oneOf,
  type Reader,
  step,
  text,
} from "./json-reader.ts";

/** A contract that cannot be used. `pointer` says where, as a JSON pointer. */
export class ContractError extends JsonShapeError {
  override readonly name = "ContractError";
}

const identifier = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, "a C identifier");
const ownership = oneOf("borrowed", "retained", "owned", "transferred");
const threads = oneOf("caller", "any");
const encoding = oneOf("utf-8");

const typeReaders: Readonly<Record<string, Reader<ContractType>>> = {
  void: object({ kind: oneOf("void") }),
  scalar: object({ kind: oneOf("scalar"), name: scalarName }),
  pointer: object({ kind: oneOf("pointer"), to: type, constant: boolean }),
  array: object({ kind: oneOf("array"), of: type, length: integer(1) }),
  struct: object({ kind: oneOf("struct"), name: identifier }),
  opaque: object({ kind: oneOf("opaque"), name: identifier }),
  function: object({ kind: oneOf("function"), result: type, parameters: list(type) }),
};

function type(value: unknown, pointer: string): ContractType {
  const { kind } = asObject(value, pointer);
  const reader = typeof kind === "string" && Object.hasOwn(typeReaders, kind) ? typeReaders[kind] : undefined;
  if (reader === undefined) {
    const known = Object.keys(typeReaders).join(", ");
    throw new ContractError(step(pointer, "kind"), `expected one of ${known}, found ${describe(kind)}`);
  }
  return reader(value, pointer);
}

function scalarName(value: unknown, pointer: string): string {
  const name = text(value, pointer);
  const known = typeOfName(name)?.kind;
  if (known === "int" || known === "float" || known === "bool") return name;
  throw new ContractError(pointer, `\`${name}\` is not the name of a number, bool or char`);
}

const functionType: Reader<ContractFunctionType> = object({ result: type, parameters: list(type) });
const callback: Reader<ContractCallback> = object({ signatures: list(functionType, 1), threads });
const factor = matching(/^([A-Za-z_][A-Za-z0-9_]*|[0-9]+)$/, "a parameter or a number");
const parameter: Reader<ContractParameter> = object(
  { name: identifier, type },
  {
    nullable: boolean,
    ownership,
    direction: oneOf("in", "out", "in-out", "opaque"),
    length: list(factor, 1),
    encoding,
    callback,
    handle: text,
    destructor: identifier,
  },
);
const result: Reader<ContractResult> = object(
  { type, status: boolean },
  { ownership, destructor: identifier, handle: text, encoding },
);
const fn: Reader<ContractFunction> = object({
  name: identifier,
  topic: text,
  documentation: text,
  symbols: object({ plain: identifier }, { twin: identifier }),
  parameters: list(parameter),
  result,
  failure: object({ plain: text }, { twin: text }),
  threads,
});
const field = object({ name: identifier, type, offset: integer(0), documentation: text });
const struct: Reader<ContractStruct> = object({
  name: identifier,
  documentation: text,
  size: integer(0),
  align: integer(0),
  fields: list(field),
});
const anyInteger = integer(Number.MIN_SAFE_INTEGER);
const status: Reader<ContractStatus> = object({ name: identifier, code: anyInteger, documentation: text });
const contract: Reader<Contract> = object({
  version: oneOf(contractVersion),
  library: identifier,
  statusStruct: identifier,
  statuses: list(status),
  structs: list(struct),
  functions: list(fn),
});

/**
 * The contract in parsed JSON. Throws ContractError for another version, for a document of another shape, and for
 * names of structures, destructors or lengths that refer to nothing.
 */
export function readContract(json: unknown): Contract {
  try {
    const { version } = asObject(json, "");
    if (version !== contractVersion) {
      const found = describe(version);
      throw new ContractError("/version", `version ${contractVersion} is understood here, found ${found}`);
    }
    const read = contract(json, "");
    checkNames(read);
    return read;
  } catch (error) {
    if (!(error instanceof JsonShapeError) || error instanceof ContractError) throw error;
    const { pointer, message } = error;
    throw new ContractError(pointer, message.slice(message.indexOf(": ") + 2));
  }
}

function checkNames({ structs, functions, statusStruct }: Contract): void {
  const known = new Set(structs.map(({ name }) => name));
  const plain = new Set(functions.map(({ symbols }) => symbols.plain));
  if (!known.has(statusStruct)) throw new ContractError("/statusStruct", `there is no structure ${statusStruct}`);
  for (const [i, one] of structs.entries()) {
    for (const [j, { type }] of one.fields.entries()) checkStructs(type, known, `/structs/${i}/fields/${j}/type`);
  }
  for (const [i, { parameters, result }] of functions.entries()) {
    checkStructs(result.type, known, `/functions/${i}/result/type`);
    if (result.destructor !== undefined && !plain.has(result.destructor)) {
      throw new ContractError(`/functions/${i}/result/destructor`, `there is no function ${result.destructor}`);
    }
    const names = new Set(parameters.map(({ name }) => name));
    for (const [j, { type, length, callback, destructor }] of parameters.entries()) {
      if (destructor !== undefined && !plain.has(destructor)) {
        throw new ContractError(`/functions/${i}/parameters/${j}/destructor`, `there is no function ${destructor}`);
      }
      checkStructs(type, known, `/functions/${i}/parameters/${j}/type`);
      for (const [k, signature] of (callback?.signatures ?? []).entries()) {
        const pointer = `/functions/${i}/parameters/${j}/callback/signatures/${k}`;
        checkStructs({ kind: "function", ...signature }, known, pointer);
      }
      for (const [k, factor] of (length ?? []).entries()) {
        if (/^[0-9]/.test(factor) || names.has(factor)) continue;
        throw new ContractError(`/functions/${i}/parameters/${j}/length/${k}`, `there is no parameter ${factor}`);
      }
    }
  }
}

function checkStructs(type: ContractType, known: ReadonlySet<string>, pointer: string): void {
  if (type.kind === "struct" && !known.has(type.name)) {
    throw new ContractError(pointer, `there is no structure ${type.name}`);
  }
  if (type.kind === "pointer") checkStructs(type.to, known, step(pointer, "to"));
  if (type.kind === "array") checkStructs(type.of, known, step(pointer, "of"));
  if (type.kind === "function") {
    checkStructs(type.result, known, step(pointer, "result"));
    for (const [i, one] of type.parameters.entries()) checkStructs(one, known, `${pointer}/parameters/${i}`);
  }
}
