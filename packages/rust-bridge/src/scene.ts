// Scenes: Rust's ray tracer behind a handle. `using scene = Scene.create({...})`, then `scene.render()`.
import { closure } from "@cfunc/core";
import { Owned } from "@cfunc/core/ownership";
import { checkCount, checkNumber, invalid } from "./arguments.ts";
import { BridgeError } from "./bridge-error.ts";
import { isClosure } from "./callback-argument.ts";
import { type Color, colorBytes } from "./coloration.ts";
import { types } from "./generated/declarations.ts";
import { type Vector3, vectorBytes } from "./geometry.ts";
import { library } from "./library.ts";
import { madeHere } from "./site.ts";
import { checked, checkedAsync } from "./status.ts";
import type { Surface } from "./surface.ts";

export interface SceneOptions {
  /** Pixels, from 1 to 16384. */
  readonly width: number;
  readonly height: number;
  /** Vertical, in degrees; 60 unless given. */
  readonly fieldOfView?: number;
  /** How far above a surface rays start that leave it; 1e-6 unless given. */
  readonly shadowBias?: number;
  /** How often a ray is mirrored or bent; 8 unless given, at most 64. */
  readonly recursionDepth?: number;
  /** Rays a pixel in each direction; 2 unless given, at most 16. */
  readonly samples?: number;
  readonly sky?: { readonly horizon: Color; readonly zenith: Color };
  readonly spheres?: readonly Sphere[];
  readonly planes?: readonly Plane[];
  readonly lights?: readonly Light[];
}

export interface Sphere {
  readonly center: Vector3;
  readonly radius: number;
  readonly surface: Surface;
}

export interface Plane {
  readonly origin: Vector3;
  /** Of any length. */
  readonly normal: Vector3;
  readonly surface: Surface;
}

export type Light =
  | { readonly kind: "point"; readonly position: Vector3; readonly color: Color; readonly intensity: number }
  | { readonly kind: "directional"; readonly direction: Vector3; readonly color: Color; readonly intensity: number };

export interface RenderOptions {
  /** As many as the machine has cores unless given. The pixels are the same for any number. */
  readonly threads?: number;
  /** Called on this thread while others render; ends the render by returning false. What it throws comes through. */
  readonly progress?: (rowsDone: number, rows: number) => boolean;
  /** Where the pixels go: `4 * width * height` bytes. A new array unless given. */
  readonly into?: Uint8Array<ArrayBuffer>;
}

const site = "scene_render";

/** A scene. The camera is at the origin and looks along -z, with y upwards. */
export class Scene extends Owned<bigint> {
  readonly width: number;
  readonly height: number;
  /** What render threads use; kept from the garbage collector as long as the scene. */
  readonly uses: unknown[] = [];

  private constructor(handle: bigint, { width, height }: SceneOptions) {
    const release = () => {
      checked((status) => library().bridge_scene_free(handle, status));
    };
    super(handle, { what: madeHere("scene"), release });
    this.width = width;
    this.height = height;
  }

  /** Throws BridgeError `invalid_argument` for anything that is no scene; nothing is left behind then. */
  static create(options: SceneOptions): Scene {
    const site = "scene_create";
    const { width, height, fieldOfView = 60, shadowBias = 1e-6, recursionDepth = 8, samples = 2 } = options;
    for (const [name, value] of Object.entries({ width, height, recursionDepth, samples }))
      checkCount(site, name, value);
    for (const [name, value] of Object.entries({ fieldOfView, shadowBias })) checkNumber(site, name, value);
    const block = new DataView(new ArrayBuffer(types.scene_options.size));
    block.setUint32(0, width, true);
    block.setUint32(4, height, true);
    block.setFloat64(8, fieldOfView, true);
    block.setFloat64(16, shadowBias, true);
    block.setUint32(24, recursionDepth, true);
    block.setUint32(28, samples, true);
    const scene = new Scene(
      checked((status) => library().bridge_scene_create(block, status)),
      options,
    );
    try {
      scene.#fill(options);
      return scene;
    } catch (error) {
      scene[Symbol.dispose]();
      throw error;
    }
  }

  #fill({ sky, spheres = [], planes = [], lights = [] }: SceneOptions): void {
    if (sky !== undefined) this.setSky(sky.horizon, sky.zenith);
    for (const sphere of spheres) this.addSphere(sphere);
    for (const plane of planes) this.addPlane(plane);
    for (const light of lights) this.addLight(light);
  }

  addSphere({ center, radius, surface }: Sphere): void {
    const site = "scene_add_sphere";
    const place = vectorBytes(site, "center", center);
    checkNumber(site, "radius", radius);
    checked((status) => library().bridge_scene_add_sphere(this.value, place, radius, surface.value, status));
    this.uses.push(...surface.uses);
  }

  addPlane({ origin, normal, surface }: Plane): void {
    const site = "scene_add_plane";
    const [place, up] = [vectorBytes(site, "origin", origin), vectorBytes(site, "normal", normal)];
    checked((status) => library().bridge_scene_add_plane(this.value, place, up, surface.value, status));
    this.uses.push(...surface.uses);
  }

  addLight(light: Light): void {
    const site = light.kind === "point" ? "scene_add_point_light" : "scene_add_directional_light";
    const color = colorBytes(site, "color", light.color);
    const { intensity } = light;
    checkNumber(site, "intensity", intensity);
    if (light.kind === "point") {
      const position = vectorBytes(site, "position", light.position);
      checked((status) => library().bridge_scene_add_point_light(this.value, position, color, intensity, status));
    } else {
      const direction = vectorBytes(site, "direction", light.direction);
      checked((status) =>
        library().bridge_scene_add_directional_light(this.value, direction, color, intensity, status),
      );
    }
  }

  setSky(horizon: Color, zenith: Color): void {
    const site = "scene_set_sky";
    const [low, high] = [colorBytes(site, "horizon", horizon), colorBytes(site, "zenith", zenith)];
    checked((status) => library().bridge_scene_set_sky(this.value, low, high, status));
  }

  /**
   * Red, green, blue and 255 for each pixel, row by row from the top left. Throws BridgeError `cancelled` when `progress`
   * gave false, `callback_failed` when a procedural coloration gave something that is no colour, `wrong_length`.
   */
  render(options: RenderOptions = {}): Uint8Array<ArrayBuffer> {
    if (this.uses.some(isClosure)) {
      const message = `${site}: a coloration is a closure, which needs this thread: render with renderAsync, or compile it`;
      throw new BridgeError("wrong_thread", message);
    }
    const { threads, out, handle } = this.#prepared(options);
    using report = progressClosure(options.progress);
    const address = Number(report?.address ?? 0n);
    try {
      checked((status) => library().bridge_scene_render(handle, out, out.length, threads, address, null, status));
    } catch (error) {
      throw report?.thrown?.error ?? error;
    }
    return out;
  }

  /**
   * The same while this thread goes on. Colorations may be closures, which this thread runs for every hit, a thousand
   * times slower than compiled functions. The scene may not be released before it has ended.
   */
  async renderAsync(options: RenderOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { threads, out, handle } = this.#prepared(options);
    using report = progressClosure(options.progress);
    using _borrow = this.borrow();
    const address = Number(report?.address ?? 0n);
    const { async } = library().bridge_scene_render;
    try {
      await checkedAsync((status) => async(handle, out, out.length, threads, address, null, status));
    } catch (error) {
      throw report?.thrown?.error ?? error;
    }
    return out;
  }

  #prepared({ threads = 0, into }: RenderOptions) {
    checkCount(site, "threads", threads);
    const handle = this.value;
    const out = into ?? new Uint8Array(4 * this.width * this.height);
    if (!(out instanceof Uint8Array)) throw invalid(site, "into", "must be a Uint8Array", out);
    return { threads, out, handle };
  }
}

/** `progress` as a C function. What it throws ends the render, and is kept for whoever called `render`. */
function progressClosure(progress: RenderOptions["progress"]) {
  if (progress === undefined) return undefined;
  let thrown: { readonly error: unknown } | undefined;
  const report = closure("int32(uint32, uint32, voidptr)", (done, rows) => {
    try {
      return progress(done, rows) ? 1 : 0;
    } catch (error) {
      thrown = { error };
      return 0;
    }
  });
  return {
    address: report.address,
    get thrown() {
      return thrown;
    },
    [Symbol.dispose]: () => report.dispose(),
  };
}
