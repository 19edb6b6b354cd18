// Run by call.test.ts in a process that may not generate code from strings.
import { CFuncError } from "../../src/diagnostics/error.ts";
import { closure, load } from "../../src/native/index.ts";

let generated = true;
try {
  new Function("return 1");
} catch {
  generated = false;
}
const c = load(null, {
  abs: "int32(int32)",
  strlen: "size_t(const char *)",
  fabs: "float64(float64)",
  labs: "int64(int64)",
  bsearch: "voidptr(voidptr, voidptr, size_t, size_t, CFunction(int32(voidptr, voidptr)))",
});
const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof CFuncError ? error.code : String(error);
  }
  return "none";
};
using equal = closure("int32(voidptr, voidptr)", () => 0);
const data = new Uint8Array(8);
const found = c.bsearch(data, data, 8, 1, equal) !== null;
const results = [c.abs(-5), found && !generated, c.strlen("hello world"), c.fabs(-2.5), c.labs(-9n)];
console.log(
  ...results.map(String),
  code(() => c.abs(2 ** 31)),
  code(() => (c.abs as (...a: number[]) => number)(1, 2)),
);
