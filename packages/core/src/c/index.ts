// Reading C declarations: the one module that knows C's syntax. Exports, nothing else.
export { type Declaration, DeclarationParser, type Qualified } from "./declarations.ts";
export {
  type ConstantDeclaration,
  type ConstantValue,
  type FunctionDeclaration,
  Header,
  type HeaderDeclaration,
  type HeaderOptions,
  parseHeader,
  type TypeDeclaration,
  type UnavailableDeclaration,
  type VariableDeclaration,
} from "./header.ts";
export { type Prototype, parsePrototype } from "./prototype.ts";
export { builtinScope, type TagKind, type TypeScope } from "./scope.ts";
