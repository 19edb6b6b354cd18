// Syntax that does not compile: one line a construct, with what to write instead.
import type { Node } from "acorn";
import type { Code } from "../diagnostics/codes.ts";
import type { SourceText } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";

/** Node type -> [what it is, what to do]. A type that is missing here is reported under its own name. */
const constructs: Readonly<Record<string, readonly [string, string]>> = {
  AwaitExpression: ["`await`", "native code cannot wait for a promise; do the asynchronous work before the call"],
  YieldExpression: ["`yield`", "generators cannot compile; fill an array instead"],
  ThisExpression: ["`this`", "a C callback has no receiver; pass what you need as a parameter"],
  Super: ["`super`", "classes do not compile; call a plain function"],
  ClassExpression: ["a class", "use plain functions over pointers and numbers"],
  ClassDeclaration: ["a class", "use plain functions over pointers and numbers"],
  NewExpression: ["`new`", "compiled code allocates nothing; pass memory in as a pointer"],
  ObjectPattern: ["object destructuring here", "destructure in a declaration or a statement of its own"],
  ArrayPattern: ["array destructuring here", "destructure in a declaration or a statement of its own"],
  AssignmentPattern: ["a default value", "C calls always pass every parameter; drop the default"],
  RestElement: ["a rest parameter", "C functions have a fixed number of parameters"],
  SpreadElement: ["spread", "write the elements out"],
  TemplateLiteral: ["a template string", "strings cannot be built in native code"],
  TaggedTemplateExpression: ["a tagged template", "strings cannot be built in native code"],
  TryStatement: ["`try`", "a failure leaves a compiled function at once; check for it before it happens"],
  ForInStatement: ["`for..in`", "count with `for (let i = 0; i < n; i++)`"],
  WithStatement: ["`with`", "name the object"],
  DebuggerStatement: ["`debugger`", "remove it, or debug the original function with `f.wrapped`"],
  FunctionDeclaration: ["an inner function", "move it out of the callback; captured functions compile"],
  FunctionExpression: ["an inner function", "move it out of the callback; captured functions compile"],
  ArrowFunctionExpression: ["an inner function", "move it out of the callback; captured functions compile"],
  ImportExpression: ["`import()`", "import at the top of the module"],
  MetaProperty: ["a meta property", "read it outside and capture the value"],
  ChainExpression: ["optional chaining", "compare with null first"],
};

export function fail(
  source: SourceText,
  code: Code,
  node: Pick<Node, "start" | "end">,
  message: string,
  help?: string,
): never {
  const primary = { source, span: { start: node.start, end: node.end } };
  throw new CFuncError([{ code, severity: "error", message, primary, ...(help === undefined ? {} : { help }) }]);
}

/** Refuses a construct by its ESTree type. */
export function reject(source: SourceText, node: Node): never {
  const known = constructs[node.type];
  const what = known?.[0] ?? `the construct ${node.type}`;
  return fail(source, "CF1302", node, `${what} does not compile to native code`, known?.[1]);
}
