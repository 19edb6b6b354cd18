// Program texts as trees, so that a failing program can be made smaller piece by piece. A tree knows where an
// expression, a condition or a statement stands; what they mean is left to the JavaScript engine.

export type Sort = "expr" | "cond" | "stmt";

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
export const s = make("stmt");

/** Stands at the start of every loop's body: a program that was made smaller may loop for ever. */
export const tick = "/*tick*/";

export const list = (statements: readonly Tree[]): Tree => ({ sort: "stmt", parts: statements });

export function render(tree: Tree): string {
  return tree.parts.map((part) => (typeof part === "string" ? part : render(part))).join("");
}

/**
 * The smallest tree, as far as single steps find one, for which `fails` still holds.
 * @param budget how often `fails` may be asked
 */
export function shrink(tree: Tree, fails: (tree: Tree) => boolean, budget = 600): Tree {
  let best = tree;
  let left = budget;
  for (let progress = true; progress && left > 0; ) {
    progress = false;
    for (const candidate of smaller(best)) {
      if (left-- <= 0) break;
      if (render(candidate).length >= render(best).length || !fails(candidate)) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return best;
}

/** Every tree that has one part replaced by something simpler; large cuts come first. */
function* smaller(tree: Tree): Generator<Tree> {
  yield* simpler(tree);
  for (const [i, part] of tree.parts.entries()) {
    if (typeof part === "string") continue;
    for (const replaced of smaller(part)) yield { ...tree, parts: tree.parts.with(i, replaced) };
  }
}

function* simpler(tree: Tree): Generator<Tree> {
  if (tree.sort === "stmt") yield s``;
  for (const part of tree.parts) if (typeof part !== "string" && part.sort === tree.sort) yield part;
  if (tree.sort === "expr") {
    yield e`0`;
    yield e`1`;
  }
  if (tree.sort === "cond") {
    yield c`true`;
    yield c`false`;
  }
}
