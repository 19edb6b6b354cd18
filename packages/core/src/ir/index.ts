// @cfunc/core/ir: the public face of the intermediate representation.

export { FunctionBuilder, type FunctionHeader, floatConstant, intConstant, nullPointer, symbol } from "./builder.ts";
export * from "./ir.ts";
export { type ParseOptions, parseModule } from "./parse.ts";
export { printFunction, printModule } from "./print.ts";
