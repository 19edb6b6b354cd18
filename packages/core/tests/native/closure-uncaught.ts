// Run by closure-threads.test.ts: a closure throws for a thread that no call from TypeScript waits for.
import { closure, load } from "../../src/native/index.ts";

const { pthread_create } = load(null, {
  pthread_create: "int(CPointer(uint64), voidptr, CFunction(voidptr(voidptr)), voidptr)",
});
const alive = setInterval(() => {}, 1000);
process.on("uncaughtException", (error) => {
  console.log(`uncaught: ${error.message}`);
  console.log(String(work.refusals));
  clearInterval(alive);
});
const work = closure("voidptr(voidptr)", () => {
  throw new Error("for nobody");
});
pthread_create(new BigUint64Array(1), null, work, null);
