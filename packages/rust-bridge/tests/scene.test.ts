// Colorations, surfaces and scenes: the reference scene against a golden image, and every refusal. Rewrite the image
// with `UPDATE=1` and look at it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cfunc, closure } from "@cfunc/core";
import { reportLeaksTo } from "@cfunc/core/ownership";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { bridge, Coloration, Scene, type SceneOptions, Surface } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { decodePng, encodePng } from "./png.ts";
import { referenceScene } from "./reference-scene.ts";
import { refuses } from "./refuses.ts";
import { at, small, sphereBy, sun, white } from "./scene-parts.ts";

const folder = mkdtempSync(join(tmpdir(), "bridge-scene-"));
afterAll(() => rmSync(folder, { recursive: true }));
let live = 0;
beforeEach(() => {
  live = bridge.liveCount();
});
afterEach(() => expect(bridge.live().length).toBe(live));

function checkered(): string {
  const size = 64;
  const pixels = new Uint8Array(4 * size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const odd = ((x >> 3) + (y >> 3)) & 1;
      pixels.set(odd ? [235, 222, 170, 255] : [38, 84, 170, 255], 4 * (y * size + x));
    }
  }
  const path = join(folder, "checkered.png");
  writeFileSync(path, encodePng(size, size, pixels));
  return path;
}

describe("the reference scene", () => {
  const golden = fileURLToPath(new URL("golden/reference-scene.png", import.meta.url));

  test("looks like its golden image", () => {
    const size = { width: 320, height: 200 };
    using scene = referenceScene(checkered(), size);
    const pixels = scene.render();
    if (process.env.UPDATE === "1") writeFileSync(golden, encodePng(size.width, size.height, pixels));
    const wanted = decodePng(readFileSync(golden));
    expect([wanted.width, wanted.height]).toEqual([size.width, size.height]);
    // Another libm may round another way here and there; anything else moves whole areas.
    const distances = pixels.map((byte, i) => Math.abs(byte - (wanted.pixels[i] ?? 0)));
    expect(distances.reduce((sum, one) => sum + one, 0) / distances.length).toBeLessThan(0.02);
    expect(distances.filter((one) => one > 8).length / distances.length).toBeLessThan(0.001);
  });

  test("is the same for any number of threads", () => {
    using scene = referenceScene(checkered(), { width: 40, height: 30 });
    const one = scene.render({ threads: 1 });
    for (const threads of [2, 3, 8]) expect(Buffer.compare(scene.render({ threads }), one)).toBe(0);
  });
});

describe("what a ray sees", () => {
  test("a solid colour, lit from the front, is what Lambert's law says", () => {
    using coloration = Coloration.solid({ red: 0.5, green: 1, blue: 0 });
    using surface = Surface.diffuse(coloration, { albedo: 0.6 });
    const front = { kind: "directional", direction: at(0, 0, -1), color: white, intensity: 2 } as const;
    const planes = [{ origin: at(0, 0, -5), normal: at(0, 0, 7), surface }];
    using scene = Scene.create({ width: 1, height: 1, samples: 1, planes, lights: [front] });
    const light = (part: number) => Math.round(255 * ((part * 0.6 * 2) / Math.PI) ** (1 / 2.2));
    expect(Array.from(scene.render())).toEqual([light(0.5), light(1), 0, 255]);
  });

  test("a point light gets weaker with the square of the distance, and a body in between takes it away", () => {
    using coloration = Coloration.solid(white);
    using surface = Surface.diffuse(coloration, { albedo: 1 });
    const light = { kind: "point", position: at(0, 0, -3), color: white, intensity: 10 } as const;
    const planes = [{ origin: at(0, 0, -5), normal: at(0, 0, 1), surface }];
    using lit = Scene.create({ width: 1, height: 1, samples: 1, planes, lights: [light] });
    const arriving = 10 / (4 * Math.PI * 2 ** 2) / Math.PI;
    expect(lit.render()[0]).toBe(Math.round(255 * arriving ** (1 / 2.2)));
    lit.addSphere({ center: at(0, 0.3, -4), radius: 0.4, surface });
    expect(lit.render()[0]).toBeLessThan(255);
    using shadowed = Scene.create({
      width: 1,
      height: 1,
      samples: 1,
      planes,
      lights: [{ ...light, position: at(4, 0, -3) }],
    });
    const before = shadowed.render()[0] ?? 0;
    shadowed.addSphere({ center: at(2, 0, -4), radius: 0.5, surface });
    expect(before).toBeGreaterThan(0);
    expect(shadowed.render()[0]).toBe(0);
  });

  test("glass mirrors the share of light that Fresnel's equations give", () => {
    using coloration = Coloration.solid(white);
    using glass = Surface.refractive(coloration, { index: 1.5 });
    const black = { red: 0, green: 0, blue: 0 };
    // Straight on, ((n - 1) / (n + 1))^2 is mirrored. Behind the glass is the black sky, in front of it too: only the
    // plane behind the camera is bright.
    using bright = Surface.diffuse(coloration, { albedo: 1 });
    const planes = [
      { origin: at(0, 0, -5), normal: at(0, 0, 1), surface: glass },
      { origin: at(0, 0, 1), normal: at(0, 0, -1), surface: bright },
    ];
    const lights = [{ kind: "directional", direction: at(0, 0, 1), color: white, intensity: Math.PI } as const];
    using scene = Scene.create({
      width: 1,
      height: 1,
      samples: 1,
      planes,
      lights,
      sky: { horizon: black, zenith: black },
    });
    // The light comes through the glass plane, which dims it by a quarter.
    const share = ((1.5 - 1) / (1.5 + 1)) ** 2;
    expect(scene.render()[0]).toBe(Math.round(255 * (share * 0.75) ** (1 / 2.2)));
  });

  test("a texture, a procedure and its user data", () => {
    using image = Coloration.texture(checkered());
    using surface = Surface.diffuse(image);
    using scene = Scene.create({ ...small, spheres: [{ center: at(0, 0, -3), radius: 1, surface }], lights: [sun] });
    expect(new Set(scene.render()).size).toBeGreaterThan(10);
    const scaled = cfunc("void(float64, float64, CPointer(float64), CPointer(float64))", (_u, _v, rgb, data) => {
      rgb[0] = data[0];
      rgb[1] = 0;
      rgb[2] = 0;
    });
    using dark = sphereBy(scaled, Float64Array.of(0));
    using red = sphereBy(scaled, Float64Array.of(1));
    const middle = 4 * (6 * 16 + 8);
    expect(Array.from(dark.render().subarray(middle, middle + 4))).toEqual([0, 0, 0, 255]);
    expect(red.render()[middle]).toBeGreaterThan(100);
  });
});

describe("refusals leave nothing behind", () => {
  const create = (change: Partial<SceneOptions>) => () => Scene.create({ ...small, ...change });

  test("scenes", () => {
    refuses(create({ width: 0 }), "invalid_argument", "scene_create: width is 0, but must be from 1 to 16384");
    refuses(create({ height: 2 ** 30 }), "invalid_argument", "height is 1073741824");
    refuses(create({ width: -1 }), "invalid_argument", "width cannot be negative");
    refuses(create({ samples: 17 }), "invalid_argument", "samples is 17");
    refuses(create({ recursionDepth: 65 }), "invalid_argument", "recursion_depth is 65, at most 64");
    for (const fieldOfView of [0, 180, -1, Number.NaN, Infinity])
      refuses(create({ fieldOfView }), "invalid_argument", "field_of_view is");
    for (const shadowBias of [-1, Number.NaN, Infinity])
      refuses(create({ shadowBias }), "invalid_argument", "shadow_bias is");
  });

  test("what is in them", () => {
    using coloration = Coloration.solid(white);
    using surface = Surface.diffuse(coloration);
    const sphere = { center: at(0, 0, -3), radius: 1, surface };
    const plane = { origin: at(0, 0, 0), normal: at(0, 1, 0), surface };
    for (const radius of [-1, 0, Number.NaN, Infinity])
      refuses(create({ spheres: [sphere, { ...sphere, radius }] }), "invalid_argument", "radius is");
    refuses(
      create({ spheres: [{ ...sphere, center: at(0, Number.NaN, 0) }] }),
      "invalid_argument",
      "center is (0, NaN, 0), but must be finite",
    );
    refuses(create({ planes: [{ ...plane, normal: at(0, 0, 0) }] }), "invalid_argument", "normal has length 0");
    refuses(create({ lights: [{ ...sun, intensity: -1 }] }), "invalid_argument", "intensity is -1");
    refuses(
      create({ lights: [{ ...sun, color: { ...white, green: -0.5 } }] }),
      "invalid_argument",
      "color is (1, -0.5, 1), but a colour has no negative part",
    );
    refuses(create({ sky: { horizon: white, zenith: { ...white, red: Infinity } } }), "invalid_argument", "zenith is");
    refuses(
      () => Surface.diffuse(coloration, { albedo: 1.5 }),
      "invalid_argument",
      "albedo is 1.5, but must be from 0",
    );
    refuses(() => Surface.reflective(coloration, { reflectivity: -1 }), "invalid_argument", "reflectivity is -1");
    refuses(() => Surface.refractive(coloration, { index: 0 }), "invalid_argument", "index is 0");
    refuses(
      () => Surface.refractive(coloration, { index: 1.5, transparency: 2 }),
      "invalid_argument",
      "transparency is",
    );
  });

  test("files that are no images", () => {
    refuses(() => Coloration.texture(join(folder, "nowhere.png")), "unreadable_file", "there is no such file");
    refuses(() => Coloration.texture(folder), "unreadable_file", "coloration_texture: path");
    const whole = readFileSync(checkered());
    const broken = {
      empty: Buffer.alloc(0),
      text: Buffer.from("not an image"),
      cut: whole.subarray(0, whole.length - 40),
      header: whole.subarray(0, 20),
      flipped: Buffer.from(whole.map((byte, i) => (i === 60 ? byte ^ 0xff : byte))),
      huge: Buffer.from(whole.map((byte, i) => (i >= 16 && i < 24 ? 0x7f : byte))),
    };
    for (const [name, bytes] of Object.entries(broken)) {
      const path = join(folder, `${name}.png`);
      writeFileSync(path, bytes);
      refuses(() => Coloration.texture(path), "broken_image", `${name}.png`);
    }
    refuses(() => Coloration.texture("a\0b"), "interior_nul", "path has a NUL");
  });

  test("buffers of the wrong length are not touched", () => {
    using scene = Scene.create(small);
    for (const length of [0, 4 * 16 * 12 - 1, 4 * 16 * 12 + 1]) {
      const into = new Uint8Array(length).fill(7);
      refuses(() => scene.render({ into }), "wrong_length", `out has ${length} bytes, 16 x 12 pixels need 768`);
      expect(into.every((byte) => byte === 7)).toBe(true);
    }
    refuses(() => scene.render({ threads: 2000 }), "invalid_argument", "threads is 2000");
    const into = new Uint8Array(4 * 16 * 12);
    expect(scene.render({ into })).toBe(into);
  });

  test("procedures that fail, in the middle of a render", () => {
    const nan = cfunc("void(float64, float64, CPointer(float64))", (u, _v, rgb) => {
      rgb[0] = 1;
      rgb[1] = u > 0.5 ? Math.sqrt(-1) : 1;
      rgb[2] = 1;
    });
    const throws = cfunc("void(float64, float64, CPointer(float64))", (u, _v, rgb) => {
      rgb[0] = 1;
      if (u > 0.5) throw new Error("no colour there");
      rgb[1] = 1;
      rgb[2] = 1;
    });
    for (const fn of [nan, throws]) {
      using scene = sphereBy(fn);
      refuses(
        () => scene.render(),
        "callback_failed",
        /procedural coloration gave \(1, NaN, (1|NaN)\) at \(0\.\d+, 0\.\d+\)/,
      );
    }
    using notHere = closure("void(float64, float64, CPointer(float64))", () => undefined);
    using scene = sphereBy(notHere);
    refuses(() => scene.render(), "wrong_thread", "a coloration is a closure, which needs this thread: render with");
    const square = cfunc("double(double)", (x) => x * x);
    refuses(() => Coloration.procedural(square), "wrong_signature", "coloration_procedural: fn must be");
  });

  test("no memory, at each step", () => {
    const steps: (() => { [Symbol.dispose](): void })[] = [
      () => Coloration.solid(white),
      () => Coloration.texture(checkered()),
      () => Scene.create(small),
    ];
    for (const step of steps) {
      bridge.failNth(1);
      refuses(step, "out_of_memory", "there is no memory for a");
      step()[Symbol.dispose]();
    }
    using coloration = Coloration.solid(white);
    bridge.failNth(1);
    refuses(() => Surface.diffuse(coloration), "out_of_memory", "there is no memory for a surface");
  });

  test("objects of another kind, released ones, and numbers that are no handle", () => {
    using coloration = Coloration.solid(white);
    using scene = Scene.create(small);
    const rust = library();
    const call = (run: Parameters<typeof checked>[0]) => () => checked(run);
    refuses(
      call((s) => rust.bridge_surface_free(coloration.value, s)),
      "wrong_kind",
      "surface_free: expected a surface, found coloration #",
    );
    const center = Float64Array.of(0, 0, -3).buffer;
    refuses(
      call((s) => rust.bridge_scene_add_sphere(scene.value, center, 1, coloration.value, s)),
      "wrong_kind",
      "scene_add_sphere: expected a surface",
    );
    refuses(
      call((s) => rust.bridge_coloration_free({ address: coloration.value.address + 1n }, s)),
      "interior_pointer",
      "1 bytes inside coloration",
    );
    refuses(
      call((s) => rust.bridge_scene_free(0n, s)),
      "null_pointer",
      "the handle is 0, a scene was expected",
    );
    refuses(
      call((s) => rust.bridge_scene_free(12345678901234n, s)),
      "unknown_pointer",
      "is not the handle of a scene",
    );
    refuses(
      call((s) => rust.bridge_kv_close(scene.value, s)),
      "wrong_kind",
      "is a scene",
    );
    const gone: Scene = Scene.create(small);
    const [handle, again] = [gone.value, () => gone.render()];
    gone.release();
    expect(again).toThrow(/the scene made at .*scene\.test\.ts:\d+:\d+ was used after its release/);
    refuses(
      call((s) => rust.bridge_scene_free(handle, s)),
      "already_released",
      "was already released by scene_free",
    );
  });
});

test("what nobody released is reported with the place that made it", async () => {
  if (typeof globalThis.gc !== "function") {
    const { setFlagsFromString } = await import("node:v8");
    const { runInNewContext } = await import("node:vm");
    setFlagsFromString("--expose-gc");
    Object.assign(globalThis, { gc: runInNewContext("gc") });
  }
  const reports: string[] = [];
  const former = reportLeaksTo((message) => reports.push(message));
  try {
    const forget = () => Scene.create(small).value;
    const handle = forget();
    for (let i = 0; i < 50 && reports.length === 0; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(reports).toEqual([expect.stringMatching(/^the scene made at .*scene\.test\.ts:\d+:\d+ was never released/)]);
    checked((status) => library().bridge_scene_free(handle, status));
  } finally {
    reportLeaksTo(former);
  }
});
