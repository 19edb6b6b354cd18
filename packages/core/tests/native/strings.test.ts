// Strings as `const char *`: the bytes that C sees are those of TextEncoder, at every length around the limits of the
// short path and of the block that calls share, and what has no C string is refused.
import { describe, expect, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { as, float64, int32, stringAt } from "../../src/index.ts";
import { closure, load } from "../../src/native/index.ts";

const c = load(null, {
  strlen: "size_t(const char *)",
  memcpy: "voidptr(voidptr, const char *, size_t)",
  strcmp: "int(const char *, const char *)",
});

/** What C finds at the pointer, up to and with the NUL. */
function bytesInC(text: string): Uint8Array {
  const bytes = new Uint8Array(new TextEncoder().encode(text).length + 1).fill(0xaa);
  c.memcpy(bytes, text, bytes.length);
  return bytes;
}

function expected(text: string): Uint8Array {
  return Uint8Array.of(...new TextEncoder().encode(text), 0);
}

const alphabet = [
  "a",
  "~",
  "\x01",
  "\x7f",
  "\x80",
  "é",
  "\u07ff",
  "\u0800",
  "€",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "😀",
  "\u{10ffff}",
];

describe("strings passed to C", () => {
  it.each(alphabet)("encodes %j as UTF-8, alone and among others", (character) => {
    for (const text of [character, `a${character}`, `${character}z`, character.repeat(13), `é${character.repeat(30)}é`])
      expect(bytesInC(text)).toEqual(expected(text));
  });

  it("encodes random strings of lengths around the limits", () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    for (let run = 0; run < 400; run++) {
      const length = run % 90;
      const text = Array.from({ length }, () => alphabet[random(random(2) === 0 ? 2 : alphabet.length)]).join("");
      expect(bytesInC(text)).toEqual(expected(text));
    }
  });

  it("passes strings that fill the block that calls share, and larger ones", () => {
    for (const length of [0, 21_844, 21_845, 65_533, 65_534, 65_535, 65_536, 200_000]) {
      expect(c.strlen("x".repeat(length))).toBe(length);
      expect(bytesInC("€".repeat(length)).at(-1)).toBe(0);
      expect(c.strlen("€".repeat(length))).toBe(3 * length);
    }
  });

  it("keeps two strings of one call apart, whatever their lengths", () => {
    for (const length of [1, 39, 40, 41, 40_000, 70_000]) {
      const text = "y".repeat(length);
      expect(c.strcmp(text, `${text.slice(1)}y`)).toBe(0);
      expect(Math.sign(c.strcmp(text, `${text.slice(1)}z`))).toBe(-1);
    }
  });

  it("keeps strings apart among arguments of other kinds", () => {
    const { snprintf } = load(null, { snprintf: "int(voidptr, size_t, const char *, ...)" });
    const buffer = Buffer.alloc(200);
    const [one, two] = ["a string of more than sixteen", "größer als sechzehn Zeichen"];
    snprintf(buffer, 200, "%d, then %s, %g and %s again %s", as(int32, 7), one, as(float64, 0.5), two, one);
    expect(stringAt(buffer)).toBe(`7, then ${one}, 0.5 and ${two} again ${one}`);
  });

  it("keeps the strings of a call while a closure under it passes others", () => {
    const sort = load(null, {
      bsearch: "voidptr(const char *, voidptr, size_t, size_t, CFunction(int(CPointer(const char), voidptr)))",
    });
    using compare = closure("int(CPointer(const char), voidptr)", (key) => {
      expect(c.strlen("other words, written over what is not kept")).toBe(42);
      return key[0] === 107 && key[1] === 101 && key[2] === 121 && key[3] === 0 ? 0 : 1;
    });
    expect(sort.bsearch("key", new Uint8Array(8), 1, 8, compare)).not.toBeNull();
  });

  it.each([
    "a\0",
    "\0",
    "é\0é",
    "\ud800",
    "a\udc00",
    "\ud83dx",
    "x\ud83d",
    "\udc00\ud800",
    `${"x".repeat(60)}\ud800`,
    `${"x".repeat(60)}\0`,
  ])("refuses %j, which has no C string that means the same", (text) => {
    try {
      c.strlen(text);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof CFuncError)) throw error;
      expect(error.diagnostics.map((d) => d.code)).toEqual([text.includes("\0") ? "CF5013" : "CF5016"]);
    }
    expect(c.strlen("after")).toBe(5);
  });
});
