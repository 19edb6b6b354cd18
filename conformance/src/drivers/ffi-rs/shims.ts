// ffi-rs calls exported functions by name and no addresses, so each signature gets an exported C function that takes the
// same arguments and the address behind them, and passes them on. Pure text.
import { cCallers, compiler, cTypeName } from "../c/callers.ts";
import type { CallerLanguage, NamedShape } from "../shared/caller-library.ts";

function shim({ name, shape }: NamedShape): string {
  const result = cTypeName(shape.result);
  const types = shape.params.map(cTypeName);
  const params = [...types.map((type, i) => `${type} a${i}`), "void *fn"].join(", ");
  const args = types.map((_, i) => `a${i}`).join(", ");
  const call = `((${result} (*)(${types.join(", ") || "void"}))fn)(${args})`;
  return `${result} ${name}(${params}) {\n  ${shape.result === "void" ? "" : "return "}${call};\n}\n`;
}

export const shims: CallerLanguage = {
  ...cCallers(compiler),
  write: (callers) => `#include <stdint.h>\n\n${callers.map(shim).join("\n")}`,
};
