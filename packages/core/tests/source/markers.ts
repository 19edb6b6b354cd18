// Original positions by hand: a marker is a comment /*<name*/ in a source file, and stands for the token after it.
import { readFileSync } from "node:fs";

export interface Marker {
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
}

/** The 1-based places of the tokens that follow the markers of a file. */
export function markersOf(file: URL | string): Map<string, Marker> {
  const markers = new Map<string, Marker>();
  for (const [i, lineText] of readFileSync(file, "utf8").split("\n").entries()) {
    for (const { 0: all, 1: name = "", index } of lineText.matchAll(/\/\*<(\w+)\*\/ ?/g)) {
      markers.set(name, { line: i + 1, column: index + all.length + 1, lineText });
    }
  }
  return markers;
}
