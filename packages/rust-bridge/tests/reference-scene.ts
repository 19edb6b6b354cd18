// The scene that is compared with a golden image: every kind of coloration, surface and light once.
import { cfunc } from "@cfunc/core";
import { type Color, Coloration, Scene, Surface } from "../src/index.ts";

const color = (red: number, green: number, blue: number): Color => ({ red, green, blue });

/** A floor of dark and light tiles with thin joints, by a TypeScript function that Rust's threads call. */
export const tiles = cfunc("void(float64, float64, CPointer(float64))", (u, v, rgb) => {
  const x = u / 1.2 - Math.floor(u / 1.2);
  const y = v / 1.2 - Math.floor(v / 1.2);
  const joint = Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y));
  const parity = Math.abs(Math.floor(u / 1.2) + Math.floor(v / 1.2)) % 2;
  const vein = 0.5 + 0.5 * Math.sin(3 * u + 2 * Math.sin(2.3 * v + Math.sin(1.7 * u)));
  let base = parity === 0 ? 0.62 + 0.18 * vein : 0.05 + 0.06 * vein;
  if (joint < 0.015) base = 0.25;
  rgb[0] = base;
  rgb[1] = base * (parity === 0 ? 0.94 : 1.05);
  rgb[2] = base * (parity === 0 ? 0.85 : 1.3);
});

/** Bands of a planet, by another one. */
export const bands = cfunc("void(float64, float64, CPointer(float64))", (u, v, rgb) => {
  const swirl = Math.sin(52 * v + 1.1 * Math.sin(8 * u * Math.PI + 9 * v)) * Math.cos(11 * v - 0.4);
  const light = 0.5 + 0.5 * swirl;
  rgb[0] = 0.75 * light + 0.35 * (1 - light);
  rgb[1] = 0.42 * light + 0.1 * (1 - light);
  rgb[2] = 0.2 * light + 0.06 * (1 - light);
});

/** `texture` is the path of an image for one of the spheres. */
export function referenceScene(texture: string, size: { readonly width: number; readonly height: number }): Scene {
  using floor = Coloration.procedural(tiles);
  using planet = Coloration.procedural(bands);
  using image = Coloration.texture(texture);
  using white = Coloration.solid(color(1, 1, 1));
  using silver = Coloration.solid(color(0.95, 0.93, 0.88));
  using teal = Coloration.solid(color(0.02, 0.33, 0.36));
  using red = Coloration.solid(color(0.75, 0.05, 0.04));
  using gold = Coloration.solid(color(1, 0.62, 0.18));
  using floorSurface = Surface.reflective(floor, { albedo: 0.9, reflectivity: 0.14 });
  using planetSurface = Surface.reflective(planet, { albedo: 1, reflectivity: 0.04 });
  using imageSurface = Surface.diffuse(image, { albedo: 0.95 });
  using mirror = Surface.reflective(silver, { albedo: 0.5, reflectivity: 0.92 });
  using glass = Surface.refractive(white, { index: 1.5, transparency: 1 });
  using satin = Surface.reflective(teal, { albedo: 0.9, reflectivity: 0.2 });
  using lacquer = Surface.reflective(red, { albedo: 0.9, reflectivity: 0.12 });
  using metal = Surface.reflective(gold, { albedo: 0.5, reflectivity: 0.75 });
  const at = (x: number, y: number, z: number) => ({ x, y, z });
  return Scene.create({
    ...size,
    fieldOfView: 42,
    recursionDepth: 10,
    samples: 3,
    sky: { horizon: color(1, 0.76, 0.52), zenith: color(0.02, 0.13, 0.5) },
    planes: [{ origin: at(0, -1, 0), normal: at(0, 1, 0), surface: floorSurface }],
    spheres: [
      { center: at(-1.75, 0.1, -6.4), radius: 1.1, surface: planetSurface },
      { center: at(0.55, 0.35, -7.6), radius: 1.35, surface: mirror },
      { center: at(0.15, -0.42, -4.7), radius: 0.58, surface: glass },
      { center: at(2.2, -0.25, -5.9), radius: 0.75, surface: imageSurface },
      { center: at(-0.85, -0.72, -4.35), radius: 0.28, surface: satin },
      { center: at(1.15, -0.78, -4.2), radius: 0.22, surface: lacquer },
      { center: at(-1.9, -0.75, -4.6), radius: 0.25, surface: metal },
      { center: at(3.3, -0.7, -8.2), radius: 0.3, surface: lacquer },
      { center: at(-3.9, -0.6, -9), radius: 0.4, surface: metal },
    ],
    lights: [
      { kind: "directional", direction: at(-0.7, -1, -0.75), color: color(1, 0.86, 0.68), intensity: 3.6 },
      { kind: "directional", direction: at(1, -0.6, -0.4), color: color(0.45, 0.6, 1), intensity: 0.7 },
      { kind: "point", position: at(-2.5, 3.2, -2.5), color: color(1, 0.9, 0.8), intensity: 260 },
    ],
  });
}
