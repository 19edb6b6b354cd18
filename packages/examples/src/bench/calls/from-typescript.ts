// Calls from TypeScript into C: numbers, texts, structures, and a JavaScript function that C calls back. The peers are
// koffi and an addon written by hand, both calling the same C functions.
import { closure, float64, load, stringAt, struct } from "@cfunc/core";
import koffi from "koffi";
import { nanosecondsPerCall } from "../statistics.ts";
import { type Addon, buildAddon, type Point } from "./c-library.ts";
import { makeAdd } from "./callbacks.ts";
import type { Contest, Peer, Turn } from "./contest.ts";

/** Makes so many calls, then says what they gave; a wrong answer ends the benchmark. */
function turn(calls: number, expected: number, run: (calls: number) => number): Turn {
  return () =>
    nanosecondsPerCall(calls, () => {
      const answer = run(calls);
      if (answer !== expected) throw new Error(`expected ${expected}, got ${answer}`);
    });
}

export function callsFromTypeScript(library: string): Contest[] {
  const addon = buildAddon();
  if ("missing" in addon) console.error(`the addon written by hand is not measured: ${addon.missing}`);
  const PointType = struct("point", { x: float64, y: float64 });
  const c = load(
    library,
    {
      add: "int32(int32, int32)",
      text_length: "size_t(const char *text)",
      color_name: "CPointer(const char)(int32)",
      squared_norm: "double(const struct point *p)",
      scaled: "struct point scaled(struct point p, double factor)",
      sum_of: "int32(CFunction(int32(int32)), int32)",
    },
    { types: { point: PointType } },
  );
  const k = openKoffi(library);

  const contest = (
    what: string,
    ours: Turn,
    theirs: { readonly koffi: Turn; readonly addon: ((addon: Addon) => Turn) | undefined },
  ): Contest => {
    const peers: Peer[] = [{ name: "koffi", turn: theirs.koffi, target: 1 }];
    if (!("missing" in addon) && theirs.addon !== undefined)
      peers.push({ name: "addon", turn: theirs.addon(addon), ...(what.startsWith("call") ? { target: 1 } : {}) });
    return { what, unit: "ns", cfunc: ours, peers };
  };

  const adding = (add: (a: number, b: number) => number): Turn =>
    turn(1_000_000, 500_000, (calls) => {
      let x = 0;
      for (let i = 0; i < calls; i++) x = add(x, i & 1);
      return x;
    });
  const measuring = (text: string, length: (text: string) => number): Turn =>
    turn(300_000, 300_000 * Buffer.byteLength(text), (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += length(text);
      return sum;
    });
  const texts = [
    ["string in, 16 ASCII characters", "cornflower blues"],
    ["string in, 200 ASCII characters", "cornflower".repeat(20)],
    ["string in, 40 characters, 51 bytes", "größer als 0 €, größer als 0 €, naïve €5"],
  ] as const;
  // "burnt sienna", of 12 characters, and "cornflower blue", of 15
  const naming = (name: (index: number) => string | null): Turn =>
    turn(300_000, 150_000 * 27, (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += name(1 + (i & 1))?.length ?? 0;
      return sum;
    });
  const norms = (norm: (i: number) => number): Turn =>
    turn(300_000, 300_000 * 9 + 300_000, (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += norm(i);
      return sum;
    });
  const summing = (sumOf: (n: number) => number): Turn => turn(200_000, 19_999_900_000 | 0, sumOf);

  const point = PointType.new({ x: 0, y: 0 });
  const halve = (x: number): number => x;
  return [
    contest("call, int32(int32, int32), compiled", adding(makeAdd()), {
      koffi: adding(k.add),
      addon: (addon) => adding(addon.add),
    }),
    contest("call, int32(int32, int32), through load", adding(c.add), {
      koffi: adding(k.add),
      addon: (addon) => adding(addon.add),
    }),
    ...texts.map(([what, text]) =>
      contest(what, measuring(text, c.text_length), {
        koffi: measuring(text, k.textLength),
        addon: (addon) => measuring(text, addon.textLength),
      }),
    ),
    contest(
      "string out, 12 to 15 ASCII characters",
      naming((index) => stringAt(c.color_name(index))),
      {
        koffi: naming(k.colorName),
        addon: (addon) => naming(addon.colorName),
      },
    ),
    contest(
      "structure by pointer, two fields set",
      norms((i) => {
        point.x = 3;
        point.y = i & 1 ? 1 : -1;
        return c.squared_norm(point);
      }),
      {
        koffi: norms((i) => k.squaredNorm({ x: 3, y: i & 1 ? 1 : -1 })),
        addon: (addon) => norms((i) => addon.squaredNorm({ x: 3, y: i & 1 ? 1 : -1 })),
      },
    ),
    contest(
      "structure by value, in and out",
      norms((i) => sumOfSquares(c.scaled({ x: 1.5, y: i & 1 ? 0.5 : -0.5 }, 2))),
      {
        koffi: norms((i) => sumOfSquares(k.scaled({ x: 1.5, y: i & 1 ? 0.5 : -0.5 }, 2))),
        addon: (addon) => norms((i) => sumOfSquares(addon.scaled({ x: 1.5, y: i & 1 ? 0.5 : -0.5 }, 2))),
      },
    ),
    contest(
      "closure called from C, int32(int32)",
      summing((n) => c.sum_of(closure("int32(int32)", halve), n)),
      {
        koffi: summing((n) => k.sumOf(halve, n)),
        addon: (addon) => summing((n) => addon.sumOf(halve, n)),
      },
    ),
  ];
}

const sumOfSquares = ({ x, y }: Point): number => x * x + y * y;

function openKoffi(path: string) {
  const library = koffi.load(path);
  const point = koffi.struct({ x: "double", y: "double" });
  const callback = koffi.proto("int32_t callback(int32_t)");
  return {
    add: library.func("add", "int32_t", ["int32_t", "int32_t"]),
    textLength: library.func("text_length", "size_t", ["str"]),
    colorName: library.func("color_name", "str", ["int32_t"]),
    squaredNorm: library.func("squared_norm", "double", [koffi.pointer(point)]),
    scaled: library.func("scaled", point, [point, "double"]),
    sumOf: library.func("sum_of", "int32_t", [koffi.pointer(callback), "int32_t"]),
  };
}
