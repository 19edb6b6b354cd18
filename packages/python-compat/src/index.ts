// @cfunc/python-compat: Python's way to native code, for TypeScript. Exports, nothing else.
export * from "./ctypes/index.ts";
