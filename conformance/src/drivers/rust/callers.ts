// The callers in Rust. Each turns the address into an `extern "C"` function pointer and calls it; structures are items of
// their own inside it, `repr(C)`, written from the vector's declarations. Pure text.
import type { CType } from "@cfunc/core/contract";
import { isPacked } from "../../vectors/signatures.ts";
import type { CallerLanguage, NamedShape } from "../shared/caller-library.ts";
import { nameOfShape, parameterTexts, type ScalarShape, type ShapeType, shapeTypeOf } from "../shared/shape.ts";
import { offsetsIn } from "../shared/slots.ts";

const names: Readonly<Record<ScalarShape, string>> = {
  void: "()",
  bool: "bool",
  pointer: "*mut core::ffi::c_void",
  float32: "f32",
  float64: "f64",
  int8: "i8",
  uint8: "u8",
  int16: "i16",
  uint16: "u16",
  int32: "i32",
  uint32: "u32",
  int64: "i64",
  uint64: "u64",
};

const nameOf = (type: ShapeType): string => (typeof type === "string" ? names[type] : nameOfShape(type));

/** A type inside a structure. */
const fieldType = (type: CType): string =>
  type.kind === "array" ? `[${fieldType(type.of)}; ${type.length}]` : nameOf(shapeTypeOf(type));

/** The items that a type needs, inner ones too, by name. */
function declare(type: CType, items: Map<string, string>): void {
  if (type.kind === "array") declare(type.of, items);
  if (type.kind === "complex") {
    // C17 6.2.5: a complex number is represented as an array of two; System V passes both alike.
    const part = `f${type.bits / 2}`;
    items.set(`complex${type.bits}`, item(`struct complex${type.bits} { re: ${part}, im: ${part} }`, "C"));
  }
  if (type.kind !== "struct" && type.kind !== "union") return;
  for (const field of type.fields) declare(field.type, items);
  const fields = type.fields.map((field) => `${field.name}: ${fieldType(field.type)}`).join(", ");
  items.set(type.name, item(`${type.kind} ${type.name} { ${fields} }`, isPacked(type) ? "C, packed" : "C"));
}

function declarationsOf(types: readonly ShapeType[]): string {
  const items = new Map<string, string>();
  for (const type of types) if (typeof type !== "string") declare(type, items);
  return [...items.values()].join("");
}

const item = (text: string, representation: string): string =>
  `    #[repr(${representation})]\n    #[derive(Clone, Copy)]\n    ${text}\n`;

function caller({ name, shape }: NamedShape): string {
  const type = `unsafe extern "C" fn(${parameterTexts(shape, nameOf).join(", ")}) -> ${nameOf(shape.result)}`;
  const offsets = offsetsIn(shape);
  const args = shape.params.map((one, i) => `slots.add(${offsets[i]}).cast::<${nameOf(one)}>().read_unaligned()`);
  return `#[no_mangle]
pub unsafe extern "C" fn ${name}(address: usize, slots: *const u8, result: *mut u8) {
${declarationsOf([shape.result, ...shape.params])}    let function = core::mem::transmute::<usize, ${type}>(address);
    let value = function(${args.join(", ")});
    result.cast::<${nameOf(shape.result)}>().write_unaligned(value);
}
`;
}

export const compiler = process.env.RUSTC ?? "rustc";

export const rust: CallerLanguage = {
  extension: "rs",
  write: (callers) =>
    `#![allow(unused_variables, dead_code, non_camel_case_types)]\n\n${callers.map(caller).join("\n")}`,
  compile: (source, object) => [
    compiler,
    ...["--edition=2021", "--crate-type=cdylib", "--crate-name=callers", "-Copt-level=2", "-o", object, source],
  ],
};
