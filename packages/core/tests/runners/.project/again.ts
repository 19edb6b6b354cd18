// Exports a namespace as a value, of which bundlers make an object.
export * as library from "./library.ts";
