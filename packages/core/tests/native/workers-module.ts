// Run by workers.test.ts in worker threads; `workerData.mode` says what to do.
import { parentPort, workerData } from "node:worker_threads";
import { as, cfunc, float64, int32 } from "../../src/index.ts";
import { closure, load, makeCallable } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";

const { mode, path, ...data } = workerData as {
  readonly mode: string;
  readonly path: string;
  readonly compiled: bigint;
  readonly closure: bigint;
  readonly stays: boolean;
};
const c = load(path, {
  add: "int(int, int)",
  call: "int(CFunction(int(int)), int)",
  slow: "int(int)",
  spin: "long(CFunction(int(int)), int)",
  haunt: "void(CFunction(int(int)))",
});
const say = (message: unknown) => parentPort?.postMessage(message);
const signature = parseSignature("int(int)");

async function everything(): Promise<unknown> {
  let sync = 0;
  for (let i = 0; i < 100; i++) sync += c.add(i, 0);
  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => c.add.async(i, 0)));
  using square = closure("int(int)", (x) => x * x);
  const squares = await Promise.all(Array.from({ length: 100 }, (_, i) => c.call.async(square, i)));
  using same = closure("int(int)", (x) => x);
  using bad = closure("int(int)", (x) => {
    throw new Error(`inside ${x}`);
  });
  let thrown = "";
  try {
    c.call(bad, 3);
  } catch (error) {
    thrown = (error as Error).message;
  }
  const libc = load(
    null,
    { close: "int(int)", snprintf: "int(CPointer(char), size_t, const char *, ...)" },
    { errno: true },
  );
  libc.close(-1);
  const out = new Uint8Array(32);
  const length = libc.snprintf(out, 32, "%d of %.1f", as(int32, 7), as(float64, 2.5));
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    ...{ sync, async: sum(all), closure: sum(squares), spun: c.spin(same, 1000), thrown },
    ...{ errno: libc.close.errno, text: new TextDecoder().decode(out.subarray(0, length)) },
  };
}

switch (mode) {
  case "everything":
    say(await everything());
    break;
  case "foreign": {
    const compiled = makeCallable(data.compiled, signature);
    const theirs = makeCallable(data.closure, signature);
    const results = { compiled: [compiled(1), compiled(1000)], closure: theirs(42) };
    say({ ...results, asynchronous: await c.call.async({ address: data.closure, signature } as never, 43) });
    break;
  }
  case "address": {
    const twice = cfunc("int(int)", (x) => 2 * x + 3);
    say(twice.address);
    break;
  }
  case "slow":
    say("started");
    c.slow(500);
    break;
  case "async":
    for (let i = 0; i < 5; i++) c.slow.async(2000);
    say("started");
    break;
  case "spin": {
    const count = closure("int(int)", (x) => x);
    say("started");
    c.spin(count, 2_000_000);
    break;
  }
  case "waits":
    // Each call waits for the main thread.
    say("started");
    for (;;) makeCallable(data.closure, signature)(1);
  case "haunted": {
    const answer = closure("int(int)", () => 1234, { onError: { return: -9 } });
    c.haunt(answer);
    say("started");
    if (data.stays) setInterval(() => {}, 1000);
  }
}
