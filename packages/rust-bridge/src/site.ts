// Where in the caller's program something was made, for the messages about what was never released. Costs a few
// microseconds; short-lived strings do without.
import { fileURLToPath } from "node:url";

const here = new URL(".", import.meta.url);
const own = [here.href, fileURLToPath(here)];

/** `the scene made at main.ts:12:5`. */
export function madeHere(what: string): string {
  const frames = (new Error().stack ?? "").split("\n").slice(1);
  const frame = frames.find((line) => !own.some((folder) => line.includes(folder)));
  const place = frame?.match(/\(?((?:file:|\/)[^()]+:\d+:\d+)\)?$/)?.[1];
  return place === undefined ? `the ${what}` : `the ${what} made at ${place.replace(/^file:\/\//, "")}`;
}
