import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readFunctionText } from "../../src/source/function-text.ts";
import { arrow, declared, wrapped } from "./fixtures/positions.ts";
import { markersOf } from "./markers.ts";

const file = new URL("./fixtures/positions.ts", import.meta.url);
const markers = markersOf(fileURLToPath(file));

// A function, a piece of its text (the first occurrence of the pattern's group), and the marker at its place.
it.each([
  [arrow, /\((x)\)/, "param"],
  [arrow, /2 \* (x)/, "use"],
  [arrow, /twice (\*)/, "scale"],
  [arrow, /(exp)\(/, "exp"],
  [arrow, /(undeclaredName)/, "last"],
  [wrapped.method, /a, (b)/, "b"],
  [wrapped.method, /\+ (b)/, "b2"],
  [declared, /(value) of/, "loop"],
  [declared, /\+= (value)/, "value"],
])("finds the original place under this runner: %s %s", (fn, pattern, name) => {
  const { text, source } = readFunctionText(fn);
  const match = new RegExp(pattern, "d").exec(text);
  const offset = match?.indices?.[1]?.[0];
  if (offset === undefined) throw new Error(`${pattern} is not in ${text}`);
  expect(source.locate(offset)).toEqual({ file: "tests/source/fixtures/positions.ts", ...markers.get(name) });
});
