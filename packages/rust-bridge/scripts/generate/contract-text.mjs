// contract.json as text: a value goes on one line where it fits, so that a change shows as few lines.
const width = 120;

export function contractText(contract) {
  return `${print(contract, 0, 0)}\n`;
}

/** `before`: columns taken on the first line, by the indentation and the key. */
function print(value, indent, before) {
  const flat = line(value);
  if (before + flat.length + 1 <= width || typeof value !== "object" || value === null) return flat;
  const inner = " ".repeat(indent + 2);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Object.entries(value).map(([key, part]) => {
    const label = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    return `${inner}${label}${print(part, indent + 2, indent + 2 + label.length)}`;
  });
  return `${open}\n${parts.join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function line(value) {
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${line(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
