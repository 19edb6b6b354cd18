// The drivers `c` and `clang`: C code, generated for the signatures of the run and compiled with the machine's compiler or
// with clang, calls the compiled functions and the library.
import { callThrough, missingTool } from "../shared/caller-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import type { Caller } from "../shared/target.ts";
import { cCallers, compiler } from "./callers.ts";

/** Debian installs clang under its version alone. */
const clangs = [process.env.CLANG ?? "clang", "clang-19", "clang-16", "clang-14"];

const name = process.argv[2] ?? "c";
const command = name === "clang" ? firstThatRuns(clangs) : compiler;
const can = missingTool(command, name === "clang" ? "clang" : "C compiler") ?? true;

let call: Caller | undefined;

await serve({
  name,
  capabilities: { callback: can, function: can, c: can, ownership: can, diagnostic: can },
  lacks: { "feature:closure": "C has no closures", "feature:asynchronous": "C calls on the thread it runs on" },
  prepare({ signatures, folder }) {
    if (can === true) call = callThrough(cCallers(command), signatures, folder);
  },
  run(work) {
    if (call === undefined) throw new Error("nothing was prepared");
    return runNative(work, call);
  },
});

/** The first of the commands that runs; where none does, the first. */
function firstThatRuns(commands: readonly string[]): string {
  return commands.find((one) => missingTool(one, one) === undefined) ?? commands[0] ?? "clang";
}
