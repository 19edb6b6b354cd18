// Messages of the ledger against their patterns. A pattern is the whole message; in it {n} stands for any number,
// {address} for any address, and the name of an allocation for how the ledger tells that very allocation. Pure.
import type { Allocation } from "../protocol/messages.ts";

export function messagePattern(pattern: string, allocations: ReadonlyMap<string, Allocation>): RegExp {
  const parts = pattern.split(/(\{[A-Za-z_]\w*\})/).map((part) => {
    if (!/^\{.*\}$/.test(part)) return escaped(part);
    const name = part.slice(1, -1);
    if (name === "n") return "\\d+";
    if (name === "address") return "0x[0-9a-f]+";
    const allocation = allocations.get(name);
    return allocation === undefined ? escaped(part) : escaped(told(allocation));
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** An allocation as messages tell it. */
export function told({ id, kind, size, made }: Allocation): string {
  return `${kind} #${id} (${size} bytes, made by ${made.site} (event ${made.sequence}, thread ${made.thread}))`;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
