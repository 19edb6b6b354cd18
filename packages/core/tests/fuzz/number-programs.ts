// Random functions over numbers: the constructs of the language, combined without regard to sense. Loops always end.
// Functions of `Math` whose last digits differ between libraries stand only at the very end.
import { type NumberType, numberTypeNames, type ScalarType } from "./inputs.ts";
import type { Random } from "./random.ts";
import { c, e, list, s, type Tree, tick } from "./tree.ts";

export interface Program {
  /** The body of the function. */
  readonly body: Tree;
  readonly params: readonly { readonly name: string; readonly type: ScalarType }[];
  readonly result: ScalarType | "void";
  /** Declarations around the function, which it captures. */
  readonly outside: string;
  /** Units in the last place by which a float64 result may differ. */
  readonly tolerance: number;
}

const literals = [
  "0",
  "1",
  "2",
  "3",
  "7",
  "10",
  "31",
  "32",
  "255",
  "65536",
  "46341",
  "2147483647",
  "2147483648",
  "4294967295",
  "4294967296",
  "9007199254740991",
  "9007199254740993",
  "1e10",
  "1e18",
  "1e300",
  "0.5",
  "0.25",
  "1.5",
  "3.999",
  "0.1",
  "1e-300",
  "-1",
  "-2",
  "-5",
  "-0",
  "-2147483648",
  "-0.5",
  "-1e20",
  "Infinity",
  "NaN",
  "LIMIT",
  "Color.Red",
  "Math.PI",
  "Number.MAX_SAFE_INTEGER",
].map((text) => (text.startsWith("-") ? `(${text})` : text));

/** Exact functions of one argument. */
const exact = ["floor", "ceil", "trunc", "round", "abs", "sign", "sqrt", "fround", "clz32"];
/** Functions that may differ in the last digits. */
export const inexact = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "log2",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
  "cbrt",
];

const outside = `
  const LIMIT = 1000;
  const Color = { Red: 3, Green: -4 };
  const mix = (a, b) => { let r = a; for (let k = 0; k < 3; k++) r = (r * 31 + b) % 1009; return r; };
  const pick = (a, b) => (a < b ? a : -b);
  const TABLE = [3, -1, 2.5, -0];
  const BYTES = new Uint8Array([0, 255, 7, 128]);
  const sum = (n) => (n > 0 && n < 20 ? n + sum(n - 1) : 0);
`;

export function numberProgram(random: Random): Program {
  return new NumberPrograms(random).program();
}

class NumberPrograms {
  private readonly random: Random;
  private readonly numbers: string[] = [];
  private readonly assignable: string[] = [];
  private readonly conditions: string[] = [];
  private readonly loops: { readonly label: string | undefined }[] = [];
  private names = 0;
  private voids = false;

  constructor(random: Random) {
    this.random = random;
  }

  program(): Program {
    const { random } = this;
    const params = ["x", "y", "z", "u"].map((name): { name: string; type: ScalarType } => {
      const type: NumberType = random.oneIn(2)
        ? random.pick(["int32", "float64", "uint32"] as const)
        : random.pick(numberTypeNames);
      this.numbers.push(name);
      if (random.oneIn(3)) this.assignable.push(name);
      return { name, type };
    });
    params.push({ name: "flag", type: "bool" });
    this.conditions.push("flag");
    const result = random.oneIn(10)
      ? "void"
      : random.oneIn(2)
        ? "float64"
        : random.oneIn(8)
          ? "bool"
          : random.pick(numberTypeNames);
    this.voids = result === "void";
    const statements: Tree[] = [];
    for (let n = 1 + random.below(3); n > 0; n--) statements.push(this.declaration(2));
    for (let n = random.below(5); n > 0; n--) statements.push(this.statement(3));
    const inexactEnd = result === "float64" && random.oneIn(6);
    if (!this.voids) statements.push(s`return ${inexactEnd ? this.inexactExpression() : this.expression(3)};`);
    return { body: list(statements), params, result, outside, tolerance: inexactEnd ? 4 : 0 };
  }

  private inexactExpression(): Tree {
    const kind = this.random.below(inexact.length + 4);
    const one = this.expression(2);
    const name = inexact[kind];
    if (name !== undefined) return e`Math.${name}(${one})`;
    switch (kind - inexact.length) {
      case 0:
        return e`Math.atan2(${one}, ${this.expression(2)})`;
      case 1:
        return e`Math.hypot(${one}, ${this.expression(2)})`;
      case 2:
        return e`Math.pow(${one}, ${this.expression(2)})`;
      default:
        return e`((${one}) ** (${this.expression(2)}))`;
    }
  }

  private fresh(): string {
    this.names += 1;
    return `v${this.names}`;
  }

  private expression(depth: number): Tree {
    const { random } = this;
    if (depth <= 0) return this.leaf();
    const sub = () => this.expression(depth - 1);
    switch (random.below(30)) {
      case 0:
      case 1:
        return this.leaf();
      case 2:
      case 3:
      case 4:
      case 5:
        return e`(${sub()} ${random.pick(["+", "-", "*"])} ${sub()})`;
      case 6:
      case 7:
        return e`(${sub()} ${random.pick(["/", "%", "%"])} ${sub()})`;
      case 8:
      case 9:
        return e`(${sub()} ${random.pick(["&", "|", "^"])} ${sub()})`;
      case 10:
      case 11:
        return e`(${sub()} ${random.pick(["<<", ">>", ">>>"])} ${sub()})`;
      case 12:
        return e`(${sub()} ${random.pick(["| 0", ">>> 0", "+ 1", "- 1", "* 2", "/ 2", "& 255", "% 10", "& 7"])})`;
      case 13:
        return e`(${random.pick(["-", "~", "+"])}${sub()})`;
      case 14:
      case 15:
      case 16:
        return e`Math.${random.pick(exact)}(${sub()})`;
      case 17:
        return e`Math.${random.pick(["min", "max", "imul"])}(${sub()}, ${sub()})`;
      case 18:
        return e`Math.${random.pick(["min", "max"])}(${sub()}, ${sub()}, ${sub()})`;
      case 19:
      case 20:
        return e`(${this.condition(depth - 1)} ? ${sub()} : ${sub()})`;
      case 21:
        return e`(${sub()} ${random.pick(["&&", "||"])} ${sub()})`;
      case 22:
        return e`Number(${this.condition(depth - 1)})`;
      case 23:
      case 24:
        return this.assignment(depth - 1);
      case 25:
        return e`(${sub()}, ${sub()})`;
      case 26:
      case 27:
        return e`${random.pick(["p", "q", "r"])}[(${sub()}) & 7]`;
      case 28:
        if (random.oneIn(4)) return e`${random.pick(["TABLE", "BYTES"])}[(${sub()}) & 3]`;
        return random.oneIn(3) ? e`sum(${sub()})` : e`${random.pick(["mix", "pick"])}(${sub()}, ${sub()})`;
      default:
        return e`((${this.condition(depth - 1)}) ${random.pick(["| 0", "+ 1", "* 5"])})`;
    }
  }

  private leaf(): Tree {
    return this.random.below(3) > 0 ? e`${this.random.pick(this.numbers)}` : e`${this.random.pick(literals)}`;
  }

  private assignment(depth: number): Tree {
    const { random } = this;
    const target = this.assignable.length > 0 ? random.pick(this.assignable) : undefined;
    if (target === undefined || random.oneIn(5)) {
      const element = e`${random.pick(["p", "q", "r"])}[(${this.expression(depth - 1)}) & 7]`;
      if (random.oneIn(3)) return random.oneIn(2) ? e`(${element}${random.pick(["++", "--"])})` : e`(++${element})`;
      return e`(${element} ${random.pick(["=", "+=", "-=", "*=", "^=", "%="])} ${this.expression(depth - 1)})`;
    }
    switch (random.below(4)) {
      case 0:
        return e`(${target}${random.pick(["++", "--"])})`;
      case 1:
        return e`(${random.pick(["++", "--"])}${target})`;
      case 2:
        return e`(${target} = ${this.expression(depth)})`;
      default:
        return e`(${target} ${random.pick(["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "||=", "&&="])} ${this.expression(depth)})`;
    }
  }

  private condition(depth: number): Tree {
    const { random } = this;
    const sub = () => this.expression(depth - 1);
    if (depth <= 0 && random.oneIn(3)) return c`${random.pick(this.conditions)}`;
    switch (random.below(12)) {
      case 0:
        return c`(${this.condition(depth - 1)} ${random.pick(["&&", "||"])} ${this.condition(depth - 1)})`;
      case 1:
        return c`!${this.condition(depth - 1)}`;
      case 2:
        return c`Number.${random.pick(["isNaN", "isFinite", "isInteger", "isSafeInteger"])}(${sub()})`;
      case 3:
        return c`Boolean(${sub()})`;
      case 4:
        return c`(${this.leaf()} ${random.pick(["===", "!==", "==", "!="])} ${this.leaf()})`;
      default:
        return c`(${sub()} ${random.pick(["<", "<=", ">", ">=", "===", "!=="])} ${sub()})`;
    }
  }

  private test(depth: number): Tree {
    return this.random.oneIn(5) ? c`(${this.expression(depth)})` : this.condition(depth);
  }

  private declaration(depth: number): Tree {
    const name = this.fresh();
    const value = this.expression(depth);
    // a variable without a value yet is not read
    const [test, other] = [this.condition(1), this.leaf()];
    this.numbers.push(name);
    if (this.random.oneIn(4)) return s`const ${name} = ${value};\n`;
    this.assignable.push(name);
    if (this.random.oneIn(8)) return s`let ${name}; if (${test}) ${name} = ${value}; else ${name} = ${other};\n`;
    return s`${this.random.oneIn(6) ? "var" : "let"} ${name} = ${value};\n`;
  }

  /** Statements in a scope of their own. */
  private block(depth: number, most = 3): Tree {
    const [numbers, assignable] = [this.numbers.length, this.assignable.length];
    const statements: Tree[] = [];
    for (let n = 1 + this.random.below(most); n > 0; n--) statements.push(this.statement(depth));
    this.numbers.length = numbers;
    this.assignable.length = assignable;
    return s`{ ${list(statements)} }`;
  }

  private statement(depth: number): Tree {
    const { random } = this;
    const kind = depth <= 0 ? random.below(5) : random.below(18);
    switch (kind) {
      case 0:
        return this.declaration(2);
      case 1:
      case 2:
      case 3:
        return s`${this.assignment(2)};\n`;
      case 4:
        return this.leave();
      case 5:
      case 6:
        return s`if (${this.test(2)}) ${this.block(depth - 1)}${random.oneIn(2) ? s` else ${this.block(depth - 1)}` : ""}\n`;
      case 7:
        return s`${this.test(2)} ${random.pick(["&&", "||"])} ${this.assignment(1)};\n`;
      case 8:
        return this.switch(depth - 1);
      case 9:
        return this.innerFunction();
      case 10:
        return this.over(depth - 1);
      case 11: {
        const [a, b] = [random.pick(this.numbers), random.pick(this.assignable.length > 0 ? this.assignable : [""])];
        if (b === "" || !this.assignable.includes(a))
          return s`${this.test(1)} ? ${this.assignment(1)} : ${this.assignment(1)};\n`;
        return s`[${a}, ${b}] = [${this.expression(1)}, ${a}];\n`;
      }
      default:
        return this.loop(depth - 1);
    }
  }

  private switch(depth: number): Tree {
    const { random } = this;
    const cases: Tree[] = [];
    for (let n = 1 + random.below(4); n > 0; n--) {
      const label = random.oneIn(5) && !cases.some((c) => c.parts[0] === "default: ") ? "default: " : "case ";
      const test = label === "case " ? e`${random.oneIn(3) ? this.leaf() : random.pick(["0", "1", "2", "3"])}: ` : "";
      const end = random.oneIn(3) ? "" : " break;";
      cases.push({ sort: "stmt", parts: [label, test, this.block(depth, 2), end, "\n"] });
    }
    return s`switch ((${this.expression(1)}) ${random.pick(["& 3", "| 0", "% 4", "+ 0"])}) { ${list(cases)} }\n`;
  }

  /** A function that sees and changes the variables around it, and one call of it or two. */
  private innerFunction(): Tree {
    const { random } = this;
    const name = this.fresh();
    const parameter = this.fresh();
    this.numbers.push(parameter);
    const body = random.oneIn(2)
      ? e`${this.expression(2)}`
      : s`{ if (${this.condition(1)}) return ${this.expression(1)}; ${this.assignment(1)}; return ${this.expression(1)}; }`;
    this.numbers.pop();
    const result = this.fresh();
    const calls = random.oneIn(2)
      ? e`${name}(${this.expression(1)})`
      : e`(${name}(${this.expression(1)}) - ${name}(${this.expression(1)}))`;
    this.numbers.push(result);
    return s`const ${name} = (${parameter}) => ${body}; const ${result} = ${calls};\n`;
  }

  private over(depth: number): Tree {
    const element = this.fresh();
    const label = `L${element}`;
    this.numbers.push(element);
    this.loops.push({ label });
    const body = this.block(depth, 2);
    this.loops.pop();
    this.numbers.splice(this.numbers.indexOf(element), 1);
    return s`${label}: for (const ${element} of ${this.random.pick(["TABLE", "BYTES"])}) { ${tick} ${body} }\n`;
  }

  private leave(): Tree {
    const { random } = this;
    const loop = this.loops.length > 0 ? random.pick(this.loops) : undefined;
    if (loop === undefined || random.oneIn(3)) {
      if (this.voids) return s`if (${this.condition(1)}) return;\n`;
      return s`if (${this.condition(1)}) return ${this.expression(1)};\n`;
    }
    const jump = random.pick(["break", "continue"]);
    const label = loop === this.loops.at(-1) && random.oneIn(2) ? "" : loop.label;
    return label === undefined ? s`${this.assignment(1)};\n` : s`if (${this.condition(1)}) ${jump} ${label};\n`;
  }

  private loop(depth: number): Tree {
    const { random } = this;
    const i = this.fresh();
    const label = random.oneIn(2) ? `L${i}` : undefined;
    const prefix = label === undefined ? "" : `${label}: `;
    const wild = random.oneIn(3);
    // the counter of a wild loop may be assigned in its body, so that fuel ends it
    const fuel = wild ? `fuel${i}` : undefined;
    const scope = [this.numbers.length, this.assignable.length] as const;
    const before: Tree[] = fuel === undefined ? [] : [s`let ${fuel} = ${random.pick(["9", "17", "33"])};\n`];
    const head = this.loopHead(i, before, wild);
    this.numbers.push(i);
    if (wild) this.assignable.push(i);
    this.loops.push({ label });
    const guard = fuel === undefined ? tick : `${tick} if (${fuel}-- <= 0) break; `;
    const body = s`{ ${guard}${this.block(depth, 2)} }`;
    this.loops.pop();
    this.numbers.length = scope[0];
    this.assignable.length = scope[1];
    if (head.kind === "do") return s`{ ${list(before)}${prefix}do ${body} while (${head.test}); }\n`;
    return s`{ ${list(before)}${prefix}${head.text} ${body} }\n`;
  }

  private loopHead(i: string, before: Tree[], wild: boolean): { kind: "for"; text: Tree } | { kind: "do"; test: Tree } {
    const { random } = this;
    const bound = () => this.expression(1);
    switch (random.below(12)) {
      case 0:
      case 1:
        return { kind: "for", text: s`for (let ${i} = 0; ${i} < ((${bound()}) & 15); ${i}++)` };
      case 2:
        return { kind: "for", text: s`for (let ${i} = (${bound()}) & 15; ${i} >= 0; ${i}--)` };
      case 3:
        return {
          kind: "for",
          text: s`for (let ${i} = ${random.pick(["-3", "0", "2147483640", "4294967290", "-2147483655"])}, end = ${i} + ${random.pick(["12", "7.5", "1"])}; ${i} <= end; ${i} += ${random.pick(["2", "1", "0.5", "3"])})`,
        };
      case 4:
        return {
          kind: "for",
          text: s`for (let ${i} = 0; ${i} < Math.min(${bound()}, 12); ${random.pick([`${i}++`, `++${i}`, `${i} += 1`, `${i} = ${i} + 1`])})`,
        };
      case 5:
        return { kind: "for", text: s`for (let ${i} = 1; ${i} !== 9; ${i}++)` };
      case 6:
        before.push(s`let ${i} = (${bound()}) & 7;\n`);
        return { kind: "for", text: s`while (${i}-- > 0)` };
      case 7:
        before.push(s`let ${i} = ${random.pick(["0", "-4", "2147483640", "-2147483655", "0.5"])}, end = ${i} + 9;\n`);
        return { kind: "for", text: s`while (${random.pick([`${i}++`, `++${i}`])} < end)` };
      case 8:
        before.push(s`let ${i} = 0;\n`);
        return { kind: "do", test: c`${i}++ < ${random.pick(["5", "9.5"])}` };
      case 9:
        if (!wild) break;
        before.push(s`let ${i} = ${bound()};\n`);
        return { kind: "for", text: s`while (${this.condition(2)})` };
      case 10:
        if (!wild) break;
        before.push(s`let ${i} = ${bound()};\n`);
        return { kind: "do", test: this.condition(2) };
      case 11:
        if (!wild) break;
        return {
          kind: "for",
          text: s`for (let ${i} = ${bound()}; ${this.condition(1)}; ${i} ${random.pick(["+= 3", "*= 2", `= ~~${i}`, "-= 1"])})`,
        };
    }
    return { kind: "for", text: s`for (let ${i} = 0; ${i} < ${random.pick(["4", "10", "16"])}; ${i}++)` };
  }
}
