// A callee and a caller in C for each signature. The callee copies its arguments to where `sink` points and returns
// what lies where `source` points; the caller does it the other way round. Text only.
import type { CType, Signature } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { inC } from "../types/gcc.ts";
import type { Generated } from "./generate.ts";

const prelude = `
typedef __INT8_TYPE__ int8_t; typedef __INT16_TYPE__ int16_t; typedef __INT32_TYPE__ int32_t; typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t; typedef __UINT16_TYPE__ uint16_t; typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t; typedef __SIZE_TYPE__ size_t;
`;

/** Where the value of each parameter lies in the shared buffers, and the result after them. */
export interface Places {
  readonly params: readonly number[];
  readonly result: number;
}

export function placesOf({ params }: Signature): Places {
  let at = 0;
  const places = params.map(({ type }) => {
    const place = at;
    at += Math.ceil(sizeOf(type) / 16) * 16;
    return place;
  });
  return { params: places, result: at };
}

const declare = (type: Generated["types"][number]): string =>
  `${type.kind} ${type.name} { ${type.fields.map((field) => `${declarator(field.type, field.name)};`).join(" ")} };`;

function declarator(type: CType, name: string): string {
  return type.kind === "array" ? declarator(type.of, `${name}[${type.length}]`) : `${inC(type)} ${name}`;
}

export function cSource({ types, signatures }: Generated): string {
  const functions = signatures.map((signature, i) => {
    const { params, result } = signature;
    const places = placesOf(signature);
    const list = params.map(({ type }, k) => `${inC(type)} p${k}`).join(", ") || "void";
    const r = inC(result);
    const copies = params.map((_, k) => `__builtin_memcpy(sink + ${places.params[k]}, &p${k}, sizeof p${k});`);
    const loads = params.map(
      ({ type }, k) => `${inC(type)} p${k}; __builtin_memcpy(&p${k}, source + ${places.params[k]}, sizeof p${k});`,
    );
    const call = `f(${params.map((_, k) => `p${k}`).join(", ")})`;
    const isVoid = result.kind === "void";
    return `
${r} callee_${i}(${list}) {
  ${copies.join("\n  ")}
  ${isVoid ? "" : `${r} r; __builtin_memcpy(&r, source + ${places.result}, sizeof r); return r;`}
}
void caller_${i}(${r} (*f)(${list})) {
  ${loads.join("\n  ")}
  ${isVoid ? `${call};` : `${r} r = ${call}; __builtin_memcpy(sink + ${places.result}, &r, sizeof r);`}
}`;
  });
  return [
    prelude,
    "unsigned char *source, *sink;",
    "void use(unsigned char *from, unsigned char *to) { source = from; sink = to; }",
    ...types.map(declare),
    ...functions,
    "",
  ].join("\n");
}
