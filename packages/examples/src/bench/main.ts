// The benchmark's entry: `npm run bench`, `npm run bench kernels [name ...]`, `npm run bench compile`.
const [which = "calls", ...rest] = process.argv.slice(2);

switch (which) {
  case "calls":
    await import("./calls.ts");
    break;
  case "kernels":
    (await import("./kernels/run.ts")).runKernels(rest);
    break;
  case "compile":
    (await import("./compile-time.ts")).runCompileTime();
    break;
  default:
    console.error(`no benchmark \`${which}\`: there are calls, kernels and compile`);
    process.exitCode = 1;
}
