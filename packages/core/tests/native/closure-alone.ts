// Run by closure.test.ts: a closure that throws under a native call which TypeScript did not make through this project.
import { cLibrary } from "../../src/llvm/index.ts";
import { addressOf, closure } from "../../src/native/index.ts";

const one = new Uint8Array(8);
const order = closure("int32(voidptr, voidptr)", () => {
  throw new Error("nobody called me");
});
process.on("uncaughtException", (error) => console.log(`caught: ${error.message}`));
const at = addressOf(one);
const found = cLibrary().call("bsearch", at, at, 1n, 8n, order.address);
console.log(String(found === at ? 0 : found));
