// Reading C declarations: the one module that knows C's syntax. Exports, nothing else.
export { type Declaration, DeclarationParser, type Qualified } from "./declarations.ts";
export { type Prototype, parsePrototype } from "./prototype.ts";
export { builtinScope, type TagKind, type TypeScope } from "./scope.ts";
