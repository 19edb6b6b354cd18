// Renders that report their progress, that are cancelled, and that go on beside this thread.
import { cfunc, closure } from "@cfunc/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bridge, Coloration, Scene, Surface } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { refuses } from "./refuses.ts";
import { at, small, sphereBy, white } from "./scene-parts.ts";

let live = 0;
beforeEach(() => {
  live = bridge.liveCount();
});
afterEach(() => expect(bridge.live().length).toBe(live));

describe("progress", () => {
  test("tells each row, on this thread, and can end the render", () => {
    using scene = Scene.create(small);
    const seen: number[] = [];
    scene.render({
      progress: (done, rows) => {
        expect(rows).toBe(12);
        seen.push(done);
        return true;
      },
    });
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    refuses(() => scene.render({ progress: (done) => done < 3 }), "cancelled", "scene_render: progress returned 0");
    expect(() =>
      scene.render({
        progress: () => {
          throw new Error("in the middle");
        },
      }),
    ).toThrow("in the middle");
    expect(scene.render().length).toBe(4 * 16 * 12);
  });

  test("the scene may be added to and released meanwhile", () => {
    using coloration = Coloration.solid(white);
    using surface = Surface.diffuse(coloration);
    const scene = Scene.create(small);
    const handle = scene.value;
    let releases = 0;
    const pixels = scene.render({
      progress: () => {
        if (releases === 0) {
          scene.addSphere({ center: at(0, 0, -3), radius: 1, surface });
          checked((status) => library().bridge_scene_free(handle, status));
          releases += 1;
        }
        return true;
      },
    });
    refuses(
      () => scene[Symbol.dispose](),
      "already_released",
      /^scene_free: scene #\d+ .* was already released by scene_free/,
    );
    using empty = Scene.create(small);
    expect(Buffer.compare(pixels, empty.render())).toBe(0);
  });
});

describe("rendering while this thread goes on", () => {
  test("gives the same pixels, from compiled functions and from closures", async () => {
    const paint = (u: number, v: number, rgb: { [index: number]: number }) => {
      rgb[0] = u * u;
      rgb[1] = v;
      rgb[2] = 0.5;
    };
    const compiled = cfunc("void(float64, float64, CPointer(float64))", (u, v, rgb) => {
      rgb[0] = u * u;
      rgb[1] = v;
      rgb[2] = 0.5;
    });
    using interpreted = closure("void(float64, float64, CPointer(float64))", paint);
    using one = sphereBy(compiled);
    using other = sphereBy(interpreted);
    const pixels = one.render();
    expect(Buffer.compare(await one.renderAsync(), pixels)).toBe(0);
    let rows = 0;
    const progress = () => {
      rows += 1;
      return true;
    };
    expect(Buffer.compare(await other.renderAsync({ progress, threads: 2 }), pixels)).toBe(0);
    expect(rows).toBe(12);
  });

  test("what fails in the middle comes out, and the scene cannot be released before", async () => {
    const scene: Scene = Scene.create(small);
    const render = scene.renderAsync({ progress: (done) => done < 2 });
    const release = () => scene.release();
    expect(release).toThrow(/the scene made at .* is still borrowed/);
    await expect(render).rejects.toThrow("scene_render: progress returned 0");
    const throwing = () => {
      throw new Error("in the middle");
    };
    await expect(scene.renderAsync({ progress: throwing })).rejects.toThrow("in the middle");
    release();
    using broken = closure("void(float64, float64, CPointer(float64))", (u, _v, rgb) => {
      rgb[0] = u;
    });
    using other = sphereBy(broken);
    await expect(other.renderAsync()).rejects.toThrow(/the procedural coloration gave \(0\.\d+, NaN, NaN\)/);
  });
});
