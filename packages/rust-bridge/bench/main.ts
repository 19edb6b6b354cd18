// `npm run bench -w @cfunc/rust-bridge`: what the ledger costs, how rendering scales, what a procedural texture costs.
// Prints ratios of what ran in the same minute; absolute numbers from a busy machine mean little.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cfunc, closure, load } from "@cfunc/core";
import { bridge, Coloration, type NativeFunction, Scene, Surface } from "../src/index.ts";

const built = (name: string) => fileURLToPath(new URL(`../target/release/examples/${name}`, import.meta.url));
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const milliseconds = (body: () => void) => {
  const start = performance.now();
  body();
  return performance.now() - start;
};
/** The medians of contestants that run in turn. */
function inTurn<K extends string>(rounds: number, contestants: Readonly<Record<K, () => void>>): Record<K, number> {
  const names = Object.keys(contestants) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)?.push(milliseconds(contestants[name]));
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}
function row(what: string, value: string, wanted: string, reached: boolean): void {
  console.log(`${what.padEnd(58)} ${value.padEnd(34)} ${wanted.padEnd(12)} ${reached ? "reached" : "MISSED"}`);
}

const cost = JSON.parse(execFileSync(built("cost"), { encoding: "utf8" })) as Record<string, number>;
const { plain = 0, ledger = 0, plainTwo = 0, ledgerTwo = 0, handle = 0 } = cost;
row("allocation and release with the ledger", `${ledger} ns (without ${plain} ns)`, "<= 300 ns", ledger <= 300);
console.log(`the same on two threads at once: ${ledgerTwo} ns (without ${plainTwo} ns)`);
row("look-up of a handle", `${handle} ns`, "<= 40 ns", handle <= 40);

const marble = cfunc("void(float64, float64, CPointer(float64))", (u, v, rgb) => {
  let sum = 0;
  let scale = 1;
  for (let i = 0; i < 4; i++) {
    sum += Math.abs(Math.sin(u * 3.1 * scale + sum) * Math.cos(v * 2.3 * scale - sum)) / scale;
    scale *= 2;
  }
  const vein = 0.5 + 0.5 * Math.sin(4 * u + 5 * sum);
  const light = vein * vein;
  rgb[0] = 0.2 + 0.7 * light;
  rgb[1] = 0.22 + 0.66 * light;
  rgb[2] = 0.28 + 0.6 * light;
});
const { marble: inRust } = load(built("libmarble.so"), { marble: "void(float64, float64, CPointer(float64))" });
const white = { red: 1, green: 1, blue: 1 };

/** A wall and a floor of one coloration, with spheres in front that mirror and bend. */
function sceneOf(coloration: Coloration, width: number, height: number): Scene {
  using surface = Surface.diffuse(coloration);
  using mirror = Surface.reflective(coloration, { reflectivity: 0.5 });
  using glass = Surface.refractive(coloration, { index: 1.5 });
  return Scene.create({
    ...{ width, height, samples: 1 },
    planes: [
      { origin: { x: 0, y: -1, z: 0 }, normal: { x: 0, y: 1, z: 0 }, surface },
      { origin: { x: 0, y: 0, z: -9 }, normal: { x: 0, y: 0, z: 1 }, surface },
    ],
    spheres: [
      { center: { x: -1.2, y: 0, z: -5 }, radius: 1, surface: mirror },
      { center: { x: 1.2, y: 0, z: -4 }, radius: 1, surface: glass },
    ],
    lights: [{ kind: "directional", direction: { x: -1, y: -1, z: -1 }, color: white, intensity: 3 }],
  });
}
function sceneBy(fn: NativeFunction, width: number, height: number): Scene {
  using coloration = Coloration.procedural(fn);
  return sceneOf(coloration, width, height);
}

{
  using scene = sceneBy(marble, 800, 600);
  const term = cfunc("float64(int32)", (i) => Math.sin(i) * Math.cos(i));
  const calls = 4_000_000;
  const times = inTurn(5, {
    computeOne: () => void bridge.callOnThreads(term, { threads: 1, calls }),
    computeTwo: () => void bridge.callOnThreads(term, { threads: 2, calls }),
    renderOne: () => void scene.render({ threads: 1 }),
    renderTwo: () => void scene.render({ threads: 2 }),
  });
  const compute = (2 * times.computeOne) / times.computeTwo;
  const render = times.renderOne / times.renderTwo;
  const shown = `${render.toFixed(2)} of ${compute.toFixed(2)}: ${(render / compute).toFixed(2)}`;
  row("scaling of a render on two threads, of a pure loop's", shown, ">= 0.9", render / compute >= 0.9);
}
{
  using compiled = sceneBy(marble, 800, 600);
  using rust = sceneBy(inRust, 800, 600);
  const times = inTurn(7, {
    compiled: () => void compiled.render({ threads: 1 }),
    rust: () => void rust.render({ threads: 1 }),
  });
  const ratio = times.compiled / times.rust;
  row("a compiled texture, to the same in Rust (whole render)", ratio.toFixed(2), "<= 1.1", ratio <= 1.1);
  const [one, other] = [compiled.render(), rust.render()];
  const apart = one.reduce((most, byte, i) => Math.max(most, Math.abs(byte - (other[i] ?? 0))), 0);
  console.log(`largest difference of a byte between the two images: ${apart}`);
}
{
  const [width, height] = [48, 36];
  let hits = 0;
  using interpreted = closure("void(float64, float64, CPointer(float64))", (u, v, rgb) => {
    hits += 1;
    marble.wrapped(u, v, rgb);
  });
  using slow = sceneBy(interpreted, width, height);
  using fast = sceneBy(marble, width, height);
  const start = performance.now();
  await slow.renderAsync({ threads: 2 });
  const closureTime = performance.now() - start;
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const begin = performance.now();
    await fast.renderAsync({ threads: 2 });
    times.push(performance.now() - begin);
  }
  const ratio = closureTime / median(times);
  const shown = `${((closureTime * 1e3) / hits).toFixed(1)} us a hit, ${ratio.toFixed(0)} times`;
  row("a JavaScript closure as texture, to the compiled one", shown, ">= 20", ratio >= 20);
}
