// Makes a failing tree smaller by delta debugging: whatever can be replaced by something simpler, is, as long as the
// program still fails. Source of the method: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
// Input", 2002, on trees instead of lists. Whether a candidate fails is asked elsewhere, in a process that may die of it.
import { b, c, e, index, reim, render, s, type Tree, xy } from "./tree.ts";

export interface ShrinkLimits {
  /** How often `fails` may be asked. */
  readonly attempts: number;
  /** Milliseconds since the epoch after which the best tree so far is the answer. */
  readonly deadline: number;
}

/**
 * The smallest tree, as far as single steps find one within the limits, for which `fails` still holds. Its root stays,
 * with its number of parts.
 */
export async function shrink(
  tree: Tree,
  fails: (tree: Tree) => Promise<boolean>,
  { attempts, deadline }: ShrinkLimits,
): Promise<Tree> {
  let best = tree;
  let left = attempts;
  const tried = new Set<string>();
  for (let progress = true; progress; ) {
    progress = false;
    // candidates before this one were refused by a larger tree: they are likely to be refused again, and come last
    for (const candidate of smaller(best)) {
      const text = render(candidate);
      if (text.length >= render(best).length || tried.has(text)) continue;
      if (left-- <= 0 || Date.now() > deadline) return best;
      tried.add(text);
      if (!(await fails(candidate))) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return best;
}

/** Every tree that has one part, at any depth, replaced by something simpler; large cuts come first. */
function* smaller(tree: Tree): Generator<Tree> {
  for (let depth = 1, found = true; found; depth++) {
    found = false;
    for (const candidate of atDepth(tree, depth)) {
      found = true;
      if (candidate !== undefined) yield candidate;
    }
  }
}

/** Replacements of the trees that lie `depth` levels down; an undefined for a tree that has none. */
function* atDepth(tree: Tree, depth: number): Generator<Tree | undefined> {
  if (depth === 0) {
    yield undefined;
    yield* simpler(tree);
    return;
  }
  for (const [i, part] of tree.parts.entries()) {
    if (typeof part === "string") continue;
    for (const replaced of atDepth(part, depth - 1))
      yield replaced === undefined ? undefined : { ...tree, parts: tree.parts.with(i, replaced) };
  }
}

const simplest: Readonly<Record<Tree["sort"], readonly Tree[]>> = {
  stmt: [s``],
  expr: [e`0`, e`1`],
  cond: [c`true`, c`false`],
  big: [b`0n`, b`1n`],
  xy: [xy`({ x: 0, y: 0 })`],
  reim: [reim`({ re: 0, im: 0 })`],
  place: [],
  index: [index`0`],
  head: [],
};

function* simpler(tree: Tree): Generator<Tree> {
  yield* simplest[tree.sort];
  // what stands in the brackets of a place is no place that means the same
  if (tree.sort === "place") return;
  for (const part of tree.parts) if (typeof part !== "string" && part.sort === tree.sort) yield part;
  if (tree.sort !== "stmt") return;
  // a block may go while what stands in it stays: what is inside of its parts, and statements by halves
  for (const part of tree.parts) {
    if (typeof part === "string") continue;
    for (const inner of part.parts) if (typeof inner !== "string" && inner.sort === "stmt") yield inner;
  }
  if (tree.parts.length > 3 && tree.parts.every((part) => typeof part !== "string")) {
    const half = tree.parts.length >> 1;
    yield { ...tree, parts: tree.parts.slice(half) };
    yield { ...tree, parts: tree.parts.slice(0, half) };
  }
}
