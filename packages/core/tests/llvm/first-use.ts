// Run by find.test.ts: imports everything, then uses native code for the first time. Arguments: platform, architecture.
import { CFuncError } from "../../src/diagnostics/error.ts";

const [, , platform, arch] = process.argv;
if (platform !== undefined) Object.defineProperty(process, "platform", { value: platform });
if (arch !== undefined) Object.defineProperty(process, "arch", { value: arch });
const { load } = await import("../../src/native/index.ts");
console.log("imported");
try {
  console.log(load(null, { abs: "int32(int32)" }).abs(-1));
} catch (error) {
  if (!(error instanceof CFuncError)) throw error;
  for (const { code, message } of error.diagnostics) console.log(code, message);
}
