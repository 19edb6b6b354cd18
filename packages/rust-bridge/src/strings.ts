// Strings in and out, and the release of strings that came out.
import type { Owned } from "@cfunc/core/ownership";
import { checkText } from "./arguments.ts";
import { library } from "./library.ts";
import { type OwnedText, ownText } from "./owned-text.ts";
import { checked } from "./status.ts";

/** Prints one line on file descriptor 1, past the buffers of `process.stdout`. */
export function printString(text: string): void {
  checkText("print_string", "text", text);
  checked((status) => library().bridge_print_string(text, status));
}

/** How many characters a reader sees: extended grapheme clusters. */
export function stringLength(text: string): number {
  checkText("string_length", "text", text);
  return Number(checked((status) => library().bridge_string_length(text, status)));
}

/** The text backwards; what a reader sees as one character stays whole. */
export function stringReverse(text: string): Owned<OwnedText> {
  const site = "string_reverse";
  checkText(site, "text", text);
  const pointer = checked((status) => library().bridge_string_reverse(text, status));
  return ownText(site, pointer, (answer) => answer);
}

/** Both texts, one after the other. */
export function stringConcat(first: string, second: string): Owned<OwnedText> {
  const site = "string_concat";
  checkText(site, "first", first);
  checkText(site, "second", second);
  const pointer = checked((status) => library().bridge_string_concat(first, second, status));
  return ownText(site, pointer, (answer) => answer);
}
