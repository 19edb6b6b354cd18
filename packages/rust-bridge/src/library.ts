// Opens the library, once, at the first call.
import { fileURLToPath } from "node:url";
import { load } from "@cfunc/core";
import { declarations, types } from "./generated/declarations.ts";

/** Where the shared library is, for whoever opens it by other means. */
export const libraryPath = fileURLToPath(new URL("../native/libcfunc_bridge.so", import.meta.url));

const open = () => load(libraryPath, declarations, { types });
let opened: ReturnType<typeof open> | undefined;

/** The library's functions. Throws CF5001 where it has not been built. */
export function library(): ReturnType<typeof open> {
  opened ??= open();
  return opened;
}
