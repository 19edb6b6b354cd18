// Four C functions for each sample. `callee` copies its arguments to where `sink` points and returns what lies where
// `source` points. `caller` calls it with what lies at `source` and copies the result to `sink`. `relay` hands its
// arguments to a function pointer and returns what that returns, and `through` calls a relay. Text only.
import { inC } from "../types/gcc.ts";
import { type Place, type Places, placesOf } from "./places.ts";
import { declaration } from "./record.ts";
import { aggregatesOf, argumentsOf, type Sample } from "./sample.ts";

const prelude = `
typedef __INT8_TYPE__ int8_t; typedef __INT16_TYPE__ int16_t; typedef __INT32_TYPE__ int32_t; typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t; typedef __UINT16_TYPE__ uint16_t; typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t; typedef __SIZE_TYPE__ size_t; typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t; typedef long ssize_t;
`;

/** `prefix` starts the names of all functions, so that several sides can be one program. */
export function cSource(samples: readonly Sample[], prefix = ""): string {
  return [
    prelude,
    "static unsigned char *source, *sink;",
    `void ${prefix}use(unsigned char *from, unsigned char *to) { source = from; sink = to; }`,
    `void ${prefix}run(void (*caller)(void *, void *), void *f, void *back) { caller(f, back); }`,
    ...[...aggregatesOf(samples).values()].map(declaration),
    ...samples.map((sample, i) => functions(sample, i, prefix)),
    "",
  ].join("\n");
}

/** The prototype of a sample's function, and of a pointer to it. */
export function prototype(sample: Sample, name: string): string {
  const { params, result, variadic } = sample.signature;
  const list = [...params.map(({ type }, k) => `${inC(type)} p${k}`), ...(variadic ? ["..."] : [])];
  return `${inC(result)} ${name}(${list.join(", ") || "void"})`;
}

function functions(sample: Sample, i: number, prefix: string): string {
  const { variadic, params } = sample.signature;
  const places = placesOf(sample);
  const types = argumentsOf(sample);
  const passed = types.map((_, k) => `p${k}`).join(", ");
  const back = prototype(sample, "(*back)");
  const relayed = [back, ...types.map((type, k) => `${inC(type)} p${k}`)].join(", ");
  const r = inC(sample.signature.result);
  const loads = places.args.map((place, k) => load(place, `p${k}`)).join("\n  ");
  const extra = sample.extra.map((type, k) => {
    const name = `p${params.length + k}`;
    return `${inC(type)} ${name} = __builtin_va_arg(list, ${inC(type)});`;
  });
  const last = `p${params.length - 1}`;
  const list = variadic
    ? [`__builtin_va_list list; __builtin_va_start(list, ${last});`, ...extra, "__builtin_va_end(list);"]
    : [];
  return `
${prototype(sample, `${prefix}callee_${i}`)} {
  ${[...list, ...places.args.map((place, k) => store(place, `p${k}`)), ...give(places)].join("\n  ")}
}
void ${prefix}caller_${i}(${prototype(sample, "(*f)")}, void *back) {
  ${loads}
  ${keep(places, r, `f(${passed})`)}
}
${r} ${prefix}relay_${i}(${relayed}) {
  ${places.result === undefined ? "" : "return "}back(${passed});
}
void ${prefix}through_${i}(${r} (*f)(${relayed}), ${back}) {
  ${loads}
  ${keep(places, r, `f(back${passed === "" ? "" : `, ${passed}`})`)}
}`;
}

const load = ({ type, at }: Place, name: string): string =>
  `${inC(type)} ${name}; __builtin_memcpy(&${name}, source + ${at}, sizeof ${name});`;

const store = ({ at, wide }: Place, name: string): string =>
  `__builtin_memcpy(sink + ${at}, &${name}, sizeof ${name});${wide === undefined ? "" : ` *(long long *)(sink + ${wide}) = ${name};`}`;

const give = ({ result }: Places): string[] => (result === undefined ? [] : [load(result, "r"), "return r;"]);

const keep = ({ result }: Places, r: string, call: string): string =>
  result === undefined ? `${call};` : `${r} r = ${call}; ${store(result, "r")}`;
