// @cfunc/core/frontend: the stages that need no native code, for tools and browsers. Imports no Node module.
export { check } from "./check/check.ts";
export { describe as describeFact, type Fact } from "./check/fact.ts";
export type { CheckedFunction, CheckedProgram, Linker, Unit } from "./check/program.ts";
export { codes } from "./diagnostics/codes.ts";
export type { Diagnostic, Label, Position, SourceText, Span } from "./diagnostics/diagnostic.ts";
export { CFuncError } from "./diagnostics/error.ts";
export { renderDiagnostics } from "./diagnostics/render.ts";
export { sourceText } from "./diagnostics/source-text.ts";
export { emit, type Target } from "./emit/emit.ts";
export * from "./ir/index.ts";
export { lower } from "./lower/lower.ts";
export { parse } from "./parse/parse.ts";
export type { FunctionTree } from "./parse/tree.ts";
export { parseSignature, printSignature } from "./types/index.ts";
export { verify } from "./verify/verify.ts";
