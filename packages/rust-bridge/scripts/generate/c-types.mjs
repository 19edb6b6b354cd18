// The contract's types in C's own notation.
const scalars = {
  bool: "bool",
  char: "char",
  int8: "int8_t",
  int16: "int16_t",
  int32: "int32_t",
  int64: "int64_t",
  uint8: "uint8_t",
  uint16: "uint16_t",
  uint32: "uint32_t",
  uint64: "uint64_t",
  size_t: "size_t",
  ssize_t: "ssize_t",
  float32: "float",
  float64: "double",
};

/** A declaration of `name` as the type; without a name, the type alone. Structures go by their typedef. */
export function declare(type, name = "") {
  const spaced = (base) => (name === "" || name.startsWith("*") ? `${base} ${name}`.trimEnd() : `${base} ${name}`);
  switch (type.kind) {
    case "void":
      return spaced("void");
    case "scalar":
      if (!Object.hasOwn(scalars, type.name)) throw new Error(`no C type for ${type.name}`);
      return spaced(scalars[type.name]);
    case "struct":
    case "opaque":
      return spaced(type.name);
    case "array":
      return declare(type.of, `${name}[${type.length}]`);
    case "pointer": {
      if (type.to.kind === "function") return declareFunction(type.to, `(*${name})`);
      const target = declare(type.to, `*${name}`);
      return type.constant ? `const ${target}` : target;
    }
    case "function":
      return declareFunction(type, name);
    default:
      throw new Error(`no C notation for a type of kind ${type.kind}`);
  }
}

function declareFunction({ result, parameters }, name) {
  return declare(result, `${name}(${parameters.map((one) => declare(one)).join(", ") || "void"})`);
}

/** `double bridge_length(const Vector3 *vector, bridge_status *status)`; `symbol` is "plain" or "twin". */
export function prototype(contract, fn, symbol) {
  const parameters = fn.parameters.map(({ name, type }) => declare(type, name));
  if (symbol === "twin") parameters.push(`${contract.statusStruct} *status`);
  return declare(fn.result.type, `${fn.symbols[symbol]}(${parameters.join(", ") || "void"})`);
}

/** The symbols of a function: the plain one before its twin. */
export function symbolsOf(fn) {
  return fn.symbols.twin === undefined ? ["plain"] : ["plain", "twin"];
}

/** Can C declare this symbol? `double` is a word of the language. */
export function isIdentifier(symbol) {
  return !keywords.has(symbol);
}

const keywords = new Set("double float int long short char signed unsigned void struct union enum static".split(" "));
