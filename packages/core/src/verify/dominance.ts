// Which blocks every path to a block goes through (Cooper, Harvey & Kennedy, "A simple, fast dominance algorithm").
import type { Block } from "../ir/ir.ts";

/** `dominates(a, b)`: every path from the entry to b passes a. Everything dominates a block that no path reaches. */
export function dominance(blocks: readonly Block[]): (a: string, b: string) => boolean {
  const order = postorder(blocks);
  const number = new Map(order.map((label, i) => [label, i]));
  const predecessors = new Map<string, string[]>();
  for (const block of blocks) {
    if (!number.has(block.label)) continue;
    for (const next of successors(block)) predecessors.set(next, [...(predecessors.get(next) ?? []), block.label]);
  }
  const entry = blocks[0]?.label ?? "";
  const parent = new Map<string, string>([[entry, entry]]);
  const at = (label: string) => number.get(label) ?? -1;
  const meet = (a: string, b: string): string => {
    let [x, y] = [a, b];
    while (x !== y) {
      if (at(x) < at(y)) x = parent.get(x) ?? entry;
      else y = parent.get(y) ?? entry;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const label of order.toReversed()) {
      if (label === entry) continue;
      const known = (predecessors.get(label) ?? []).filter((p) => parent.has(p));
      const dominator = known.length === 0 ? undefined : known.reduce(meet);
      if (dominator === undefined || parent.get(label) === dominator) continue;
      parent.set(label, dominator);
      changed = true;
    }
  }
  return (a, b) => {
    if (!number.has(b)) return true;
    for (let block = b; ; block = parent.get(block) ?? entry) {
      if (block === a) return true;
      if (block === entry) return false;
    }
  };
}

function postorder(blocks: readonly Block[]): string[] {
  const byLabel = new Map(blocks.map((block) => [block.label, block]));
  const seen = new Set<string>();
  const order: string[] = [];
  // not by recursion: a function may have more blocks than the stack has room for
  const open: { readonly label: string; readonly next: string[] }[] = [];
  const enter = (label: string): void => {
    const block = byLabel.get(label);
    if (block === undefined || seen.has(label)) return;
    seen.add(label);
    open.push({ label, next: [...successors(block)] });
  };
  if (blocks[0] !== undefined) enter(blocks[0].label);
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const next = at.next.shift();
    if (next !== undefined) enter(next);
    else {
      order.push(at.label);
      open.pop();
    }
  }
  return order;
}

function successors(block: Block): readonly string[] {
  const end = block.terminator?.what;
  return end?.op === "jump" ? [end.to] : end?.op === "branch" ? [end.then, end.otherwise] : [];
}
