// Run by async.test.ts: processes that end while native calls are under way, or that stay for them.
import { closure, load } from "../../src/native/index.ts";

const how = process.argv[2];
const c = load(null, {
  usleep: "int(uint32)",
  sleep: "uint32(uint32)",
  pthread_create: "int(CPointer(uint64), voidptr, CFunction(voidptr(voidptr)), voidptr)",
  bsearch: "voidptr(voidptr, voidptr, size_t, size_t, CFunction(int(voidptr, voidptr)))",
});
if (how === "exit") {
  for (let i = 0; i < 10; i++) c.sleep.async(20);
  setTimeout(() => {
    console.log("leaving");
    process.exit(3);
  }, 100);
} else if (how === "kept") {
  // Nothing else keeps this process alive.
  c.usleep.async(200_000).then(console.log);
} else if (how === "closure-exit") {
  // Another thread waits for a closure that ends the process.
  const compare = closure("int(voidptr, voidptr)", () => {
    console.log("leaving");
    process.exit(3);
  });
  const one = new Uint8Array(8);
  c.bsearch.async(one, new Uint8Array(8), 1, 8, compare);
} else {
  // A thread calls a closure while the process ends by itself: nothing waits for it.
  const start = closure("voidptr(voidptr)", () => null);
  c.pthread_create(new BigUint64Array(1), null, start, null);
}
