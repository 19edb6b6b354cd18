// What is known of every assigned variable at one point of a function. Copies share what they have in common and
// comparisons skip it, so that a branch costs what it changes and not what the function holds. A copy is never seen to
// change when another one does. (A radix trie on the variable's number; Bagwell, "Ideal Hash Trees", 2001.)
import type { Variable } from "../parse/tree.ts";
import { type Fact, join, sameFact, voidFact } from "./fact.ts";

const bits = 5;
const width = 1 << bits;

/** Facts at height 0, nodes above it. */
type Node = readonly (Node | Fact | undefined)[];
type Entry = Node | Fact | undefined;
const empty: Node = [];

/** A variable that is absent may not have a value yet. */
export class Env {
  private readonly height: number;
  private root: Node;

  private constructor(height: number, root: Node) {
    this.height = height;
    this.root = root;
  }

  /** An environment for variables with numbers below `count` in which none has a value. */
  static of(count: number): Env {
    let height = 0;
    for (let room = width; room < count; room *= width) height += 1;
    return new Env(height, empty);
  }

  fork(): Env {
    return new Env(this.height, this.root);
  }

  get({ id }: Variable): Fact | undefined {
    let node = this.root;
    for (let height = this.height; height > 0; height--) {
      const next = node[slot(id, height)];
      if (!isNode(next)) return undefined;
      node = next;
    }
    const entry = node[slot(id, 0)];
    return isNode(entry) ? undefined : entry;
  }

  set({ id }: Variable, fact: Fact): void {
    this.root = replaced(this.root, id, this.height, fact);
  }

  delete({ id }: Variable): void {
    this.root = replaced(this.root, id, this.height, undefined);
  }

  /** What holds on both of two paths that meet. */
  join(other: Env): Env {
    const both = (a: Fact | undefined, b: Fact | undefined) => {
      if (a === undefined || b === undefined) return undefined;
      // declared without a value on one of them: declared, maybe without a value
      return a.kind === "void" || b.kind === "void" ? voidFact : join(a, b);
    };
    return new Env(this.height, combined(this.root, other.root, this.height, both));
  }

  /** The facts of `next`, each of which that is not the same here passed through `widen`. */
  widened(next: Env, widen: (before: Fact, after: Fact) => Fact): Env {
    const wider = (before: Fact | undefined, after: Fact | undefined) =>
      before === undefined || after === undefined ? after : widen(before, after);
    return new Env(this.height, combined(this.root, next.root, this.height, wider));
  }

  same(other: Env): boolean {
    return sameEntries(this.root, other.root, this.height);
  }
}

const slot = (id: number, height: number): number => (id >>> (bits * height)) & (width - 1);
const isNode = (entry: Entry): entry is Node => Array.isArray(entry);

function replaced(node: Node, id: number, height: number, fact: Fact | undefined): Node {
  const at = slot(id, height);
  const before = node[at];
  const after = height === 0 ? fact : replaced(isNode(before) ? before : empty, id, height - 1, fact);
  if (before === after) return node;
  const copy = node.slice();
  while (copy.length < at) copy.push(undefined);
  copy[at] = after;
  return copy;
}

type Combine = (a: Fact | undefined, b: Fact | undefined) => Fact | undefined;

/** Combines what is not the same object in both; a result that equals `a` shares its nodes. */
function combined(a: Node, b: Node, height: number, combine: Combine): Node {
  if (a === b) return a;
  const result: Entry[] = [];
  let changed = false;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    let entry: Entry;
    if (x === y) entry = x;
    else if (height > 0) entry = combined(isNode(x) ? x : empty, isNode(y) ? y : empty, height - 1, combine);
    else entry = combine(isNode(x) ? undefined : x, isNode(y) ? undefined : y);
    changed ||= entry !== x;
    result.push(entry);
  }
  return changed ? result : a;
}

function sameEntries(a: Node, b: Node, height: number): boolean {
  if (a === b) return true;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (height > 0) {
      if (!sameEntries(isNode(x) ? x : empty, isNode(y) ? y : empty, height - 1)) return false;
    } else if (x === undefined || y === undefined || isNode(x) || isNode(y) || !sameFact(x, y)) return false;
  }
  return true;
}
