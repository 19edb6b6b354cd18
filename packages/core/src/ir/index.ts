// @cfunc/core/ir: the public face of the intermediate representation.

export { FunctionBuilder, type FunctionHeader, floatConstant, intConstant, nullPointer, symbol } from "./builder.ts";
export * from "./ir.ts";
export { printFunction, printModule } from "./print.ts";
