// Colorations: what colour a surface has at a place. A solid colour, an image, or a compiled TypeScript function that
// Rust's render threads call at every hit.
import { Owned } from "@cfunc/core/ownership";
import { checkNumber, checkText } from "./arguments.ts";
import { addressOfCallback, type NativeFunction, type UserData } from "./callback-argument.ts";
import { library } from "./library.ts";
import { type NativePointer, notNull } from "./native-pointer.ts";
import { madeHere } from "./site.ts";
import { checked } from "./status.ts";

/** Linear light, each part from 0 upwards. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** A coloration in Rust's memory. Surfaces share what is inside: it may be released before them. */
export class Coloration extends Owned<NativePointer> {
  /** What native code uses as long as this or a surface made with it lives; kept from the garbage collector. */
  readonly uses: readonly unknown[];

  private constructor(site: string, pointer: NativePointer | null, ...uses: readonly unknown[]) {
    const release = (owned: NativePointer) => {
      checked((status) => library().bridge_coloration_free(owned, status));
    };
    super(notNull(site, pointer), { what: madeHere("coloration"), release });
    this.uses = uses;
  }

  /** One colour. Throws BridgeError `invalid_argument` for parts that are negative or not finite. */
  static solid(color: Color): Coloration {
    const site = "coloration_solid";
    const bytes = colorBytes(site, "color", color);
    return new Coloration(
      site,
      checked((status) => library().bridge_coloration_solid(bytes, status)),
    );
  }

  /** A PNG or JPEG file, repeated. Throws BridgeError `unreadable_file` or `broken_image`. */
  static texture(path: string): Coloration {
    const site = "coloration_texture";
    checkText(site, "path", path);
    return new Coloration(
      site,
      checked((status) => library().bridge_coloration_texture(path, status)),
    );
  }

  /**
   * A compiled `void(float64 u, float64 v, CPointer(float64) rgb)`, with the user data as one more parameter if it wants
   * them; or a closure, for scenes that are rendered with `renderAsync`. Throws BridgeError `wrong_signature`. The function
   * must not be disposed before everything that was made with it is released.
   */
  static procedural(fn: NativeFunction, userData: UserData = null): Coloration {
    const site = "coloration_procedural";
    const address = addressOfCallback(site, fn, { closures: true });
    const pointer = checked((status) => library().bridge_coloration_procedural(address, userData, status));
    return new Coloration(site, pointer, fn, userData);
  }
}

/** A colour as the C structure. */
export function colorBytes(site: string, name: string, { red, green, blue }: Color): ArrayBuffer {
  for (const [part, value] of Object.entries({ red, green, blue })) checkNumber(site, `${name}.${part}`, value);
  return Float64Array.of(red, green, blue).buffer;
}
