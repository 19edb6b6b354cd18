// Random functions over bigints: 64-bit integers, exactly, and modulo 2^n where the program says so.

import type { ScalarType } from "./inputs.ts";
import type { Program } from "./number-programs.ts";
import type { Random } from "./random.ts";
import { c, e, list, s, type Tree, tick } from "./tree.ts";

const literals = [
  "0n",
  "1n",
  "2n",
  "7n",
  "255n",
  "4294967296n",
  "9223372036854775807n",
  "(-1n)",
  "(-10n)",
  "(-9223372036854775808n)",
  "BIG",
];

const outside = `
  const BIG = 1000000007n;
  const step = (a, b) => BigInt.asIntN(64, a * 6364136223846793005n + b);
`;

export function bigintProgram(random: Random): Program {
  return new BigintPrograms(random).program();
}

class BigintPrograms {
  private readonly random: Random;
  private readonly values: string[] = [];
  private readonly assignable: string[] = [];
  private names = 0;

  constructor(random: Random) {
    this.random = random;
  }

  program(): Program {
    const { random } = this;
    const params = ["x", "y", "z"].map((name): { name: string; type: ScalarType } => {
      this.values.push(name);
      return { name, type: random.pick(["int64", "uint64"] as const) };
    });
    params.push({ name: "n", type: "int32" });
    const statements: Tree[] = [];
    for (let n = 1 + random.below(2); n > 0; n--) statements.push(this.declaration());
    for (let n = random.below(4); n > 0; n--) statements.push(this.statement(2));
    const asNumber = random.oneIn(8);
    const result = asNumber ? "float64" : random.pick(["int64", "uint64"] as const);
    statements.push(asNumber ? s`return Number(${this.wrapped(2)});` : s`return ${this.expression(3)};`);
    return { body: list(statements), params, result, outside, tolerance: 0 };
  }

  private leaf(): Tree {
    return this.random.below(3) > 0 ? e`${this.random.pick(this.values)}` : e`${this.random.pick(literals)}`;
  }

  /** A value that fits 64 bits. */
  private wrapped(depth: number): Tree {
    const { random } = this;
    if (depth <= 0) return this.leaf();
    const bits = random.pick([64, 64, 64, 63, 32, 8, 1]);
    return e`BigInt.${random.pick(["asIntN", "asUintN"])}(${bits}, ${this.expression(depth - 1)})`;
  }

  private expression(depth: number): Tree {
    const { random } = this;
    if (depth <= 0) return this.leaf();
    const sub = () => this.expression(depth - 1);
    const fits = () => this.wrapped(depth - 1);
    switch (random.below(14)) {
      case 0:
        return this.leaf();
      case 1:
      case 2:
      case 3:
        return e`(${sub()} ${random.pick(["+", "-", "*"])} ${sub()})`;
      case 4:
        return e`(${fits()} ${random.pick(["/", "%"])} ${random.pick(["3n", "10n", "4294967297n", "(-7n)", "(-1n)"])})`;
      case 5: {
        const divisor = random.pick(this.values);
        return e`(${divisor} ${random.pick(["> 0n", "< 0n", "!== 0n"])} ? ${fits()} ${random.pick(["/", "%"])} ${divisor} : ${sub()})`;
      }
      case 6:
      case 7:
        return e`(${sub()} ${random.pick(["&", "|", "^"])} ${sub()})`;
      case 8:
        return e`(${fits()} ${random.pick(["<<", ">>"])} ${random.pick(["0n", "1n", "5n", "31n", "63n", "64n", "100n"])})`;
      case 9:
        return e`(${random.pick(["-", "~"])}${sub()})`;
      case 10:
        return e`(${this.condition(depth - 1)} ? ${sub()} : ${sub()})`;
      case 11:
        return random.oneIn(3) ? e`BigInt(n)` : e`step(${fits()}, ${fits()})`;
      case 12:
        return e`(${sub()} ${random.pick(["&&", "||"])} ${sub()})`;
      default:
        return this.wrapped(depth);
    }
  }

  private condition(depth: number): Tree {
    const { random } = this;
    if (random.oneIn(6)) return c`(n ${random.pick(["<", ">", "==="])} ${random.pick(["0", "7"])})`;
    return c`(${this.expression(depth - 1)} ${random.pick(["<", "<=", ">", ">=", "===", "!=="])} ${this.expression(depth - 1)})`;
  }

  private declaration(): Tree {
    this.names += 1;
    const name = `v${this.names}`;
    const value = this.wrapped(2);
    this.values.push(name);
    this.assignable.push(name);
    return s`let ${name} = ${value};\n`;
  }

  private statement(depth: number): Tree {
    const { random } = this;
    const name = random.pick(this.assignable);
    switch (depth <= 0 ? random.below(3) : random.below(6)) {
      case 0:
        return s`${name} = ${this.wrapped(2)};\n`;
      case 1:
        return s`${name} = BigInt.asIntN(64, ${name} ${random.pick(["+", "-", "*", "^"])} ${this.expression(1)});\n`;
      case 2:
        return s`p[n & 3] ${random.pick(["=", "+=", "^="])} ${this.expression(1)};\n`;
      case 3:
        return s`if (${this.condition(1)}) { ${this.statement(depth - 1)} }${random.oneIn(2) ? s` else { ${this.statement(depth - 1)} }` : ""}\n`;
      case 4: {
        this.names += 1;
        const i = `i${this.names}`;
        return s`for (let ${i} = 0n; ${i} < ${random.pick(["5n", "9n"])}; ${i}${random.pick(["++", " += 1n", " += 2n"])}) { ${tick} ${this.statement(depth - 1)} }\n`;
      }
      default: {
        this.names += 1;
        const i = `i${this.names}`;
        return s`for (let ${i} = 0; ${i} < 6; ${i}++) { ${tick} ${this.statement(depth - 1)} }\n`;
      }
    }
  }
}
