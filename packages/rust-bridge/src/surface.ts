// Surfaces: a coloration, and what light does there.
import { Owned } from "@cfunc/core/ownership";
import { checkNumber } from "./arguments.ts";
import type { Coloration } from "./coloration.ts";
import { library } from "./library.ts";
import { type NativePointer, notNull } from "./native-pointer.ts";
import { madeHere } from "./site.ts";
import { checked } from "./status.ts";

/** A surface in Rust's memory. Scenes copy what they need: it may be released before them. */
export class Surface extends Owned<NativePointer> {
  /** What native code uses as long as this or a scene made with it lives. */
  readonly uses: readonly unknown[];

  private constructor(site: string, pointer: NativePointer | null, coloration: Coloration) {
    const release = (owned: NativePointer) => {
      checked((status) => library().bridge_surface_free(owned, status));
    };
    super(notNull(site, pointer), { what: madeHere("surface"), release });
    this.uses = coloration.uses;
  }

  /** Scatters light evenly. `albedo`, from 0 to 1, is the share that is not swallowed. */
  static diffuse(coloration: Coloration, { albedo = 0.8 }: { readonly albedo?: number } = {}): Surface {
    const site = "surface_diffuse";
    checkNumber(site, "albedo", albedo);
    const pointer = checked((status) => library().bridge_surface_diffuse(coloration.value, albedo, status));
    return new Surface(site, pointer, coloration);
  }

  /** Mirrors a share of the light, from 0 to 1, and scatters the rest. */
  static reflective(
    coloration: Coloration,
    { albedo = 0.8, reflectivity }: { readonly albedo?: number; readonly reflectivity: number },
  ): Surface {
    const site = "surface_reflective";
    for (const [name, value] of Object.entries({ albedo, reflectivity })) checkNumber(site, name, value);
    const call = (status: DataView<ArrayBuffer>) =>
      library().bridge_surface_reflective(coloration.value, albedo, reflectivity, status);
    return new Surface(site, checked(call), coloration);
  }

  /** Lets a share of the light through, from 0 to 1, bent by an index of refraction: 1.5 is glass. */
  static refractive(
    coloration: Coloration,
    options: { readonly albedo?: number; readonly index: number; readonly transparency?: number },
  ): Surface {
    const site = "surface_refractive";
    const { albedo = 0.8, index, transparency = 1 } = options;
    for (const [name, value] of Object.entries({ albedo, index, transparency })) checkNumber(site, name, value);
    const call = (status: DataView<ArrayBuffer>) =>
      library().bridge_surface_refractive(coloration.value, albedo, index, transparency, status);
    return new Surface(site, checked(call), coloration);
  }
}
