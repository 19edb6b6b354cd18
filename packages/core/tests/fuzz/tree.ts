// Program texts as trees, so that a failing program can be made smaller piece by piece. A tree knows where an
// expression, a condition, a bigint, a place or a statement stands; what they mean is left to the JavaScript engine.

/**
 * What may replace what. A `place` can be assigned and is never replaced by a value, a `head` belongs to a loop, and an
 * `index` is in bounds.
 */
export type Sort = "expr" | "cond" | "big" | "xy" | "reim" | "place" | "index" | "stmt" | "head";

export interface Tree {
  readonly sort: Sort;
  readonly parts: readonly (string | Tree)[];
}

const make =
  (sort: Sort) =>
  (strings: TemplateStringsArray, ...holes: readonly (string | number | Tree)[]): Tree => ({
    sort,
    parts: strings.flatMap((text, i) => {
      const hole = holes[i];
      return hole === undefined ? [text] : [text, typeof hole === "object" ? hole : String(hole)];
    }),
  });

/** Template tags: e`${left} + ${right}`. */
export const e = make("expr");
export const c = make("cond");
export const b = make("big");
/** Objects: `{ x, y }`, and complex numbers. */
export const xy = make("xy");
export const reim = make("reim");
export const at = make("place");
export const index = make("index");
export const s = make("stmt");
export const h = make("head");

/** Stands at the start of every loop's body: a program that was made smaller may loop for ever. */
export const tick = "/*tick*/";

export const list = (statements: readonly Tree[]): Tree => ({ sort: "stmt", parts: statements });

export function render(tree: Tree): string {
  return tree.parts.map((part) => (typeof part === "string" ? part : render(part))).join("");
}
