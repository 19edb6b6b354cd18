// A first callback: a TypeScript function becomes a C function pointer, and native code calls it.
import { CFuncError, cfunc, load } from "@cfunc/core";
import { bridge } from "@cfunc/rust-bridge";

// 1. Compile. The signature is C's; the parameters of the arrow function get their types from it.
const scale = 3;
const scaled = cfunc("float64(int32)", (i) => scale * i + 0.5);

// 2. From TypeScript it is a function like any other, but what runs is native code.
console.log("scaled(7) =", scaled(7));

// 3. To C it is a pointer. Rust calls it here, from two threads at once; neither enters a JavaScript engine.
console.log("sums of two threads:", bridge.callOnThreads(scaled, { threads: 2, calls: 4 }).join(" and "));

// 4. libc's qsort takes a comparison function. So does ours compile to one.
const libc = load("libc.so.6", {
  qsort: "void(voidptr, size_t, size_t, CFunction(intc(CPointer(int32), CPointer(int32))))",
});
const descending = cfunc("intc(CPointer(int32), CPointer(int32))", (a, b) => (a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : 0));
const numbers = Int32Array.of(3, -1, 41, 7, 0);
libc.qsort(numbers, numbers.length, numbers.BYTES_PER_ELEMENT, descending);
console.log("sorted by qsort:", numbers.join(" "));

// 5. What was captured is frozen when the function is compiled: `scale` is the constant 3 in the machine code.
console.log("the loop body in the intermediate representation:");
console.log(scaled.inspectIR().trimEnd());

// 6. What cannot run without a JavaScript engine does not compile, and the error says where and why.
const names = new Map([[1, "one"]]);
try {
  const wrong = cfunc("int32(int32)", (i) => (names.has(i) ? 1 : 0));
  wrong(1);
} catch (error) {
  if (!(error instanceof CFuncError)) throw error;
  console.log(error.message);
}

// 7. A disposed function is gone: calling it is an error, not a crash.
scaled.dispose();
try {
  scaled(7);
} catch (error) {
  if (!(error instanceof CFuncError)) throw error;
  console.log(error.message);
}
