// Structures and arrays: sizes, alignments and offsets of generated structures, initial values and refusals, against
// CPython.
import { describe, expect, it } from "vitest";
import * as all from "../src/index.ts";
import { compare, Float, noPython } from "./cpython.ts";

const {
  alignment,
  b,
  c_char,
  c_char_p,
  c_double,
  c_int,
  c_long,
  c_short,
  POINTER,
  pointer,
  Structure,
  sizeof,
  struct,
} = all;
const ctypes = { ...all };

/** A small generator of its own, so that every run makes the same structures. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const leaves = [
  "c_char",
  "c_bool",
  "c_byte",
  "c_ushort",
  "c_int",
  "c_ulong",
  "c_float",
  "c_double",
  "c_void_p",
  "c_char_p",
  "c_wchar",
] as const;

interface Made {
  /** Python statements that define it. */
  readonly definitions: string;
  readonly name: string;
  readonly type: all.CDataType;
  readonly fields: readonly string[];
}

function makeType(random: (below: number) => number, depth: number, names: { next: number }): Made {
  if (depth === 0 || random(3) > 0) {
    const name = leaves[random(leaves.length)] ?? "c_int";
    return { definitions: "", name, type: ctypes[name], fields: [] };
  }
  if (random(2) === 0) {
    const element = makeType(random, depth - 1, names);
    const length = 1 + random(5);
    return { ...element, name: `(${element.name} * ${length})`, type: all.ARRAY(element.type, length), fields: [] };
  }
  return makeStructure(random, depth - 1, names);
}

function makeStructure(random: (below: number) => number, depth: number, names: { next: number }): Made {
  const members = Array.from({ length: 1 + random(7) }, () => makeType(random, depth, names));
  names.next += 1;
  const name = `S${names.next}`;
  const fields = members.map((_, i) => `f${i}`);
  const declared = members.map((member, i) => `("f${i}", ${member.name})`).join(", ");
  const definitions = `${members.map((member) => member.definitions).join("")}
class ${name}(Structure):
    _fields_ = [${declared}]
`;
  class Generated extends Structure {
    static override readonly _fields_ = members.map((member, i) => [`f${i}`, member.type] as const);
  }
  Object.defineProperty(Generated, "name", { value: name });
  return { definitions, name, type: Generated, fields };
}

const setup = `
class P(Structure): _fields_ = [("x", c_int), ("y", c_double)]
class Q(P): _fields_ = [("z", c_short)]
class N(Structure): _fields_ = [("p", P), ("a", c_int * 3), ("q", POINTER(c_int)), ("s", c_char_p), ("n", c_char * 4)]
A = c_int * 3
arr = A(1, 2, 3)
def put(o, k, v):
    setattr(o, k, v); return getattr(o, k)
def put_item(o, k, v):
    o[k] = v; return o[k]
`;

class P extends Structure {
  static override readonly _fields_ = [
    ["x", c_int],
    ["y", c_double],
  ] as const;
  declare x: number;
  declare y: number;
}
class Q extends P {
  static override readonly _fields_ = [["z", c_short]] as never;
  declare z: number;
}
class N extends struct({ p: P, a: c_int.mul(3), q: POINTER(c_int), s: c_char_p, n: c_char.mul(4) }) {}
const A = c_int.mul(3);
const arr = new A(1, 2, 3);

const make =
  (type: abstract new (...args: never[]) => unknown, ...args: readonly unknown[]) =>
  () =>
    Reflect.construct(type, args);
const put = (object: object, key: string | number, value: unknown): unknown => {
  Reflect.set(object, key, value);
  return Reflect.get(object, key);
};

describe.skipIf(noPython !== undefined)(`layout, against CPython ${noPython ?? ""}`, () => {
  it("of 150 generated structures", () => {
    const random = generator(20240607);
    const names = { next: 0 };
    const structures = Array.from({ length: 150 }, () => makeStructure(random, 3, names));
    const rows = structures.flatMap(({ name, type, fields }) => [
      { python: `[sizeof(${name}), alignment(${name})]`, typescript: () => [sizeof(type), alignment(type)] },
      {
        python: `[(${name}.__dict__[f].offset, ${name}.__dict__[f].size) for f in [${fields.map((f) => `"${f}"`).join()}]]`,
        typescript: () => {
          sizeof(type);
          return fields.map((field) => {
            const { offset, size } = Reflect.get(type, field) as all.Field;
            return [offset, size];
          });
        },
      },
    ]);
    compare(rows, structures.map(({ definitions }) => definitions).join("\n"));
  });

  it("initial values, fields and their refusals", () => {
    compare(
      [
        {
          python: "sizeof(P), sizeof(Q), sizeof(N), N.a.offset, Q.z.offset",
          typescript: () => [
            sizeof(P),
            sizeof(Q),
            sizeof(N),
            (N as unknown as { a: all.Field }).a.offset,
            (Q as unknown as { z: all.Field }).z.offset,
          ],
        },
        {
          python: "(lambda p: [p.x, p.y])(P(1, 2.5))",
          typescript: () => [new P(1, 2.5).x, new Float(new P(1, 2.5).y)],
        },
        {
          python: "(lambda p: [p.x, p.y])(P(y=1.5))",
          typescript: () => [new P({ y: 1.5 }).x, new Float(new P({ y: 1.5 }).y)],
        },
        { python: "(lambda q: [q.x, q.z])(Q(7, 2.5, 9))", typescript: () => [new Q(7, 2.5, 9).x, new Q(7, 2.5, 9).z] },
        { python: "P(1, 2, 3)", typescript: make(P, 1, 2, 3) },
        { python: "P(1, x=2)", typescript: make(P, 1, { x: 2 }) },
        { python: "P(1.5)", typescript: make(P, 1.5) },
        { python: "P(1, 'a')", typescript: make(P, 1, "a") },
        { python: "put(P(), 'x', 'a')", typescript: () => put(new P(), "x", "a") },
        { python: "put(P(), 'x', 2**40 + 9)", typescript: () => put(new P(), "x", 2 ** 40 + 9) },
        { python: "N(1)", typescript: make(N, 1) },
        { python: "N((1, 2)).p.y", typescript: () => new Float(new N([1, 2]).p.y) },
        { python: "N((1, 2, 3))", typescript: make(N, [1, 2, 3]) },
        { python: "N((1, 2), (1, 2, 3, 4))", typescript: make(N, [1, 2], [1, 2, 3, 4]) },
        { python: "N((1, 2), 5)", typescript: make(N, [1, 2], 5) },
        { python: "N(P(1, 2), A(1, 2, 3)).a[1]", typescript: () => new N(new P(1, 2), new A(1, 2, 3)).a[1] },
        { python: "N(A())", typescript: make(N, new A()) },
        { python: "N(q=5)", typescript: make(N, { q: 5 }) },
        { python: "N(q=pointer(c_int(5))).q[0]", typescript: () => new N({ q: pointer(c_int(5)) }).q[0] },
        { python: "N(q=arr).q[2]", typescript: () => new N({ q: arr }).q[2] },
        { python: "N(q=pointer(c_short(5)))", typescript: make(N, { q: pointer(c_short(5)) }) },
        { python: "N(s='x')", typescript: make(N, { s: "x" }) },
        { python: "N(s=b'hello').s", typescript: () => new N({ s: b`hello` }).s },
        { python: "N(n=b'abcdef')", typescript: make(N, { n: b`abcdef` }) },
        { python: "N(n=b'abcd').n", typescript: () => new N({ n: b`abcd` }).n },
        { python: "N(n=b'ab').n", typescript: () => new N({ n: b`ab` }).n },
        { python: "N(n='x')", typescript: make(N, { n: "x" }) },
        { python: "put(N(), 'p', P(3, 4)).x", typescript: () => (put(new N(), "p", new P(3, 4)) as P).x },
        {
          python: "(lambda n: (setattr(n.p, 'x', 8), n.p.x)[1])(N())",
          typescript: () => {
            const n = new N();
            n.p.x = 8;
            return n.p.x;
          },
        },
        { python: "put(N(), 'p', c_int(3))", typescript: () => put(new N(), "p", c_int(3)) },
        { python: "Structure()", typescript: make(Structure as never) },
        { python: "type('Z', (Structure,), {})()", typescript: make(class Z extends Structure {}) },
        { python: "sizeof(type('Z', (Structure,), {}))", typescript: () => sizeof(class Z extends Structure {}) },
        {
          python: "sizeof(type('Z', (Structure,), {'_fields_': [('x', 5)]}))",
          typescript: () =>
            sizeof(
              class Z extends Structure {
                static override readonly _fields_ = [["x", 5]] as never;
              },
            ),
        },
        {
          python: "sizeof(type('Z', (Structure,), {'_fields_': 5}))",
          typescript: () =>
            sizeof(
              class Z extends Structure {
                static override readonly _fields_ = 5 as never;
              },
            ),
        },
        {
          python: "sizeof(type('Z', (Structure,), {'_fields_': [5]}))",
          typescript: () =>
            sizeof(
              class Z extends Structure {
                static override readonly _fields_ = [5] as never;
              },
            ),
        },
        {
          python: "sizeof(type('Z', (Structure,), {'_fields_': [(5, c_int)]}))",
          typescript: () =>
            sizeof(
              class Z extends Structure {
                static override readonly _fields_ = [[5, c_int]] as never;
              },
            ),
        },
        { python: "setattr(P, '_fields_', [])", typescript: () => Object.assign(P, { _fields_: [] }) },
        { python: "repr(N.a)", typescript: () => String((N as unknown as { a: all.Field }).a) },
      ],
      setup,
    );
  });

  it("arrays", () => {
    const Chars = c_char.mul(3);
    const Points = all.ARRAY(P, 2);
    compare(
      [
        { python: "list(arr)", typescript: () => [...arr] },
        {
          python: "len(arr), arr[0], arr[-1], sizeof(A), A._length_",
          typescript: () => [arr.length, arr[0], arr[-1], sizeof(A), A._length_],
        },
        { python: "arr[3]", typescript: () => arr[3] },
        { python: "arr[-4]", typescript: () => arr[-4] },
        { python: "arr[0:2], arr[1:], arr[-2:]", typescript: () => [arr.slice(0, 2), arr.slice(1), arr.slice(-2)] },
        { python: "put_item(A(), 1, 2**33 + 4)", typescript: () => put(new A(), 1, 2 ** 33 + 4) },
        { python: "put_item(A(), 0, 'x')", typescript: () => put(new A(), 0, "x") },
        { python: "put_item(A(), 0, 1.5)", typescript: () => put(new A(), 0, 1.5) },
        { python: "put_item(A(), 5, 1)", typescript: () => put(new A(), 5, 1) },
        { python: "put_item(A(), 0, c_int(6))", typescript: () => put(new A(), 0, c_int(6)) },
        { python: "put_item(A(), 0, c_short(6))", typescript: () => put(new A(), 0, c_short(6)) },
        { python: "A(1, 2, 3, 4)", typescript: make(A, 1, 2, 3, 4) },
        {
          python: "A.__name__, (A * 2).__name__, (c_int * 0).__name__",
          typescript: () => [A.name, A.mul(2).name, c_int.mul(0).name],
        },
        {
          python: "A is c_int * 3, ARRAY(c_int, 3) is A",
          typescript: () => [A === c_int.mul(3), all.ARRAY(c_int, 3) === A],
        },
        { python: "c_int * -1", typescript: () => c_int.mul(-1) },
        { python: "c_int * 1.5", typescript: () => c_int.mul(1.5) },
        {
          python: "bool((c_int * 0)()), bool(A())",
          typescript: () => [all.bool(new (c_int.mul(0))()), all.bool(new A())],
        },
        { python: "(c_char * 3)(b'a', b'b', b'c')[0:2]", typescript: () => new Chars(b`a`, b`b`, b`c`).slice(0, 2) },
        { python: "(c_char * 3)(b'a', b'b').value", typescript: () => new Chars(b`a`, b`b`).value },
        { python: "(c_char * 3)(5).raw", typescript: () => new Chars(5).raw },
        { python: "(c_char * 3)('abc')", typescript: make(Chars, "abc") },
        {
          python: "[p.y for p in (P * 2)((1, 2), (3, 4))]",
          typescript: () => [...new Points([1, 2], [3, 4])].map((p) => new Float(p.y)),
        },
        { python: "(P * 2)(5)", typescript: make(Points, 5) },
        {
          python: "((c_int * 3) * 2)((1, 2, 3), (4, 5, 6))[1][2]",
          typescript: () => new (A.mul(2))([1, 2, 3], [4, 5, 6])[1]?.[2],
        },
        { python: "list((c_long * 2)(1, 2**63))", typescript: () => [...new (c_long.mul(2))(1, 2n ** 63n)] },
      ],
      setup,
    );
  });
});

describe("structures", () => {
  it("have typed fields", () => {
    const n = new N();
    const x: number = n.p.x;
    const text: Buffer | null = n.s;
    const bytes: Buffer = n.n;
    const element: number | undefined = n.a[0];
    expect([x, text, bytes.length, element]).toEqual([0, null, 0, 0]);
    // @ts-expect-error: there is no such field
    expect(n.nothing).toBeUndefined();
  });

  it("refuse what is not there yet, with a clear error", () => {
    class Bits extends Structure {
      static override readonly _fields_ = [["x", c_int, 3]] as never;
    }
    class Packed extends Structure {
      static readonly _pack_ = 1;
      static override readonly _fields_ = [["x", c_int]] as const;
    }
    expect(() => sizeof(Bits)).toThrow("bit-fields are not supported yet");
    expect(() => sizeof(Packed)).toThrow("_pack_ is not supported yet");
  });

  it("can point to themselves", () => {
    class Cell extends Structure {
      static override readonly _fields_: readonly all.FieldDeclaration[] = [
        ["value", c_int],
        ["next", POINTER(Cell)],
      ];
      declare value: number;
      declare next: all.Pointer<typeof Cell> | null;
    }
    const first = new Cell(1);
    const second = new Cell(2, pointer(first));
    first.next = pointer(second);
    expect(first.next?.contents.next?.contents.value).toBe(1);
    first.next = null;
    expect(() => first.next?.contents).toThrow("NULL pointer access");
  });

  it("share the bytes of buffers", () => {
    const doubles = Float64Array.of(1.5, 2.5, 3.5);
    const array = c_double.mul(2).from_buffer(doubles, 8);
    array[0] = 9;
    expect([...doubles]).toEqual([1.5, 9, 3.5]);
    const copy = c_double.mul(3).from_buffer_copy(doubles);
    copy[0] = 7;
    expect(doubles[0]).toBe(1.5);
  });
});
