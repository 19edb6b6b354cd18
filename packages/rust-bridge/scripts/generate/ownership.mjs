// OWNERSHIP.md: who allocates, who frees, who may keep what, for every function and every pointer.
import { declare, prototype } from "./c-types.mjs";

export function ownershipText(contract) {
  return `# Who owns what

Generated from \`contract.json\`; do not edit. For every pointer that crosses the boundary of \`lib${contract.library}.so\`:

- **borrowed**: the caller owns it, and it need be valid only until the call returns. The library keeps no copy of the
  pointer and never frees it.
- **owned**: the library allocated it and the caller must release it, once, with the function named, and with no other:
  \`free()\` of the C library is not that function.
- **retained**: the library keeps it until the function named has returned; the caller keeps it valid that long.
- **transferred**: the caller gives it back and must not use it again.

A handle is a number that stands for an object and is owned and borrowed like a pointer. It is never used twice, so
a handle that was released is recognised however late it comes.

The library checks what it can: null and misaligned pointers, strings that are not UTF-8, and, when something is given
back, pointers that are null, unknown, inside an allocation, of another kind, or released before. A refused release does
nothing to it. That a pointer is good for the length it comes with, and that the address of a function has the type it should,
only the caller can know.

Every twin \`bridge_<name>\` takes one pointer more, \`${contract.statusStruct} *status\`: borrowed, written, may be null.

${contract.functions.map((fn) => sectionOf(contract, fn)).join("\n\n")}

## Status codes

${table([["code", "name", "meaning"], ...contract.statuses.map(statusRow)])}
`;
}

function sectionOf(contract, fn) {
  const twin = fn.symbols.twin === undefined ? "no twin: nothing can go wrong" : `twin \`${fn.symbols.twin}\``;
  const rows = [...fn.parameters.flatMap(parameterRow), ...resultRow(fn.result)];
  const pointers = rows.length === 0 ? "No pointer crosses." : table([["pointer", "type", "owner", "rules"], ...rows]);
  const failure = [`Failure gives ${fn.failure.plain}`];
  if (fn.failure.twin !== undefined && fn.failure.twin !== fn.failure.plain)
    failure.push(`the twin ${fn.failure.twin}`);
  return `## \`${fn.symbols.plain}\`

\`${prototype(contract, fn, "plain")}\` (${twin})

${fn.documentation}

${pointers}

${failure.join("; ")}.`;
}

function parameterRow(parameter) {
  const { name, type, ownership, direction, nullable, length, encoding, callback, handle, destructor } = parameter;
  if (callback !== undefined) return [callbackRow(parameter)];
  if (handle !== undefined) return [row(name, type, ownership, [`handle of a ${handle}`])];
  if (type.kind !== "pointer") return [];
  const rules = [
    { in: "read", out: "written", "in-out": "read and written", opaque: "passed on to the callback, never looked at" }[
      direction
    ],
    destructor === undefined ? undefined : `${ownership === "owned" ? "release with" : "until"} \`${destructor}\``,
    length === undefined ? undefined : `${length.join(" × ")} elements; may be null when that is 0`,
    encoding === undefined ? undefined : "NUL-terminated UTF-8",
    length !== undefined ? undefined : nullable ? "may be null" : "not null",
  ];
  return [row(name, type, ownership, rules)];
}

function callbackRow({ name, callback, nullable, destructor }) {
  const { signatures, threads } = callback;
  const types = signatures.map((one) => `\`${declare({ kind: "pointer", to: { kind: "function", ...one } })}\``);
  const where = threads === "any" ? "called on several threads at once" : "called on the caller's thread";
  const until = destructor === undefined ? "until the call returns" : `until \`${destructor}\``;
  const absent = nullable ? "; may be 0, for none" : "";
  const owner = destructor === undefined ? "borrowed" : "retained";
  return [`\`${name}\``, `address of ${types.join(" or ")}`, owner, `${where}, ${until}${absent}`];
}

function resultRow({ type, ownership, destructor, encoding, handle }) {
  if (type.kind !== "pointer" && handle === undefined) return [];
  const verb = ownership === "borrowed" ? "end the borrow with" : "release with";
  const what = handle === undefined ? undefined : `handle of a ${handle}`;
  const rules = [what, `${verb} \`${destructor}\``, encoding === undefined ? undefined : "NUL-terminated UTF-8"];
  return [row("result", type, ownership, rules)];
}

function row(name, type, ownership, rules) {
  return [`\`${name}\``, `\`${declare(type)}\``, ownership, rules.filter((rule) => rule !== undefined).join("; ")];
}

function statusRow({ code, name, documentation }) {
  return [String(code), `\`${name}\``, documentation];
}

/** A Markdown table with its columns aligned; the first row is the header. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const [header, ...body] = rows;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
