// The codes by what a reader was doing, for the table of docs/diagnostics/README.md. The groups of the table of codes
// are the stages of the compiler, which readers need not know.
import { type Code, codes } from "../../src/diagnostics/codes.ts";

export interface Group {
  readonly title: string;
  readonly about: string;
  has(code: string): boolean;
}

const one = (...list: Code[]) => {
  const all: ReadonlySet<string> = new Set(list);
  return (code: string): boolean => all.has(code);
};
const starts = (...prefixes: string[]) => {
  return (code: string): boolean => prefixes.some((prefix) => code.startsWith(prefix));
};

const captures = one("CF1208", "CF2001", "CF2002", "CF2004");
const intrinsics = one("CF2014");
const numeric = one("CF2003", "CF2012");
const unsupported = one("CF1207", "CF1302", "CF1303", "CF2007", "CF2008", "CF2015");

/** A code belongs to the first group that has it. */
export const groups: readonly Group[] = [
  { title: "Signature", about: "the string or the types that declare the C function", has: starts("CF11") },
  { title: "Captures", about: "names that the function takes from around it", has: captures },
  { title: "Intrinsics", about: "`carray`, `farray`, `cast` in compiled code", has: intrinsics },
  { title: "Numeric", about: "numbers and bigints", has: numeric },
  { title: "Unsupported", about: "JavaScript that does not compile", has: unsupported },
  { title: "Source", about: "the function that was passed", has: starts("CF12", "CF13") },
  { title: "Types", about: "kinds of values, parameters and results", has: starts("CF2") },
  { title: "Compiler", about: "mistakes of the compiler itself: please report them", has: one("CF3001", "CF4010") },
  { title: "libLLVM", about: "finding and opening libLLVM", has: starts("CF4") },
  { title: "Run time: calls", about: "libraries, arguments, closures", has: starts("CF50") },
  { title: "Run time: memory", about: "pointers, views and their owners", has: starts("CF55") },
  { title: "Performance", about: "what `f.remarks()` says, which is no mistake", has: starts("CF6") },
];

/** The tables of the index: a heading and a table for each group. */
export function indexText(): string {
  const all = Object.entries(codes);
  return groups
    .map((group) => {
      const mine = all.filter(([code]) => groups.find((g) => g.has(code)) === group);
      const rows = mine.map(([code, title]) => `| [${code}](${code}.md) | ${title} |`);
      const head = `### ${group.title}\n\n${group.about[0]?.toUpperCase()}${group.about.slice(1)}.\n`;
      return [head, "| code | title |", "|---|---|", ...rows, ""].join("\n");
    })
    .join("\n");
}
