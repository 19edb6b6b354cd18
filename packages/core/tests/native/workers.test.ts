import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { cfunc } from "../../src/index.ts";
import { closure, load, makeCallable } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

const tsxPackage = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
const tsx = new URL("dist/esm/api/index.mjs", tsxPackage).href;
const module = new URL("./workers-module.ts", import.meta.url).href;
const start = `import(${JSON.stringify(tsx)}).then(({ tsImport }) => tsImport(${JSON.stringify(module)}, ${JSON.stringify(tsx)}))`;

const path = hasCompiler
  ? compileC(`#include <pthread.h>
#include <unistd.h>
int add(int a, int b) { return a + b; }
int call(int (*f)(int), int x) { return f(x); }
int slow(int ms) { usleep(ms * 1000); return ms; }
long spin(int (*f)(int), int n) { long s = 0; for (int i = 0; i < n; i++) s += f(i); return s; }
/* A thread that never ends calls f again and again, and leaves the last answer where anybody can look. */
static int (*target)(int); static volatile int last = -2;
static void *again(void *p) { for (int i = 0;; i++) { last = target(i); usleep(2000); } return p; }
void haunt(int (*f)(int)) { pthread_t t; target = f; pthread_create(&t, 0, again, 0); pthread_detach(t); }
int last_answer(void) { return last; }`)
  : "";

interface Handle {
  readonly worker: Worker;
  /** The next message. */
  next(): Promise<unknown>;
  readonly ended: Promise<number>;
}

function run(mode: string, data: object = {}): Handle {
  const worker = new Worker(start, { eval: true, workerData: { mode, path, ...data } });
  const messages: unknown[] = [];
  const takers: ((message: unknown) => void)[] = [];
  worker.on("message", (message) => {
    const take = takers.shift();
    if (take === undefined) messages.push(message);
    else take(message);
  });
  const ended = new Promise<number>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", resolve);
  });
  const next = () =>
    messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => takers.push(resolve));
  return { worker, next, ended };
}

describe.skipIf(!hasCompiler)("workers (needs cc)", () => {
  it("do everything at once, each with its own environment", async () => {
    const workers = [run("everything"), run("everything"), run("everything")];
    const { add } = load(path, { add: "int(int, int)" });
    let here = 0;
    const busy = setInterval(() => {
      for (let i = 0; i < 1000; i++) here += add(i, -i) + 1;
    }, 1);
    const answers = await Promise.all(workers.map((worker) => worker.next()));
    clearInterval(busy);
    const expected = {
      sync: 4950,
      async: 4950,
      closure: 328350,
      spun: 499500n,
      thrown: "inside 3",
      errno: 9,
      text: "7 of 2.5",
    };
    expect(answers).toEqual([expected, expected, expected]);
    expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0, 0]);
    expect(here % 1000).toBe(0);
  }, 60_000);

  it("call compiled functions and closures that another thread made", async () => {
    const limited = cfunc("int(int)", (x) => (x > 100 ? 100 : x + 1));
    let calls = 0;
    using counted = closure("int(int)", (x) => {
      calls++;
      return x * 2;
    });
    const worker = run("foreign", { compiled: limited.address, closure: counted.address });
    expect(await worker.next()).toEqual({ compiled: [2, 100], closure: 84, asynchronous: 86 });
    expect([limited(1), calls, await worker.ended]).toEqual([2, 2, 0]);
  }, 60_000);

  it("hand out compiled functions that outlive them", async () => {
    const worker = run("address");
    const address = (await worker.next()) as bigint;
    expect(await worker.ended).toBe(0);
    expect(makeCallable(address, parseSignature("int(int)"), { name: "orphan" })(20)).toBe(43);
  }, 60_000);

  it.each(["slow", "async", "spin", "waits"])(
    "may be terminated in the middle: %s",
    async (mode) => {
      using never = closure("int(int)", (x) => x);
      const worker = run(mode, { closure: never.address });
      await worker.next();
      await new Promise((resolve) => setTimeout(resolve, 30));
      const started = Date.now();
      await worker.worker.terminate();
      expect(Date.now() - started).toBeLessThan(5000);
      const { add } = load(path, { add: "int(int, int)" });
      expect([add(2, 3), await add.async(2, 3)]).toEqual([5, 5]);
    },
    60_000,
  );

  it.each([true, false])(
    "end while another thread calls their closures: it gets the default (terminated: %s)",
    async (terminated) => {
      const worker = run("haunted", { stays: terminated });
      await worker.next();
      const { last_answer } = load(path, { last_answer: "int()" });
      await expect.poll(() => last_answer(), { timeout: 10_000 }).toBe(terminated ? 1234 : -9);
      if (terminated) await worker.worker.terminate();
      await worker.ended;
      await expect.poll(() => last_answer(), { timeout: 10_000 }).toBe(-9);
    },
    60_000,
  );
});
