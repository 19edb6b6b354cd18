// A process of its own for one batch: reads the batch as JSON from standard input, writes the outcome as JSON to the file
// of the second argument. Before each exchange its number goes to the file of the first, which says where the process
// died if it did. Prints nothing.
import { openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { type Batch, exchangeAll } from "./in-process.ts";

const [progressFile = "", outcomeFile = ""] = process.argv.slice(2);
const progress = openSync(progressFile, "w");
const word = new Uint8Array(4);
const view = new DataView(word.buffer);
const outcome = await exchangeAll(JSON.parse(readFileSync(0, "utf8")) as Batch, (exchange) => {
  view.setUint32(0, exchange, true);
  writeSync(progress, word, 0, 4, 0);
});
writeFileSync(outcomeFile, JSON.stringify(outcome));
