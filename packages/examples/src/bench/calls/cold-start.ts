// A process of its own: prints the milliseconds from before the import to the first pointer.
const start = performance.now();
const { cfunc } = await import("@cfunc/core");
const imported = performance.now();
const f = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t));
const address = f.address;
const end = performance.now();
if (address === 0n) throw new Error("no address");
console.log(JSON.stringify({ total: end - start, import: imported - start }));
