import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { load, makeCallable } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";

const tsxPackage = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
const tsx = new URL("dist/esm/api/index.mjs", tsxPackage).href;
const module = new URL("./worker.ts", import.meta.url).href;
const start = `import(${JSON.stringify(tsx)}).then(({ tsImport }) => tsImport(${JSON.stringify(module)}, ${JSON.stringify(tsx)}))`;

interface Outcome {
  readonly answer: { readonly closure: bigint };
  readonly code: number;
}

function run(): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(start, { eval: true });
    let answer: Outcome["answer"];
    worker.on("message", (message) => {
      answer = message;
    });
    worker.on("error", reject);
    worker.on("exit", (code) => resolve({ answer, code }));
  });
}

it("opens an environment in every worker, at once and one after another", async () => {
  expect(load(null, { abs: "int32(int32)" }).abs(-1)).toBe(1);
  const answer = { sum: 1275, sorted: [1, 2, 3], error: "in a worker", closure: expect.any(BigInt) };
  const expected = { answer, code: 0 };
  expect(await Promise.all([run(), run()])).toEqual([expected, expected]);
  // These may get the descriptors and thread numbers of those that are gone.
  for (let i = 0; i < 3; i++) expect(await run()).toEqual(expected);
  expect(load(null, { labs: "int64(int64)" }).labs(-1n)).toBe(1n);
}, 60_000);

it("answers zero through a closure whose worker is gone", async () => {
  const { answer } = await run();
  const signature = parseSignature("int32(voidptr, voidptr)");
  const orphan = makeCallable(answer.closure, signature, { name: "orphan" });
  expect(() => orphan(null, null)).not.toThrow();
  expect(orphan(null, null)).toBe(0);
}, 60_000);
