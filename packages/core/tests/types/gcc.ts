// The C compiler as an oracle for the tests of types and layouts. Compiles and runs, or checks syntax by line.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CType } from "../../src/types/ctype.ts";

function inFolder<T>(source: string, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-gcc-"));
  try {
    const file = join(folder, "main.c");
    writeFileSync(file, source);
    return use(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program prints. */
export function runC(source: string, flags: readonly string[] = []): string {
  return inFolder(source, (file, folder) => {
    const program = join(folder, "main");
    execFileSync("cc", ["-std=gnu11", "-w", "-Wno-packed-bitfield-compat", ...flags, "-o", program, file], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return execFileSync(program, { encoding: "utf8" });
  });
}

/** What the preprocessor makes of a text. */
export function preprocess(source: string): string {
  return execFileSync("cc", ["-std=gnu11", "-E", "-"], { input: source, encoding: "utf8", maxBuffer: 1 << 26 });
}

/** The 1-based lines in which the compiler finds an error. */
export function errorLines(source: string): Set<number> {
  return inFolder(source, (file) => {
    const { stderr } = spawnSync("cc", ["-std=c11", "-w", "-fsyntax-only", "-fmax-errors=0", file], {
      encoding: "utf8",
    });
    return new Set([...stderr.matchAll(/main\.c:(\d+):\d+: error/g)].map((match) => Number(match[1])));
  });
}

/** How types with a name are written in C. Structures and unions are named by their tags, where nobody knows better. */
export type Spelling = (type: CType) => string | undefined;
const byTag: Spelling = () => undefined;

/** The type in C, for `sizeof`, casts and comparisons. */
export function inC(type: CType, spelling: Spelling = byTag): string {
  const known = spelling(type);
  if (known !== undefined) return known;
  switch (type.kind) {
    case "void":
      return "void";
    case "bool":
      return "_Bool";
    case "float":
      return type.bits === 32 ? "float" : "double";
    case "int": {
      const own: Record<string, string> = { ulong: "unsigned long", intp: "intptr_t", uintp: "uintptr_t" };
      return own[type.name] ?? (/^u?int\d/.test(type.name) ? `${type.name}_t` : type.name);
    }
    case "pointer":
      return `__typeof__(${type.constant ? `const __typeof__(${inC(type.to, spelling)})` : inC(type.to, spelling)} *)`;
    case "array":
      return `__typeof__(__typeof__(${inC(type.of, spelling)})[${type.length}])`;
    case "complex":
      return type.bits === 64 ? "float _Complex" : "double _Complex";
    case "struct":
    case "union":
      return `${type.kind} ${type.name}`;
    case "opaque":
      return `struct ${type.name}`;
    case "function": {
      const { result, params, variadic } = type.signature;
      const list = [...params.map((param) => inC(param.type, spelling)), ...(variadic ? ["..."] : [])];
      return `__typeof__(${inC(result, spelling)} (${list.length === 0 ? "void" : list.join(", ")}))`;
    }
  }
}

export const headers =
  "#include <stdio.h>\n#include <stdint.h>\n#include <stddef.h>\n#include <sys/types.h>\n#include <uchar.h>\n";
