// What a program that is being written may use at a place: variables by kind, places in memory, functions, loops that
// can be left. Names declared in a block are forgotten at its end. Writes no text itself.
import type { Random } from "../random.ts";
import type { Tree } from "../tree.ts";

/** Writes something at which a value is read or stored; indices in it go `depth` levels deep. */
export type PlaceWriter = (scope: Scope, depth: number) => Tree;

export interface Callable {
  readonly name: string;
  readonly arity: number;
  /** How many calls of inner functions one call becomes: inner functions compile in place of their calls. */
  readonly weight: number;
}

export interface Iterable {
  readonly text: (scope: Scope) => Tree;
  /** What a loop over it declares: one name, or a row that is taken apart into that many. */
  readonly element: "number" | "bigint" | number;
}

/** `{ x, y }`, or a complex number. */
export type Shape = "xy" | "reim";

/** What gives objects of one shape. */
export interface Records {
  readonly variables: string[];
  readonly assignable: string[];
  /** Elements of memory: read only where the memory holds such values and no structures. */
  readonly sources: PlaceWriter[];
  readonly places: PlaceWriter[];
  /** Functions of two numbers. */
  readonly makers: Callable[];
  /** Functions of two such objects. */
  readonly combiners: Callable[];
}
const noRecords = (): Records => ({
  variables: [],
  assignable: [],
  sources: [],
  places: [],
  makers: [],
  combiners: [],
});

/** The compiler allows 2000; every one costs compile time. */
const mostInnerCalls = 40;

export class Scope {
  readonly random: Random;
  readonly numbers: string[] = [];
  readonly assignable: string[] = [];
  /** Those of the numbers that are integers of a C type, and are never assigned. */
  readonly integers: string[] = [];
  readonly booleans: string[] = [];
  readonly assignableBooleans: string[] = [];
  readonly bigints: string[] = [];
  readonly assignableBigints: string[] = [];
  /** Objects, by the names of their two fields. */
  readonly records: Readonly<Record<Shape, Records>> = { xy: noRecords(), reim: noRecords() };
  readonly numberPlaces: PlaceWriter[] = [];
  readonly booleanPlaces: PlaceWriter[] = [];
  readonly bigintPlaces: PlaceWriter[] = [];
  /** Values that are read and cannot be assigned, such as elements of captured arrays. */
  readonly numberSources: PlaceWriter[] = [];
  readonly iterables: Iterable[] = [];
  readonly inner: Callable[] = [];
  readonly captured: Callable[] = [];
  readonly capturedBigint: Callable[] = [];
  loops: readonly { readonly label: string | undefined }[] = [];
  returns: "number" | "bigint" | "boolean" | "void" = "number";
  /** Calls of inner functions that may still be written. */
  innerCalls = mostInnerCalls;
  /** How many functions deep the writer is. */
  nesting = 0;
  private names = 0;

  constructor(random: Random) {
    this.random = random;
  }

  get hasBigints(): boolean {
    return this.bigints.length > 0;
  }

  fresh(): string {
    this.names += 1;
    return `v${this.names}`;
  }

  /** A scope of its own: what `make` declares is forgotten after it. */
  block<T>(make: () => T): T {
    const lists: readonly unknown[][] = [
      this.numbers,
      this.assignable,
      this.integers,
      this.booleans,
      this.assignableBooleans,
      this.bigints,
      this.assignableBigints,
      ...Object.values(this.records).flatMap((records) => Object.values(records)),
      this.numberPlaces,
      this.booleanPlaces,
      this.bigintPlaces,
      this.numberSources,
      this.iterables,
      this.inner,
      this.captured,
      this.capturedBigint,
    ];
    const lengths = lists.map((list) => list.length);
    try {
      return make();
    } finally {
      for (const [i, list] of lists.entries()) list.length = lengths[i] ?? 0;
    }
  }

  /** The body of a loop, which a jump can leave. */
  loop<T>(label: string | undefined, make: () => T): T {
    const outer = this.loops;
    this.loops = [...outer, { label }];
    try {
      return this.block(make);
    } finally {
      this.loops = outer;
    }
  }

  /** The body of an inner function: loops around it cannot be left from inside. Gives its weight too. */
  function<T>(returns: Scope["returns"], make: () => T): { readonly made: T; readonly weight: number } {
    const outer = { loops: this.loops, returns: this.returns, calls: this.innerCalls };
    this.loops = [];
    this.returns = returns;
    this.nesting += 1;
    try {
      const made = this.block(make);
      return { made, weight: 1 + outer.calls - this.innerCalls };
    } finally {
      this.loops = outer.loops;
      this.returns = outer.returns;
      this.innerCalls = outer.calls;
      this.nesting -= 1;
    }
  }
}
