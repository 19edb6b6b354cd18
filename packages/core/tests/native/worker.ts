// Run by worker.test.ts in worker threads: calls, closures and errors of a thread's own environment.
import { parentPort } from "node:worker_threads";
import { closure, load, memory } from "../../src/native/index.ts";

const compare = "int32(voidptr, voidptr)";
const c = load(null, { qsort: `void(voidptr, size_t, size_t, CFunction(${compare}))`, abs: "int32(int32)" });
let sum = 0;
for (let i = 1; i <= 50; i++) sum += c.abs(-i);
const at = (p: { address: bigint }) => new Float64Array(memory.view(p.address, 8))[0] ?? 0;
const data = Float64Array.of(3, 1, 2);
using order = closure(compare, (a, b) => Math.sign(at(a) - at(b)));
c.qsort(data, 3, 8, order as never);
// Never disposed of: the main thread calls it when this thread is gone.
const kept = closure(compare, () => 1);
let error = "";
using bad = closure(compare, () => {
  throw new Error("in a worker");
});
try {
  c.qsort(data, 3, 8, bad as never);
} catch (caught) {
  error = (caught as Error).message;
}
parentPort?.postMessage({ sum, sorted: [...data], error, closure: kept.address });
