// The callers in C. Each casts the address to its function type and calls it, as any C program would; structures are
// declared inside it by the vector's own text, which the compiler lays out. Pure text.
import type { CallerLanguage, NamedShape } from "../shared/caller-library.ts";
import { nameOfShape, parameterTexts, type ScalarShape, type ShapeType } from "../shared/shape.ts";
import { offsetsIn } from "../shared/slots.ts";

/** Scalars by their names in C. */
export const cScalarNames: Readonly<Record<ScalarShape, string>> = {
  void: "void",
  bool: "_Bool",
  pointer: "void *",
  float32: "float",
  float64: "double",
  int8: "int8_t",
  uint8: "uint8_t",
  int16: "int16_t",
  uint16: "uint16_t",
  int32: "int32_t",
  uint32: "uint32_t",
  int64: "int64_t",
  uint64: "uint64_t",
};

export function cTypeName(type: ShapeType): string {
  if (typeof type === "string") return cScalarNames[type];
  if (type.kind === "complex") return type.bits === 64 ? "float _Complex" : "double _Complex";
  return nameOfShape(type);
}

function caller({ name, shape }: NamedShape): string {
  const result = cTypeName(shape.result);
  const params = shape.params.map(cTypeName);
  const offsets = offsetsIn(shape);
  const args = params.map((type, i) => `*(${type} *)(slots + ${offsets[i]})`).join(", ");
  const call = `((${result} (*)(${parameterTexts(shape, cTypeName).join(", ") || "void"}))fn)(${args})`;
  const body =
    shape.result === "void" ? `${call};` : `${result} value = ${call};\n  memcpy(result, &value, sizeof value);`;
  const before = shape.declarations === "" ? "" : `  ${shape.declarations}\n`;
  return `void ${name}(void (*fn)(void), unsigned char *slots, unsigned char *result) {\n${before}  (void)result;\n  ${body}\n}\n`;
}

export const compiler = process.env.CC ?? "cc";

/** C callers, compiled with this compiler. */
export const cCallers = (command: string): CallerLanguage => ({
  extension: "c",
  write: (callers) =>
    `#include <stdbool.h>\n#include <stdint.h>\n#include <string.h>\n\n${callers.map(caller).join("\n")}`,
  // Slots hold one type each, but the compiler cannot know.
  compile: (source, object) => [
    command,
    "-std=gnu11",
    "-O2",
    "-fno-strict-aliasing",
    "-fPIC",
    "-shared",
    "-pthread",
    "-o",
    object,
    source,
  ],
});
