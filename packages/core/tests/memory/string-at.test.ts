// `stringAt`: text from native memory, from memory with bounds, and what is refused. The oracle is TextEncoder.
import { describe, expect, expectTypeOf, it } from "vitest";
import { alloc, CFuncError, char, float64, load, type Ptr, stringAt, uint8 } from "../../src/index.ts";

const c = load(null, {
  strdup: "CPointer(char)(const char *)",
  free: "void(voidptr)",
  getenv: "CPointer(char)(const char *)",
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CFuncError) return error.diagnostics[0]?.code ?? "";
    throw error;
  }
  return "none";
}

describe("stringAt", () => {
  it.each(["", "a", "plain text", "größer, 5 €, 😀", "a \ufffd in the text", "\ufeffmark", "x".repeat(100_000)])(
    "reads back %j from memory of C",
    (text) => {
      const copy = c.strdup(text);
      expect(stringAt(copy)).toBe(text);
      const bytes = new TextEncoder().encode(text);
      expect(stringAt(copy, bytes.length)).toBe(text);
      expect(stringAt(copy, 0)).toBe("");
      c.free(copy);
    },
  );

  it("gives null for null, and says so in its type", () => {
    expect(stringAt(c.getenv("CFUNC_NO_SUCH_VARIABLE"))).toBeNull();
    expectTypeOf(stringAt(c.getenv("HOME"))).toEqualTypeOf<string | null>();
    expectTypeOf(stringAt(null as unknown as Ptr<number>)).toEqualTypeOf<string>();
    expect(stringAt(c.getenv("PATH"))).toBe(process.env.PATH);
  });

  it("stays within memory of known extent", () => {
    using memory = alloc(char, 5);
    for (const [i, byte] of [...new TextEncoder().encode("héll")].entries()) memory[i] = (byte << 24) >> 24;
    expect(stringAt(memory, 5)).toBe("héll");
    expect(stringAt(memory.add(3), 2)).toBe("ll");
    expect(codeOf(() => stringAt(memory))).toBe("CF5501");
    expect(codeOf(() => stringAt(memory, 6))).toBe("CF5501");
    expect(codeOf(() => stringAt(memory.add(9)))).toBe("CF5501");
    memory[4] = 0;
    expect(stringAt(memory)).toBe("hél");
    memory[2] = 0;
    expect(codeOf(() => stringAt(memory))).toBe("CF5508");
    expect(stringAt(Buffer.from("in a buffer\0rest"))).toBe("in a buffer");
    expect(stringAt(Buffer.from("in a buffer\0rest"), 14)).toBe("in a buffer\0re");
  });

  it("refuses bytes that are no UTF-8, wherever they lie", () => {
    for (const bytes of [[0xe9], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x61, 0xe2, 0x82]]) {
      const buffer = Uint8Array.of(...bytes, 0);
      expect(codeOf(() => stringAt(buffer))).toBe("CF5508");
      const memory = load(null, { memcpy: "voidptr(voidptr, voidptr, size_t)", malloc: "CPointer(uint8)(size_t)" });
      const native = memory.malloc(buffer.length);
      memory.memcpy(native, buffer, buffer.length);
      expect(codeOf(() => stringAt(native))).toBe("CF5508");
      c.free(native);
    }
  });

  it("refuses what is no text, and what is released", () => {
    using doubles = alloc(float64, 2);
    expect(codeOf(() => stringAt(doubles))).toBe("CF5503");
    expect(codeOf(() => stringAt("text" as never))).toBe("CF5503");
    expect(codeOf(() => stringAt(Buffer.from("a\0"), -1))).toBe("CF5505");
    const memory = alloc(uint8, 2);
    memory.release();
    expect(codeOf(() => stringAt(memory))).toBe("CF5502");
    expect(codeOf(() => stringAt(memory, 0))).toBe("CF5502");
  });
});
