// Whole headers of the system, preprocessed: every one is read, and every function has for us the type that it has for the
// C compiler.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Header, parseHeader } from "../../src/c/index.ts";
import type { CType } from "../../src/types/ctype.ts";
import { printSignature } from "../../src/types/print.ts";
import { inC, preprocess, runC, type Spelling } from "../types/gcc.ts";

const names = ["stdio.h", "stdlib.h", "string.h", "math.h", "time.h", "complex.h", "sqlite3.h", "zlib.h"];
const present = names.filter((name) => name.startsWith("s") || existsSync(`/usr/include/${name}`));

/** Structures without a tag are called by their typedefs; `int64` is both `long` and `long long` in C. */
function spellingOf(header: Header, int64: "long" | "long long"): Spelling {
  const byType = new Map<CType, string>();
  for (const one of header.declarations.values()) if (one.kind === "type") byType.set(one.type, one.name);
  for (const [tag, type] of header.tags) byType.set(type, tag);
  return (type) => {
    if (type.kind === "int" && type.bits === 64 && type.name.endsWith("int64")) {
      return type.signed ? int64 : `unsigned ${int64}`;
    }
    return type.kind === "struct" || type.kind === "union" || type.kind === "opaque" ? byType.get(type) : undefined;
  };
}

describe.each(present)("%s", (name) => {
  const include = `#include <${name}>\n`;
  const header = parseHeader(preprocess(include), { name });

  test("every function has the type that the C compiler sees", () => {
    const functions = [...header.declarations.values()].filter((one) => one.kind === "function");
    expect(functions.length).toBeGreaterThan(20);
    const checks = functions.map(({ name: fn, signature }) => {
      const either = (["long", "long long"] as const).map(
        (int64) =>
          `__builtin_types_compatible_p(__typeof__(${fn}), ${inC({ kind: "function", signature }, spellingOf(header, int64))})`,
      );
      return `_Static_assert(${either.join(" || ")}, "${fn}: ${printSignature(signature)}");`;
    });
    expect(
      runC(
        `${include}#include <stdint.h>\n#include <stddef.h>\n#include <sys/types.h>\n${checks.join("\n")}\nint main(void) { return 0; }`,
      ),
    ).toBe("");
  });

  test("every structure has the size and the alignment that the C compiler sees", () => {
    const named = [...header.tags].flatMap(([tag, type]) => (type.kind === "opaque" ? [] : [{ tag, type }]));
    const prints = named.map(({ tag }) => `printf("${tag} %zu %zu\\n", sizeof(${tag}), _Alignof(${tag}));`);
    const ours = named.map(({ tag, type }) =>
      type.kind === "struct" || type.kind === "union" ? `${tag} ${type.size} ${type.align}\n` : "",
    );
    expect(ours.join("")).toBe(runC(`${include}#include <stdio.h>\nint main(void) { ${prints.join("\n")} return 0; }`));
  });
});

describe("what the headers say", () => {
  const stdlib = parseHeader(preprocess("#include <stdlib.h>\n"), { name: "stdlib.h" });

  test("known prototypes", () => {
    expect(printSignature(stdlib.function("qsort").signature)).toBe(
      "void(voidptr, size_t, size_t, CFunction(int32(CPointer(const void), CPointer(const void))))",
    );
    expect(printSignature(stdlib.function("strtod").signature)).toBe(
      "float64(CPointer(const char), CPointer(CPointer(char)))",
    );
    expect(stdlib.function("div").signature.result).toMatchObject({ kind: "struct", name: "div_t", size: 8 });
  });

  test("a function of long double is refused when it is asked for, and at its place", () => {
    expect(() => stdlib.function("strtold")).toThrow(
      /CF1103.*`strtold` cannot be used: `long double` is not supported.*stdlib\.h:\d+:\d+.*use double/s,
    );
    expect(() => parseHeader(preprocess("#include <stdio.h>\n")).function("vprintf")).toThrow(
      /CF1103.*vprintf.*`\.\.\.`/s,
    );
  });

  test("a label of the assembler is the symbol", () => {
    const stdio = parseHeader(preprocess("#include <stdio.h>\n"));
    expect(stdio.function("scanf").symbol).toBe("__isoc99_scanf");
    expect(stdio.variable("stdout").type.kind).toBe("pointer");
  });
});
