// Random programs of constructs: functions in functions that hide each other's names, switches in loops, rows of views,
// labels, destructuring, exceptions. Every loop ends, every index is in bounds, and no name is used before it is there.
import type { Random } from "../../fuzz/random.ts";

type Kind = "let" | "const" | "function" | "hidden";

/** One block: its names, and those of blocks further out that were used in it and cannot be declared here any more. */
class Scope {
  readonly names = new Map<string, Kind>();
  readonly arities = new Map<string, number>();
  private readonly used = new Set<string>();
  private readonly outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.outer = outer;
  }

  visible(...kinds: readonly Kind[]): string[] {
    const hidden = new Set<string>();
    const found: string[] = [];
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      for (const [name, kind] of scope.names) {
        if (!hidden.has(name) && kinds.includes(kind)) found.push(name);
        hidden.add(name);
      }
    }
    return found;
  }

  use(name: string): string {
    for (let scope: Scope | undefined = this; scope !== undefined && !scope.names.has(name); scope = scope.outer)
      scope.used.add(name);
    return name;
  }

  arity(name: string): number {
    return this.names.has(name) ? (this.arities.get(name) ?? 0) : (this.outer?.arity(name) ?? 0);
  }

  isFree(name: string): boolean {
    return !this.names.has(name) && !this.used.has(name);
  }

  /** Runs `make` where the names are known to be taken, but cannot be used. */
  without<T>(names: readonly string[], make: () => T): T {
    for (const name of names) this.names.set(name, "hidden");
    const made = make();
    for (const name of names) this.names.delete(name);
    return made;
  }
}

const variables = ["a", "b", "c", "x", "y", "z"];
const functions = ["f", "g", "h", "k"];
const literals = ["0", "1", "2", "3", "-1", "5", "7", "0.5", "-0", "100", "2147483647", "-2147483648", "1e10", "NaN"];

/** The parameters of every program; `T` and `F` are captured arrays. */
export const parameters = "(m, n, p, q, r)";
export const memoryTypes = ["CPointer(float64)", "CPointer(int32)", "CPointer(uint8)"];
export const memory = () => [
  Float64Array.of(1, -0, 2.5, NaN),
  Int32Array.of(1, -5, 2147483647, 0),
  Uint8Array.of(0, 255, 3, 128),
];
export const captured = { T: [3, -1, 7, 100], F: Float64Array.of(0.5, -0, NaN, 4) };

interface Label {
  readonly name: string;
  readonly isLoop: boolean;
}

export class Programs {
  private readonly r: Random;
  private statementsLeft = 50;
  private callsLeft = 25;
  private next = 0;
  private depth = 0;
  private functionDepth = 0;
  private labels: readonly Label[] = [];
  private inLoop = false;

  constructor(random: Random) {
    this.r = random;
  }

  program(): string {
    const scope = new Scope();
    scope.names.set("m", "let");
    return `${parameters} => { ${this.list(scope, 6 + this.r.below(6))} return ${this.value(scope)}; }`;
  }

  private name(hint: string): string {
    return `${hint}${this.next++}`;
  }

  /** An index of four elements. */
  private index(s: Scope): string {
    return `((${this.value(s, 1)}) & 3)`;
  }

  private value(s: Scope, depth = 3): string {
    const { r } = this;
    const known = s.visible("let", "const");
    if (depth <= 0 || r.oneIn(4)) return known.length > 0 && !r.oneIn(3) ? s.use(r.pick(known)) : r.pick(literals);
    const part = () => this.value(s, depth - 1);
    const changeable = s.visible("let");
    switch (r.below(16)) {
      case 0:
      case 1:
        return `(${part()} ${r.pick(["+", "-", "*"])} ${part()})`;
      case 2:
        return `(${part()} ${r.pick(["|", "&", "^", "<<", ">>", ">>>", "%", "/"])} ${part()})`;
      case 3:
        return `(${this.condition(s, depth - 1)} ? ${part()} : ${part()})`;
      case 4:
        return `${r.pick(["p", "q", "r", "T", "F"])}[${this.index(s)}]`;
      case 5:
        return `(- ${part()})`;
      case 6:
        return `Math.${r.pick(["floor", "abs", "trunc", "round", "sign"])}(${part()})`;
      case 7:
      case 8:
        if (changeable.length === 0) return part();
        return `(${s.use(r.pick(changeable))} ${r.pick(["=", "+=", "-=", "*=", "|=", "&&=", "||=", "??="])} ${part()})`;
      case 9:
        return changeable.length === 0
          ? part()
          : r.oneIn(2)
            ? `(${s.use(r.pick(changeable))}++)`
            : `(--${s.use(r.pick(changeable))})`;
      case 10:
      case 11:
        return this.call(s, part);
      case 12:
        return `(${r.pick(["p", "q", "r"])}[${this.index(s)}] ${r.pick(["=", "+=", "^=", "||="])} ${part()})`;
      case 13:
        return `(${r.pick(["q", "r"])}[${this.index(s)}]++)`;
      case 14:
        return `(${part()} ${r.pick(["&&", "||"])} ${part()})`;
      default:
        return `(${part()}, ${part()})`;
    }
  }

  private call(s: Scope, part: () => string): string {
    const known = s.visible("function");
    if (known.length === 0 || this.callsLeft <= 0) return part();
    this.callsLeft -= 1;
    const name = s.use(this.r.pick(known));
    return `${name}(${Array.from({ length: s.arity(name) }, part).join(", ")})`;
  }

  private condition(s: Scope, depth = 2): string {
    const { r } = this;
    if (depth > 0 && r.oneIn(4))
      return `(${this.condition(s, depth - 1)} ${r.pick(["&&", "||"])} ${this.condition(s, depth - 1)})`;
    if (r.oneIn(8)) return `!(${this.condition(s, depth - 1)})`;
    if (r.oneIn(6)) return this.value(s, depth);
    return `(${this.value(s, depth)} ${r.pick(["<", "<=", ">", ">=", "===", "!=="])} ${this.value(s, depth)})`;
  }

  private list(s: Scope, count: number): string {
    let text = "";
    for (let i = 0; i < count && this.statementsLeft > 0; i++) text += `${this.statement(s)} `;
    return text;
  }

  private body(outer: Scope): string {
    const s = new Scope(outer);
    this.depth += 1;
    const text = this.depth > 4 ? this.simple(s) : this.list(s, 1 + this.r.below(3));
    this.depth -= 1;
    return `{ ${text} }`;
  }

  private simple(s: Scope): string {
    if (this.r.oneIn(2)) return `${this.value(s)};`;
    return `${this.r.pick(["p", "q", "r"])}[${this.index(s)}] ${this.r.pick(["=", "+=", "-=", "||=", "&&="])} ${this.value(s)};`;
  }

  private statement(s: Scope): string {
    const { r } = this;
    this.statementsLeft -= 1;
    switch (r.below(20)) {
      case 0:
      case 1:
      case 2:
        return this.declaration(s);
      case 3:
      case 4:
        return `if (${this.condition(s)}) ${this.body(s)}${r.oneIn(2) ? ` else ${this.body(s)}` : ""}`;
      case 5:
      case 6:
        return this.counted(s);
      case 7:
        return this.conditional(s);
      case 8:
      case 9:
        return this.switch(s);
      case 10:
      case 11:
        return this.forOf(s);
      case 12:
      case 13:
        return this.destructuring(s);
      case 14:
      case 15:
        return this.function(s);
      case 16:
        return this.jump(s);
      case 17:
        return `if (${this.condition(s)}) ${r.oneIn(3) ? `throw new RangeError("${this.name("t")}")` : `return ${this.value(s)}`};`;
      case 18:
        return this.labelled(false, (label) => `${label}${this.body(s)}`);
      default:
        return this.simple(s);
    }
  }

  private declaration(s: Scope): string {
    const name = this.r.pick(variables);
    if (!s.isFree(name)) return this.simple(s);
    const kind = this.r.oneIn(3) ? "const" : "let";
    const value = s.without([name], () => this.value(s));
    s.names.set(name, kind);
    return `${kind} ${name} = ${value};`;
  }

  /** A statement that may have a label, which its parts can jump to. */
  private labelled(isLoop: boolean, make: (label: string) => string): string {
    const outer = { labels: this.labels, inLoop: this.inLoop };
    const name = isLoop && !this.r.oneIn(3) ? undefined : this.name("L");
    if (name !== undefined) this.labels = [...this.labels, { name, isLoop }];
    this.inLoop ||= isLoop;
    const text = make(name === undefined ? "" : `${name}: `);
    this.labels = outer.labels;
    this.inLoop = outer.inLoop;
    return text;
  }

  private jump(s: Scope): string {
    const label = this.labels.length > 0 && this.r.oneIn(2) ? this.r.pick(this.labels) : undefined;
    if (label !== undefined)
      return `if (${this.condition(s)}) ${label.isLoop && this.r.oneIn(2) ? "continue" : "break"} ${label.name};`;
    return this.inLoop ? `if (${this.condition(s)}) ${this.r.pick(["continue", "break"])};` : this.simple(s);
  }

  private counted(outer: Scope): string {
    const { r } = this;
    const [s, i, guard] = [new Scope(outer), r.pick(variables), this.name("guard")];
    // a counter that the body may change needs another one that ends the loop
    const kind = r.oneIn(3) ? "let" : "const";
    s.names.set(i, kind);
    const head = `for (let ${i} = ${r.pick(["0", "1", "-2"])}; ${kind === "let" ? `${guard}++ < 9 && ` : ""}${i} < ${r.pick(["3", "5", "n"])}; ${i}${r.pick(["++", " += 1", " += 2"])})`;
    return this.labelled(true, (label) => `let ${guard} = 0; ${label}${head} ${this.body(s)}`);
  }

  private conditional(s: Scope): string {
    const guard = this.name("guard");
    const test = () => `(${guard}++ < 5 && ${this.condition(s)})`;
    return this.labelled(true, (label) =>
      this.r.oneIn(2)
        ? `let ${guard} = 0; ${label}while ${test()} ${this.body(s)}`
        : `let ${guard} = 0; ${label}do ${this.body(s)} while ${test()};`,
    );
  }

  private switch(outer: Scope): string {
    const { r } = this;
    const value = this.value(outer, 2);
    const s = new Scope(outer);
    const cases = Array.from(
      { length: 1 + r.below(4) },
      () => `case ${r.oneIn(2) ? r.pick(literals) : this.value(s, 1)}: `,
    );
    if (!r.oneIn(3)) cases.splice(r.below(cases.length + 1), 0, "default: ");
    const ends = ["break;", "break;", `return ${this.value(s, 2)};`, this.inLoop ? "continue;" : "break;"];
    // a jump out of a switch without a label is its own: loops further out need theirs
    return this.labelled(false, (label) => {
      const bodies = cases.map(
        (text) => `${text}${r.oneIn(3) ? this.body(s) : this.simple(s)} ${r.oneIn(3) ? "" : r.pick(ends)}`,
      );
      return `${label}switch (${value}) { ${bodies.join(" ")} }`;
    });
  }

  private forOf(outer: Scope): string {
    const { r } = this;
    const s = new Scope(outer);
    if (r.oneIn(4)) {
      for (const name of ["a", "b"]) s.names.set(name, "const");
      return this.labelled(true, (label) => `${label}for (const [a, b] of carray(p, [2, 2])) ${this.body(s)}`);
    }
    const over = r.pick(["T", "F", "carray(p, 4)", "carray(p, n)", "carray(q, 3)", "carray(r, m & 3)"]);
    const [name, kind] = [r.pick(variables), r.pick(["let", "const"] as const)];
    s.names.set(name, kind);
    return this.labelled(true, (label) => `${label}for (${kind} ${name} of ${over}) ${this.body(s)}`);
  }

  private destructuring(s: Scope): string {
    const { r } = this;
    const changeable = s.visible("let");
    if (r.oneIn(2) && changeable.length > 0) {
      const targets = Array.from({ length: 2 + r.below(2) }, () =>
        r.oneIn(2) ? s.use(r.pick(changeable)) : `${r.pick(["p", "q"])}[${this.index(s)}]`,
      );
      return `[${targets.join(", ")}] = [${targets.map(() => this.value(s, 2)).join(", ")}];`;
    }
    const [first, second] = variables.filter((name) => s.isFree(name));
    if (first === undefined || second === undefined) return this.simple(s);
    const [u, v] = s.without([first, second], () => [this.value(s, 2), this.value(s, 2)] as const);
    for (const name of [first, second]) s.names.set(name, "let");
    return r.pick([
      `let [${first}, ${second}] = [${u}, ${v}];`,
      `let { u: ${first}, v: ${second} } = { v: ${v}, w: q[0]++, u: ${u} };`,
      `let [${first}, [, ${second}]] = [${u}, [q[1]++, ${v}]];`,
    ]);
  }

  private function(outer: Scope): string {
    const { r } = this;
    const name = r.pick(functions);
    if (this.functionDepth > 2 || !outer.isFree(name)) return this.simple(outer);
    const s = new Scope(outer);
    const given = variables.filter(() => r.oneIn(3)).slice(0, 2);
    for (const parameter of given) s.names.set(parameter, "let");
    const before = { labels: this.labels, inLoop: this.inLoop, callsLeft: this.callsLeft };
    [this.labels, this.inLoop] = [[], false];
    this.functionDepth += 1;
    const text = outer.without([name], () => {
      if (r.oneIn(3)) return `(${given.join(", ")}) => ${this.value(s, 2)}`;
      return `(${given.join(", ")}) => { ${this.list(s, 1 + r.below(3))} return ${this.value(s, 2)}; }`;
    });
    this.functionDepth -= 1;
    ({ labels: this.labels, inLoop: this.inLoop } = before);
    // what it calls is compiled once more with each of its calls
    this.callsLeft = Math.min(before.callsLeft, this.callsLeft + 2);
    outer.names.set(name, "function");
    outer.arities.set(name, given.length);
    return `const ${name} = ${text};`;
  }
}
