// Run by no-llvm.test.ts on a machine that has no libLLVM, as far as the file system tells; or with one in `CFUNC_LLVM`
// that is none.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const list = fs.readdirSync;
fs.readdirSync = ((...args: Parameters<typeof list>) => {
  const names = list(...args) as unknown as (string | fs.Dirent)[];
  return names.filter((entry) => !(typeof entry === "string" ? entry : entry.name).includes("libLLVM"));
}) as unknown as typeof list;
syncBuiltinESMExports();

const { cfunc } = await import("../../src/index.ts");
const f = cfunc("float64(float64)", (x) => x * 2);
console.log("defined");
for (const use of [() => f(1), () => f.address, () => f.inspectLLVM(), () => f.inspectAsm(), () => f.inspectIR()]) {
  try {
    console.log(String(use()).split("\n")[0]);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    console.log(JSON.stringify({ code, message }));
  }
}
