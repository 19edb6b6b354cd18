// Runs in a process of its own: remarks in the main thread, then in a worker, then in the main thread again. Each thread
// has an LLVM of its own and turns LLVM's remarks on, which are an option of the whole process.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { cfunc } from "../../src/index.ts";

const sum = cfunc("float64(CPointer(const float64), intc)", (p, n) => {
  let total = 0;
  for (let i = 0; i < n; i++) total += p[i];
  return total;
});
const codes = (): string =>
  sum
    .remarks()
    .map(({ code }) => code)
    .join(" ");

if (isMainThread) {
  const before = codes();
  const tsxPackage = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const tsx = JSON.stringify(new URL("dist/esm/api/index.mjs", tsxPackage).href);
  const module = JSON.stringify(import.meta.url);
  const worker = new Worker(`import(${tsx}).then(({ tsImport }) => tsImport(${module}, ${tsx}))`, { eval: true });
  worker.once("message", (inWorker: string) => {
    console.log(JSON.stringify([before, inWorker, codes(), sum(Float64Array.of(1, 2), 2)]));
  });
} else parentPort?.postMessage(codes());
