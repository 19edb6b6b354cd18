// `npm run fuzz`: see arguments.ts for its options and docs/fuzzing.md for what it does.
import { readArguments } from "./arguments.ts";
import { campaign } from "./campaign.ts";
import { Console } from "./console.ts";
import { mutants } from "./mutants.ts";
import { bundleWorker } from "./worker-bundle.ts";

const options = readArguments(process.argv.slice(2), Date.now() % 2 ** 31);
if ("text" in options) {
  (options.exitCode === 0 ? process.stdout : process.stderr).write(options.text);
  process.exitCode = options.exitCode;
} else {
  const worker = await bundleWorker(mutants.find(({ name }) => name === options.mutant));
  try {
    process.on("SIGINT", () => {
      worker.remove();
      process.exit(130);
    });
    const plan = { ...options, firstSeed: options.seed, shrinking: 60 };
    const planted = options.mutant === undefined ? "" : `, with the mutant ${options.mutant}`;
    process.stdout.write(`seed ${options.seed}${planted}\n`);
    const shown = new Console();
    const statistics = await campaign(worker.path, plan, shown);
    shown.summary(statistics);
    process.exitCode = statistics.findings.length === 0 ? 0 : 1;
  } finally {
    worker.remove();
  }
}
