// Run by versions.test.ts with CFUNC_LLVM set: every use that is made of LLVM, its answers as one line of JSON.
import { CFuncError } from "../../src/diagnostics/error.ts";
import { llvm } from "../../src/llvm/index.ts";
import { closure, load, makeCallable, makeCallableFromThunk, memory, thunkText } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { doublingLoop } from "./doubling-loop.ts";

const jit = llvm();
const { cpu, features } = jit.target();
const attributes = `nounwind "target-cpu"="${cpu}" "target-features"="${features}"`;
const exp = jit.compile(
  `declare double @llvm.exp.f64(double)
define double @f(double %t) ${attributes} {
  %n = fneg double %t
  %e = call double @llvm.exp.f64(double %n)
  ret double %e
}`,
  { name: "exp" },
);
const addition = parseSignature("int32(int32, int32)");
const add = jit.compile(
  `define i32 @add(i32 %a, i32 %b) ${attributes} {
  %r = add i32 %a, %b
  ret i32 %r
}${thunkText(addition, "add", "add.thunk")}`,
  { name: "add" },
);
const constant = (value: number) => jit.compile(`define i32 @f() {\n  ret i32 ${value}\n}`, { name: "constant" });
const answer = parseSignature("int32()");
const errors = [
  "define i32 @f( {",
  "declare void @no_such_fn()\ndefine void @f() {\n  call void @no_such_fn()\n  ret void\n}",
  'define void @f() {\n  call void asm "bogus", ""()\n  ret void\n}',
].map((text) => {
  try {
    jit.compile(text, { name: "bad" }).address("f");
  } catch (error) {
    return error instanceof CFuncError ? error.code : String(error);
  }
  return "none";
});
const compare = "int32(voidptr, voidptr)";
const { qsort } = load(null, { qsort: `void(voidptr, size_t, size_t, CFunction(${compare}))` });
const at = (p: { address: bigint }) => new Float64Array(memory.view(p.address, 8))[0] ?? 0;
const data = Float64Array.of(3, 1, 2);
using order = closure(compare, (a, b) => Math.sign(at(a) - at(b)));
qsort(data, 3, 8, order as never);
let rounds = 0;
for (let i = 0; i < 300; i++) {
  const code = constant(i);
  if (makeCallable(code.address("f"), answer)() === i) rounds += 1;
  code.dispose();
}
console.log(
  JSON.stringify({
    version: jit.version,
    exp: makeCallable(exp.address("f"), parseSignature("float64(float64)"))(2),
    sum: makeCallableFromThunk(add.address("add.thunk"), addition)(2, 3),
    sameName: [constant(1), constant(2)].map((code) => makeCallable(code.address("f"), answer)()),
    vectorised: /fmul <\d+ x double>/.test(jit.optimizedText(doublingLoop())),
    assembly: jit.assembly(doublingLoop()).includes("twice:"),
    sorted: [...data],
    errors,
    rounds,
  }),
);
