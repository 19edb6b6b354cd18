// Strings that Rust allocated and TypeScript owns.
import { memory } from "@cfunc/core/native";
import { Owned } from "@cfunc/core/ownership";
import { type NativePointer, notNull } from "./native-pointer.ts";
import { freeMem } from "./release.ts";

/** A string in Rust's memory, and its copy. */
export interface OwnedText {
  /** Where Rust keeps it, until the release. */
  readonly address: bigint;
  readonly text: string;
}

/** Takes over a string that `site` returned. `parse` makes of it what the owner sees; if it throws, nothing leaks. */
export function ownText<T>(site: string, pointer: NativePointer | null, parse: (text: OwnedText) => T): Owned<T> {
  const { address } = notNull(site, pointer);
  try {
    const value = parse({ address, text: memory.readText(address) ?? "" });
    return new Owned(value, { what: `the answer of ${site}`, release: () => freeMem({ address }) });
  } catch (error) {
    freeMem({ address });
    throw error;
  }
}
