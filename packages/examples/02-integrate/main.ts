// Integration: Rust's adaptive quadrature calls a compiled integrand.
import { CFuncError, cfunc } from "@cfunc/core";
import { BridgeError, bridge } from "@cfunc/rust-bridge";

// 1. exp(-t) / t^2 from 1 to infinity. Rust maps the infinite range to (0, 1] and calls the pointer.
const integrand = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t));
const tail = bridge.quad(integrand, 1, Infinity);
console.log(`integral = ${tail.result.toFixed(12)}, ${tail.evaluations} evaluations, ${tail.message}`);

// 2. A parameter that changes between calls travels as user data: a pointer that Rust hands back to the callback.
const power = cfunc("float64(float64, CPointer(float64))", (x, data) => x ** data[0]);
const exponent = Float64Array.of(2);
for (const n of [2, 3, 0.5]) {
  exponent[0] = n;
  console.log(
    `integral of x^${n} from 0 to 1 = ${bridge.quad(power, 0, 1, { userData: exponent }).result.toFixed(10)}`,
  );
}

// 3. What goes wrong. An integral that does not exist is told by the status, with the best that was found:
const pole = cfunc("float64(float64)", (x) => 1 / x);
const divergent = bridge.quad(pole, 0, 1);
console.log(`1/x from 0 to 1: status ${divergent.status}, ${divergent.message}`);

// a tolerance that is no number is refused before anything is called:
try {
  bridge.quad(integrand, 1, 2, { epsrel: Number.NaN });
} catch (error) {
  if (!(error instanceof BridgeError)) throw error;
  console.log(`refused: ${error.message}`);
}

// and a callback of the wrong type never reaches Rust.
const wrong = cfunc("int32(int32)", (i) => i + 1);
try {
  bridge.quad(wrong as never, 0, 1);
} catch (error) {
  if (!(error instanceof BridgeError) && !(error instanceof CFuncError)) throw error;
  console.log(`refused: ${error.message}`);
}
