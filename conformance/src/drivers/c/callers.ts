// The callers in C. Each casts the address to its function type and calls it, as any C program would. Pure text.
import type { CallerLanguage, NamedShape } from "../shared/caller-library.ts";
import type { ShapeType } from "../shared/shape.ts";

const names: Readonly<Record<ShapeType, string>> = {
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

export const cTypeName = (type: ShapeType): string => names[type];

function caller({ name, shape }: NamedShape): string {
  const result = names[shape.result];
  const params = shape.params.map((type) => names[type]).join(", ") || "void";
  const args = shape.params.map((type, i) => `*(${names[type]} *)(slots + ${8 * i})`).join(", ");
  const call = `((${result} (*)(${params}))fn)(${args})`;
  const body =
    shape.result === "void" ? `${call};` : `${result} value = ${call};\n  memcpy(result, &value, sizeof value);`;
  return `void ${name}(void (*fn)(void), unsigned char *slots, unsigned char *result) {\n  (void)result;\n  ${body}\n}\n`;
}

export const compiler = process.env.CC ?? "cc";

/** C callers, compiled with this compiler. */
export const cCallers = (command: string): CallerLanguage => ({
  extension: "c",
  write: (callers) => `#include <stdint.h>\n#include <string.h>\n\n${callers.map(caller).join("\n")}`,
  // Slots hold one type each, but the compiler cannot know.
  compile: (source, object) => [
    command,
    "-std=c11",
    "-O2",
    "-fno-strict-aliasing",
    "-fPIC",
    "-shared",
    "-o",
    object,
    source,
  ],
});
