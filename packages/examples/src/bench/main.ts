// The benchmark's entry: `npm run bench`, `npm run bench kernels [name ...]`, `npm run bench compile`, each
// with `-- --docs` to write docs/performance.md.
const options = process.argv.slice(2);
const [which = "calls", ...rest] = options.filter((option) => option !== "--docs");
/** Also write the tables to docs/performance.md. */
const docs = options.includes("--docs");

switch (which) {
  case "calls":
    (await import("./calls/run.ts")).runCalls(docs);
    break;
  case "kernels":
    (await import("./kernels/run.ts")).runKernels(rest, docs);
    break;
  case "compile":
    (await import("./compile-time.ts")).runCompileTime(docs);
    break;
  default:
    console.error(`no benchmark \`${which}\`: there are calls, kernels and compile`);
    process.exitCode = 1;
}
