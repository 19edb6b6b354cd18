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
  const text = `${result} ${name}(${params}) {\n  ${shape.result === "void" ? "" : "return "}${call};\n}\n`;
  // The functions share one file: what each one's text declares gets names of its own.
  const declared = [...shape.declarations.matchAll(/\}[^;{}]*?(\w+)\s*;|\btypedef\b[^{};]*?(\w+)\s*;/g)];
  const renamed = new Set(declared.map(([, record, alias]) => record ?? alias ?? ""));
  const own = (from: string) =>
    [...renamed].reduce((all, one) => all.replace(new RegExp(`\\b${one}\\b`, "g"), `${one}_${name}`), from);
  return shape.declarations === "" ? text : `${own(shape.declarations)}\n${own(text)}`;
}

export const shims: CallerLanguage = {
  ...cCallers(compiler),
  write: (callers) => `#include <stdbool.h>\n#include <stdint.h>\n\n${callers.map(shim).join("\n")}`,
};
