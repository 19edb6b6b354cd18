// The callers in Rust. Each turns the address into an `extern "C"` function pointer and calls it. Pure text.
import type { CallerLanguage, NamedShape } from "../shared/caller-library.ts";
import type { ShapeType } from "../shared/shape.ts";

const names: Readonly<Record<ShapeType, string>> = {
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

function caller({ name, shape }: NamedShape): string {
  const type = `unsafe extern "C" fn(${shape.params.map((one) => names[one]).join(", ")}) -> ${names[shape.result]}`;
  const args = shape.params.map((one, i) => `slots.add(${8 * i}).cast::<${names[one]}>().read_unaligned()`);
  return `#[no_mangle]
pub unsafe extern "C" fn ${name}(address: usize, slots: *const u8, result: *mut u8) {
    let function = core::mem::transmute::<usize, ${type}>(address);
    let value = function(${args.join(", ")});
    result.cast::<${names[shape.result]}>().write_unaligned(value);
}
`;
}

export const compiler = process.env.RUSTC ?? "rustc";

export const rust: CallerLanguage = {
  extension: "rs",
  write: (callers) => `#![allow(unused_variables)]\n\n${callers.map(caller).join("\n")}`,
  compile: (source, object) => [
    compiler,
    ...["--edition=2021", "--crate-type=cdylib", "--crate-name=callers", "-Copt-level=2", "-o", object, source],
  ],
};
