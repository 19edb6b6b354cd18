// @cfunc/core/ir: the public face of the intermediate representation.
export * from "./ir.ts";
export { FunctionBuilder, type FunctionHeader, floatConstant, intConstant, nullPointer, symbol } from "./builder.ts";
export { printFunction, printModule } from "./print.ts";
