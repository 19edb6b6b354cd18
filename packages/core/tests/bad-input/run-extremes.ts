// Functions that nobody writes by hand, compiled and called in one process: each line says what came of one.
import { runInThisContext } from "node:vm";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { sourceText } from "../../src/diagnostics/source-text.ts";
import { cfunc } from "../../src/index.ts";
import { parse } from "../../src/parse/parse.ts";

type Call = (...args: unknown[]) => unknown;
type Compiled = Call & { readonly address: bigint; readonly nativeName: string; inspectLLVM(): string };

const compile = (signature: string, text: string, options?: object): Compiled =>
  (cfunc as unknown as (...args: unknown[]) => Compiled)(signature, runInThisContext(`(${text})`), options);
const repeat = (text: string, n: number) => text.repeat(n);
const each = (n: number, part: (i: number) => string, between = "") =>
  Array.from({ length: n }, (_, i) => part(i)).join(between);

const extremes: Readonly<Record<string, () => unknown>> = {
  parentheses: () => parse(sourceText("deep.ts", `(n) => ${repeat("(", 10_000)}n${repeat(")", 10_000)}`)),
  unaries: () => compile("int32(int32)", `(n) => ${repeat("~", 10_000)}n`)(1),
  nestedIfs: () => {
    const text = `(n) => { ${repeat("if (n) {", 5_000)} n = 1; ${repeat("}", 5_000)} return n; }`;
    return parse(sourceText("deep.ts", text));
  },
  longSum: () => compile("float64(float64)", `(x) => x${repeat(" + x", 1_000)}`)(2),
  manyIfs: () =>
    compile("float64(float64)", `(x) => { let s = 0; ${repeat("if (x > s) s += x;", 2_000)} return s; }`)(1),
  manyLocals: () => {
    const text = `(x) => { ${each(1_000, (i) => `let v${i} = x + ${i};`)} return ${each(1_000, (i) => `v${i}`, "+")}; }`;
    return compile("float64(float64)", text)(1);
  },
  nestedLoops: () => {
    const heads = each(12, (i) => `for (let i${i} = 0; i${i} < n; i${i}++) {`);
    return compile("int32(int32)", `(n) => { let s = 0; ${heads} s++; ${repeat("}", 12)} return s; }`)(2);
  },
  nestedWhiles: () => {
    const heads = each(10, (i) => `while (s < n * ${i + 2}) { s = s * 1.5 + 1;`);
    return compile("float64(float64)", `(n) => { let s = 0; ${heads} s += 1; ${repeat("}", 10)} return s; }`)(1);
  },
  unicodeName: () => compile("int32(int32)", "function größe_日本(länge) { const 倍 = länge * 2; return 倍; }")(21),
  nulName: () => compile("int32(int32)", "function Ā(x) { return x + 1; }")(1),
  quotedName: () => compile("int32(int32)", "(n) => n", { name: 'a"b\\c\n@d' })(5),
  longName: () => compile("int32(int32)", `function ${repeat("name", 2_000)}(n) { return n; }`)(6),
  unreachable: () => compile("int32(int32)", "(n) => { return n; n = missing(n); while (1) n++; }")(7),
  empty: () => compile("void()", "() => {}")(),
  emptyLoop: () => compile("int32(int32)", "(n) => { for (let i = 0; i < n; i++); return n; }")(8),
  infiniteLoop: () => compile("void()", "() => { for (;;); }").address > 0n,
  infiniteWithResult: () => compile("int32()", "() => { while (true) {} }").address > 0n,
  shadowedIntrinsic: () => compile("int32(int32)", "(carray) => { const Math = carray * 2; return Math + carray; }")(3),
  shadowedNaN: () => compile("int32(int32)", "(NaN) => NaN + 1")(3),
  nullPointer: () => compile("bool(CPointer(float64))", "(p) => p === null")(null),
  nullGuard: () => compile("float64(CPointer(float64))", "(p) => (p ? p[0] : -1)")(null),
  manyParameters: () => {
    const names = each(30, (i) => `p${i}`, ", ");
    const types = each(30, () => "float64", ", ");
    return compile(
      `float64(${types})`,
      `(${names}) => ${names.replaceAll(",", " +")}`,
    )(...Array.from({ length: 30 }, () => 2));
  },
  millionCharacters: () => {
    const text = `(x) => { let s = 0; ${repeat("s += x * 1.5; s = s / 2 + 1;\n", 36_000)} return s; }`;
    return text.length > 1_000_000 && compile("float64(float64)", text)(2);
  },
  millionInAComment: () => compile("float64(float64)", `(x) => { /* ${repeat("a", 1_000_000)} */ return x; }`)(2),
  nestedBlocks: () => parse(sourceText("deep.ts", `(n) => { ${repeat("{", 10_000)} n++; ${repeat("}", 10_000)} }`)),
  nestedTernaries: () => parse(sourceText("deep.ts", `(n) => ${repeat("n ? 1 : ", 10_000)}n`)),
  nestedCalls: () => parse(sourceText("deep.ts", `(n) => ${repeat("f(", 10_000)}n${repeat(")", 10_000)}`)),
  nestedFunctions: () => parse(sourceText("deep.ts", `(n) => ${repeat("(() => ", 10_000)}n${repeat(")()", 10_000)}`)),
  nots: () => compile("bool(int32)", `(n) => ${repeat("!", 10_000)}n`)(1),
  ands: () => compile("bool(int32)", `(n) => ${repeat("n > 1 && ", 10_000)}true`)(1),
  longerSum: () => compile("float64(float64)", `(n) => n${repeat(" + n", 10_000)}`)(1),
  commas: () => compile("int32(int32)", `(n) => (${repeat("n, ", 10_000)}n)`)(1),
  manyLabels: () =>
    compile("int32(int32)", `(n) => { ${each(1_000, (i) => `l${i}: `)} for (;;) if (n++ > 5) break l4; return n; }`)(1),
  manyCases: () =>
    compile(
      "int32(int32)",
      `(n) => { switch (n) { ${each(4_000, (i) => `case ${i}: return ${i * 2};`)} } return -1; }`,
    )(77),
  thousandsOfParameters: () => {
    const names = each(5_000, (i) => `p${i}`, ", ");
    return compile(
      `float64(${each(5_000, () => "float64", ", ")})`,
      `(${names}) => p0 + p4999`,
    )(...Array(5_000).fill(1));
  },
  manyFunctions: () => {
    let sum = 0;
    for (let i = 0; i < 200; i++) sum += Number(compile("int32(int32)", `(n) => n + ${i}`)(1));
    return sum;
  },
};

for (const [name, run] of Object.entries(extremes)) {
  const started = performance.now();
  let outcome: string;
  try {
    outcome = String(run());
  } catch (error) {
    outcome = error instanceof CFuncError ? error.code : `no diagnostic: ${String(error)}`;
  }
  console.log(JSON.stringify({ name, outcome, ms: Math.round(performance.now() - started) }));
}
console.log("alive");
