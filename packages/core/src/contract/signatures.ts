// From the contract's types to the signatures that calls are made with. Structures are laid out by our own rules, and
// must come out as the library's compiler laid them out. Pure.
import type { CType, Parameter, Signature, StructType } from "../types/ctype.ts";
import { assertNever } from "../types/ctype.ts";
import { typeOfName } from "../types/names.ts";
import { layoutStruct } from "../types/records.ts";
import type { Contract, ContractFunction, ContractFunctionType, ContractStruct, ContractType } from "./contract.ts";
import { ContractError } from "./read-contract.ts";

/** `plain`: the name scripts use. `twin`: with a pointer to a status as last parameter. */
export type SymbolKind = "plain" | "twin";

/** The C type of a contract's type. Throws ContractError for a structure that is not in the contract or lies wrong. */
export function typeOf(contract: Contract, type: ContractType): CType {
  switch (type.kind) {
    case "void":
      return { kind: "void" };
    case "scalar": {
      const known = typeOfName(type.name);
      if (known === undefined) throw new ContractError("", `there is no type ${type.name}`);
      return known;
    }
    case "pointer":
      return { kind: "pointer", to: typeOf(contract, type.to), constant: type.constant };
    case "array":
      return { kind: "array", of: typeOf(contract, type.of), length: type.length };
    case "opaque":
      return { kind: "void" };
    case "struct": {
      const found = contract.structs.find(({ name }) => name === type.name);
      if (found === undefined) throw new ContractError("", `there is no structure ${type.name}`);
      return structOf(contract, found);
    }
    case "function":
      return { kind: "function", signature: functionTypeOf(contract, type) };
    default:
      return assertNever(type);
  }
}

/** The signature of a callback's type. */
export function functionTypeOf(contract: Contract, type: ContractFunctionType): Signature {
  const params = type.parameters.map((one) => ({ type: typeOf(contract, one) }));
  return { result: typeOf(contract, type.result), params, variadic: false };
}

/** The signature of one of a function's symbols. Throws ContractError where there is no twin. */
export function signatureOf(contract: Contract, fn: ContractFunction, symbol: SymbolKind): Signature {
  const params: Parameter[] = fn.parameters.map(({ name, type }) => ({ name, type: typeOf(contract, type) }));
  if (symbol === "twin") {
    if (fn.symbols.twin === undefined) throw new ContractError("", `${fn.name} has no twin with a status`);
    const status: ContractType = { kind: "struct", name: contract.statusStruct };
    params.push({ name: "status", type: typeOf(contract, { kind: "pointer", to: status, constant: false }) });
  }
  return { result: typeOf(contract, fn.result.type), params, variadic: false };
}

function structOf(contract: Contract, struct: ContractStruct): StructType {
  const { name, fields, size, align } = struct;
  const laidOut: StructType = layoutStruct(
    name,
    Object.fromEntries(fields.map((field) => [field.name, typeOf(contract, field.type)])),
  );
  const agrees =
    laidOut.size === size &&
    laidOut.align === align &&
    laidOut.fields.every((field, i) => field.offset === fields[i]?.offset);
  if (!agrees) throw new ContractError("", `struct ${name} is laid out otherwise here than in the library`);
  return laidOut;
}
