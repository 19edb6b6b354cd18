// What the tests of scenes are made of.
import { Coloration, Scene, type SceneOptions, Surface } from "../src/index.ts";

export const at = (x: number, y: number, z: number) => ({ x, y, z });
export const white = { red: 1, green: 1, blue: 1 };
export const small: SceneOptions = { width: 16, height: 12, samples: 1 };
export const sun = { kind: "directional", direction: at(0, -1, -1), color: white, intensity: 3 } as const;

/** A sphere in front of the camera that is coloured by `fn`. */
export function sphereBy(fn: Parameters<typeof Coloration.procedural>[0], userData?: Float64Array): Scene {
  using coloration = Coloration.procedural(fn, userData);
  using surface = Surface.diffuse(coloration);
  return Scene.create({ ...small, spheres: [{ center: at(0, 0, -3), radius: 1, surface }], lights: [sun] });
}
