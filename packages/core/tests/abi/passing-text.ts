// Definitions and calls in LLVM text, reduced to what decides where values travel: two texts with the same reduction
// pass them in the same registers and memory. Knows the texts that clang and `emit/` write of the functions of
// c-source.ts. What it leaves out is left out for a reason, which stands where it happens.

/** What each function takes, `callee_0`, and what each passes on, `caller_0 calls`, in reduced form. */
export function passedIn(text: string, isArm: boolean): Map<string, string> {
  const types = typesOf(text);
  const found = new Map<string, string>();
  const add = (name: string, result: string, list: string): void => {
    const params = splitList(list).map((param) => reduced(param, types, isArm));
    found.set(name, `${reduced(`${result.trim()} %`, types, isArm)} (${params.join(", ")})`);
  };
  let current = "";
  for (const line of text.split("\n")) {
    const define = /^define (.*?)@"?(\w+)"?\((.*)\) (?:local_|#)/.exec(line);
    if (define !== null) {
      const [, result = "", name = "", list = ""] = define;
      current = name;
      add(name, result, list);
    }
    // calls by name are of intrinsics
    const call = /^\s*(?:%[\w.]+ = )?call ([^@]*?)%[\w.]+\((.*)\)(?: #\d+)?$/.exec(line);
    if (call === null) continue;
    const [, result = "", list = ""] = call;
    // the type of a variadic callee only repeats those of the arguments
    add(`${current} calls${result.includes("...") ? " variadically" : ""}`, result.replace(/ \(.*\.\.\.\)/, ""), list);
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
  // The type says how much is copied, and the structure's name differs; the size is compared where values are exchanged.
  // Of a result's memory the alignment is the caller's promise, and no register depends on it.
  if (param.includes("byval(")) return `byval ${align}`;
  if (param.includes("sret(")) return "sret";
  const extension = /\b(signext|zeroext)\b/.exec(param)?.[0] ?? "";
  const stack = /alignstack\((\d+)\)/.exec(param)?.[0] ?? "";
  // `noundef` and alignments are promises about the value, `dso_local` and `internal` about the symbol
  const attributes = /\b(signext|zeroext|noundef|noalias|dso_local|internal)\b|alignstack\(\d+\)|align \d+|%[\w.]*$/g;
  const words = param.replace(attributes, "").trim();
  const leaves = flattened(words, types);
  // On x86-64 an aggregate's floats are one register each eightbyte, and `float`, `<2 x float>` and `double` are all one
  // vector register: LLVM passes each LLVM value in one. On AArch64 the type of a float says how much of the stack it
  // takes, so it stays.
  const registers = isArm ? leaves : words.startsWith("<") ? ["float"] : leaves.map(registerOf);
  return [...registers, extension, stack].filter((word) => word !== "").join(" ") || "nothing";
}

const registerOf = (type: string): string => (type === "integer" ? type : "float");

/**
 * The scalars of an LLVM type. Integers of up to 64 bits go without their width and pointers are integers: each takes one
 * general register or one word of the stack. Wider ones take two and keep theirs, for an aligned pair of registers.
 */
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
  return [text === "ptr" || (/^i\d+$/.test(text) && Number(text.slice(1)) <= 64) ? "integer" : text];
}
