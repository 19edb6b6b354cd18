// The driver `rust`: Rust code, generated for the signatures of the run and compiled with rustc, calls the compiled
// functions and the library. Rust calls the compiled functions from inside the library too, in the vectors that say so.
import { callThrough, missingTool } from "../shared/caller-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import type { Caller } from "../shared/target.ts";
import { compiler, rust } from "./callers.ts";

let call: Caller | undefined;
const can = missingTool(compiler, "Rust compiler") ?? true;

await serve({
  name: "rust",
  capabilities: { callback: can, function: can, c: can, ownership: can, diagnostic: can },
  lacks: {
    "type:bitfield": "Rust has no bit-fields",
    "feature:closure": "Rust has no JavaScript closures",
    "feature:asynchronous": "Rust calls on the thread it runs on",
  },
  prepare({ signatures, folder }) {
    if (can === true) call = callThrough(rust, signatures, folder);
  },
  run(work) {
    if (call === undefined) throw new Error("nothing was prepared");
    return runNative(work, call);
  },
});
