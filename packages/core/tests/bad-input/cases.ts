// Mistakes that people make, one function each. Run by run-cases.ts in a process of its own; the test compares each
// diagnostic with the line after the comment `mistake: <name>`. The types before each mistake make the compiled text differ
// from this file, so that a position in the wrong text shows.
import { carray, cfunc, float64, int32 } from "../../src/index.ts";

interface Options {
  readonly scale: number;
  readonly name: string;
}
type Maker = () => { readonly address: bigint };

const title = "a string";
const settings: Map<string, number> = new Map([["scale", 2]]);
const options: Options = { scale: 2, name: "options" };
let later: number | undefined;
const throwing = {
  get limit(): number {
    throw new Error("a getter that throws");
  },
};
const proxied = new Proxy({ scale: 2 }, {});
const proxiedNumbers = new Proxy([1, 2, 3], {});
const proxiedFunction = new Proxy((x: number): number => x + 1, {});
const trapped = new Proxy(
  { scale: 2 },
  { get: () => thrown(), ownKeys: () => thrown(), getPrototypeOf: () => thrown() },
);
const thrown = (): never => {
  throw new Error("a trap");
};
const transferred = new Float64Array(4);
structuredClone(transferred, { transfer: [transferred.buffer] });
const plain = (a: number, b: number): number => a + b;
const compiledOne = cfunc("float64(float64)", (x: number) => x * 2);
/** Takes part in no type check: what these functions are given is wrong on purpose. */
const unchecked = cfunc as unknown as (
  signature: string,
  fn: unknown,
  options?: object,
) => { readonly address: bigint };

export const cases: Readonly<Record<string, Maker>> = {
  tryStatement: () =>
    unchecked("float64(float64)", (x: number): number => {
      // mistake: tryStatement
      try {
        return x;
      } catch {
        return 0;
      }
    }),
  // mistake: newExpression
  newExpression: () => unchecked("float64(float64)", (x: number) => new Float64Array(1).length + x),
  objectLiteral: () =>
    unchecked("float64(float64)", (x: number): number => {
      const point = { x, y: 0 };
      // mistake: objectLiteral
      point.x = 1;
      return point.x;
    }),
  // mistake: template
  template: () => unchecked("int32(int32)", (n: number) => `${n}`.length),
  // mistake: regex
  regex: () => unchecked("bool(int32)", (n: number) => /1/.test(String(n))),
  // mistake: spread
  spread: () => unchecked("float64(float64)", (...x: number[]) => Math.max(...x)),
  // mistake: defaultValue
  defaultValue: () => unchecked("float64(float64)", (x = 1) => x),
  // mistake: typeofOperator
  typeofOperator: () => unchecked("bool(float64)", (x: number) => typeof x === "number"),
  thisExpression: () =>
    unchecked("float64(float64)", function (this: Options, x: number): number {
      // mistake: thisExpression
      return x * this.scale;
    }),
  argumentsObject: () =>
    unchecked("float64(float64)", function (): number {
      // mistake: argumentsObject
      return arguments.length;
    }),
  unknownTypeName: () => unchecked("flaot64(float64)", (x: number) => x),
  unknownStructName: () => unchecked("float64(CPointer(Point))", () => 0),
  // mistake: capturedString
  capturedString: () => unchecked("float64(float64)", (x: number) => x + title.length),
  // mistake: capturedMap
  capturedMap: () => unchecked("float64(float64)", (x: number) => x * (settings.get("scale") ?? 1)),
  // mistake: capturedStringMember
  capturedStringMember: () => unchecked("float64(float64)", (x: number) => x + options.name.length),
  // mistake: capturedUndefined
  capturedUndefined: () => unchecked("float64(float64)", (x: number) => x + (later as number)),
  misspelled: () =>
    unchecked("float64(float64)", (x: number): number => {
      const sum: number = x + 1;
      // mistake: misspelled
      // @ts-expect-error no such name
      return sum > 0 ? sun : 0;
    }),
  tooManyParameters: () =>
    unchecked(
      "float64(float64)",
      // mistake: tooManyParameters
      (x: number, y: number) => x + y,
    ),
  // mistake: tooFewArguments
  // @ts-expect-error an argument is missing
  tooFewArguments: () => unchecked("float64(float64)", (x: number) => plain(x)),
  // mistake: argumentsOfCompiled
  // @ts-expect-error one argument too many
  argumentsOfCompiled: () => unchecked("float64(float64)", (x: number) => compiledOne(x, 2)),
  noReturn: () =>
    unchecked(
      "float64(float64)",
      // mistake: noReturn
      // @ts-expect-error one path returns nothing
      (x: number): number => {
        if (x > 0) return x;
      },
    ),
  mixed: () =>
    unchecked("int64(int64)", (n: bigint): bigint => {
      // mistake: mixed
      // @ts-expect-error bigint and number do not mix
      return n + 1;
    }),
  pointerArithmetic: () =>
    unchecked("float64(CPointer(float64))", (p: number[]): number => {
      // mistake: pointerArithmetic
      // @ts-expect-error a pointer is no number
      return p + 1;
    }),
  // mistake: returnsBigint
  returnsBigint: () => unchecked("int32(int64)", (n: bigint) => n),
  unassigned: () =>
    unchecked("float64(float64)", (x: number): number => {
      let y: number;
      if (x > 0) y = 1;
      // mistake: unassigned
      // @ts-expect-error it may have no value
      return y;
    }),
  frozen: () =>
    unchecked("void(float64)", (x: number): void => {
      // mistake: frozen
      later = x;
    }),
  // mistake: callsMethod
  callsMethod: () => unchecked("float64(float64)", (x: number) => Number(x.toFixed(2))),
  // mistake: random
  random: () => unchecked("float64()", (): number => Math.random()),
  viewOfNumber: () =>
    unchecked("float64(float64)", (x: number): number => {
      // mistake: viewOfNumber
      // @ts-expect-error a number is no pointer
      return carray(x, 3)[0];
    }),
  native: () => unchecked("float64(float64)", Math.sin),
  bound: () => unchecked("float64(float64)", ((x: number) => x).bind(null)),
  notAFunction: () => unchecked("float64(float64)", 3),
  // mistake: capturedGetter
  capturedGetter: () => unchecked("float64(float64)", (x: number) => x + throwing.limit),
  // mistake: capturedProxy
  capturedProxy: () => unchecked("float64(float64)", (x: number) => x * proxied.scale),
  // mistake: capturedProxyOfNumbers
  capturedProxyOfNumbers: () => unchecked("float64(int32)", (i: number) => proxiedNumbers[i]),
  // mistake: calledProxy
  calledProxy: () => unchecked("float64(float64)", (x: number) => proxiedFunction(x)),
  // mistake: capturedTrap
  capturedTrap: () => unchecked("float64(float64)", (x: number) => x * trapped.scale),
  // mistake: capturedTransferred
  capturedTransferred: () => unchecked("float64(int32)", (i: number) => transferred[i]),
  proxyOfAFunction: () => unchecked("float64(float64)", proxiedFunction),
  // mistake: aClass
  aClass: () => unchecked("float64(float64)", class Scale {}),
  // mistake: asyncFunction
  asyncFunction: () => unchecked("float64(float64)", async (x: number): Promise<number> => x),
  generator: () =>
    // mistake: generator
    unchecked("float64(float64)", function* (x: number): Generator<number> {
      yield x;
    }),
  loweredToES5: () =>
    unchecked("float64(float64)", (x: number): number => {
      // mistake: loweredToES5
      // @ts-expect-error a helper of a transpiler
      var _a = __read([x, 1], 2),
        first: number = _a[0];
      return first;
    }),
  calledWithTooFew: () => {
    (compiledOne as unknown as () => number)();
    return compiledOne;
  },
  calledWithAString: () => {
    (compiledOne as unknown as (x: string) => number)("1");
    return compiledOne;
  },
  outOfRange: () => {
    const f = cfunc(int32(int32), (n: number) => n);
    f(2 ** 40);
    return f;
  },
  disposed: () => {
    const f = cfunc(float64(float64), (x: number) => x);
    f(1);
    f.dispose();
    f(1);
    return f;
  },
};
