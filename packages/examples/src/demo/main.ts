// `npm run demo`: the main job, end to end. Every number below was computed by native code a moment ago.
import { carray, cfunc } from "@cfunc/core";
import type { Owned } from "@cfunc/core/ownership";
import { BridgeError, bridge, type ProcedureAnswer } from "@cfunc/rust-bridge";
import { callbackCosts } from "./callback-costs.ts";
import { heading, table } from "./print.ts";

heading("A TypeScript function, compiled, doubles a matrix: Rust calls it through a C function pointer");
const doubled = cfunc("void(CPointer(double), CPointer(double), intc, intc)", (input, output, m, n) => {
  const a = carray(input, [m, n]);
  const b = carray(output, [m, n]);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) b[i][j] = 2 * a[i][j];
});
console.log(bridge.computeFromRust(doubled, [1, 2, 3, 4, 5, 6], 3, 2).join(" "));

heading("Rust integrates exp(-t) / t^2 from 1 to infinity");
const integrand = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t), { name: "integrand" });
const { result, error, evaluations } = bridge.quad(integrand, 1, Infinity, { epsabs: 1e-13, epsrel: 1e-13 });
console.log(`${result.toFixed(15)}, error estimate ${error.toExponential(1)}, ${evaluations} evaluations`);

heading("Four native threads call it at once, without entering a JavaScript engine");
const term = cfunc("float64(int32)", (i) => 1 / ((i + 1) * (i + 1)));
const sums = bridge.callOnThreads(term, { threads: 4, calls: 1_000_000 });
console.log(`sums ${sums.map((sum) => sum.toFixed(6)).join(" ")} (pi^2 / 6 is ${(Math.PI ** 2 / 6).toFixed(6)})`);

heading("A JSON procedure in Rust: its answer is ours to free, once");
const request = { timeout: 10, retries: 3, host_list: ["host1", "host2"], action: "reboot", job_id: 7 } as const;
const answer: Owned<ProcedureAnswer> = bridge.startProcedure(request);
const { address, text } = answer.value;
console.log(text);
console.log(`live allocations: ${bridge.liveCount()}`);
answer.release();
console.log(`after the release: ${bridge.liveCount()}`);
try {
  bridge.freeMem({ address });
} catch (refusal) {
  if (!(refusal instanceof BridgeError)) throw refusal;
  console.log(`released again: ${refusal.message}`);
}

heading("The integrand as LLVM sees it");
console.log(integrand.inspectLLVM().split("\n\n")[1]);

heading("What a callback costs the C code that calls it");
table(callbackCosts());
