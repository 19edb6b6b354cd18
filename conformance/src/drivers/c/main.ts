// The driver `c`: C code, generated for the signatures of the run and compiled with the machine's compiler, calls the
// compiled functions and the library.
import { callThrough, missingTool } from "../shared/caller-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import type { Caller } from "../shared/target.ts";
import { c, compiler } from "./callers.ts";

let call: Caller | undefined;
const can = missingTool(compiler, "C compiler") ?? true;

await serve({
  name: "c",
  capabilities: { callback: can, function: can, ownership: can, diagnostic: can },
  prepare({ signatures, folder }) {
    if (can === true) call = callThrough(c, signatures, folder);
  },
  run(work) {
    if (call === undefined) throw new Error("nothing was prepared");
    return runNative(work, call);
  },
});
