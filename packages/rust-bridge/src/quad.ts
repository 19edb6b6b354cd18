// Numerical integration of a native function.
import { checkNumber } from "./arguments.ts";
import { addressOfCallback, type NativeFunction, type UserData } from "./callback-argument.ts";
import { types } from "./generated/declarations.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

export interface QuadOptions {
  /** Absolute tolerance; 1.49e-8 unless given. */
  readonly epsabs?: number;
  /** Relative tolerance; 1.49e-8 unless given. */
  readonly epsrel?: number;
  /** For a `double(double, void *)`. */
  readonly userData?: UserData;
}

export interface QuadResult {
  readonly result: number;
  /** An estimate of the absolute error, usually far too large. */
  readonly error: number;
  /** How often the integrand was called. */
  readonly evaluations: number;
  /** 0 where the tolerance was reached, else QUADPACK's `ier`. */
  readonly status: number;
  /** The status in words. */
  readonly message: string;
}

const messages: Readonly<Record<number, string>> = {
  0: "the tolerance was reached",
  1: "too many subdivisions: the integrand oscillates or has a difficulty inside the range; split it there",
  2: "rounding errors prevent the tolerance from being reached",
  3: "the integrand behaves badly at some point of the range",
  4: "the extrapolation does not converge",
  5: "the integral is probably divergent, or converges very slowly",
};

/**
 * Integrates `fn`, a `double(double)` or a `double(double, void *)`, from `a` to `b`, either of which may be infinite,
 * with QUADPACK's method. Throws BridgeError `invalid_argument` for ends that are NaN and tolerances that are negative,
 * not finite, or too small to be reached. That a tolerance was not reached is told by `status`.
 */
export function quad(fn: NativeFunction, a: number, b: number, options: QuadOptions = {}): QuadResult {
  const { epsabs = 1.49e-8, epsrel = 1.49e-8, userData = null } = options;
  const address = addressOfCallback("quad", fn);
  for (const [name, value] of Object.entries({ a, b, epsabs, epsrel })) checkNumber("quad", name, value);
  const out = new DataView(new ArrayBuffer(types.quad_result.size));
  checked((status) => library().bridge_quad(address, userData, a, b, epsabs, epsrel, out, status));
  const ier = out.getInt32(20, true);
  return {
    result: out.getFloat64(0, true),
    error: out.getFloat64(8, true),
    evaluations: out.getInt32(16, true),
    status: ier,
    message: messages[ier] ?? `status ${ier}`,
  };
}
