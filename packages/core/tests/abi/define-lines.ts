// Definitions in LLVM text, reduced to what decides where values travel: two texts with the same reduction pass them in
// the same registers and memory. Knows the texts that clang and `emit/` write.

/** A function's name with its reduced result and parameters. */
export function definitions(text: string, isArm: boolean): Map<string, string> {
  const types = typesOf(text);
  const found = new Map<string, string>();
  for (const [, head = "", name = "", list = ""] of text.matchAll(/^define (.*?)@"?(\w+)"?\((.*)\) (?:local_|#)/gm)) {
    const params = splitList(list).map((param) => reduced(param, types, isArm));
    found.set(name, `${reduced(`${head.trim()} %`, types, isArm)} (${params.join(", ")})`);
  }
  return found;
}

function typesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^(%[\w.]+) = type (.*)$/gm)].map(([, name = "", body = ""]) => [name, body]));
}

/** Splits at the commas that stand in no bracket. */
function splitList(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    const c = list[i];
    if (c !== undefined && "([{<".includes(c)) depth += 1;
    else if (c !== undefined && ")]}>".includes(c)) depth -= 1;
    else if ((c === "," && depth === 0) || c === undefined) {
      const part = list.slice(start, i).trim();
      if (part !== "") parts.push(part);
      start = i + 1;
    }
  }
  return parts;
}

/** `ptr noundef byval(%struct.S) align 8 %0` -> `byval 8`; `i8 noundef signext %1` -> `integer signext`. */
function reduced(param: string, types: ReadonlyMap<string, string>, isArm: boolean): string {
  const align = /align (\d+)/.exec(param)?.[1] ?? "";
  for (const memory of ["byval", "sret"]) if (param.includes(`${memory}(`)) return `${memory} ${align}`;
  const extension = /\b(signext|zeroext)\b/.exec(param)?.[0] ?? "";
  const words = param.replace(/\b(signext|zeroext|noundef|dso_local|internal)\b|align \d+|%[\w.]*$/g, "").trim();
  const leaves = flattened(words, types);
  // of the floats that travel in a register on x86-64 nobody can tell the number
  const registers = isArm ? leaves : words.startsWith("<") ? ["float"] : leaves.map(registerOf);
  return [...registers, extension].filter((word) => word !== "").join(" ") || "nothing";
}

const registerOf = (type: string): string => (type === "integer" ? type : "float");

/** The scalars of an LLVM type; integers without their width, which says nothing of the register. */
function flattened(type: string, types: ReadonlyMap<string, string>): string[] {
  const text = type.trim();
  if (text === "void" || text === "") return [];
  const array = /^\[(\d+) x (.*)\]$/.exec(text);
  if (array !== null) {
    const one = flattened(array[2] ?? "", types);
    return Array.from({ length: Number(array[1]) }, () => one).flat();
  }
  if (text.startsWith("{")) return splitList(text.slice(1, -1)).flatMap((part) => flattened(part, types));
  const named = types.get(text);
  if (named !== undefined) return flattened(named, types);
  return [/^i\d+$/.test(text) || text === "ptr" ? "integer" : text];
}
