// The subset tree: what a function looks like after parsing, with every name resolved to a variable of the function
// or left free. Only constructs that can compile have a node, so later stages switch exhaustively. Pure.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";

/** A variable of the function: a parameter or a declaration. Two declarations of one name are two variables. */
export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly kind: "param" | "const" | "let" | "var";
  readonly span: Span;
  /** Declared among the cases of a `switch`, which can jump over the declaration. */
  readonly skippable?: boolean;
}

export type UnaryOp = "-" | "+" | "!" | "~";
export type ArithmeticOp = "+" | "-" | "*" | "/" | "%" | "**";
export type BitwiseOp = "&" | "|" | "^" | "<<" | ">>" | ">>>";
export type CompareOp = "<" | "<=" | ">" | ">=" | "==" | "!=" | "===" | "!==";
export type BinaryOp = ArithmeticOp | BitwiseOp | CompareOp;
export type LogicalOp = "&&" | "||" | "??";

export interface NumberExpr {
  readonly kind: "number";
  readonly span: Span;
  readonly value: number;
}
export interface BooleanExpr {
  readonly kind: "boolean";
  readonly span: Span;
  readonly value: boolean;
}
export interface BigintExpr {
  readonly kind: "bigint";
  readonly span: Span;
  readonly value: bigint;
}
export interface NullExpr {
  readonly kind: "null";
  readonly span: Span;
}
export interface LocalExpr {
  readonly kind: "local";
  readonly span: Span;
  readonly variable: Variable;
  /** It stands before the declaration, so that assigning it is an error. */
  readonly early?: true;
}
/** A name that no declaration of the function binds: a captured value, a global, or the function's own name. */
export interface FreeExpr {
  readonly kind: "free";
  readonly span: Span;
  readonly name: string;
}
export interface MemberExpr {
  readonly kind: "member";
  readonly span: Span;
  readonly object: Expr;
  readonly name: string;
}
export interface IndexExpr {
  readonly kind: "index";
  readonly span: Span;
  readonly object: Expr;
  readonly index: Expr;
}
export interface UnaryExpr {
  readonly kind: "unary";
  readonly span: Span;
  readonly op: UnaryOp;
  readonly operand: Expr;
}
export interface BinaryExpr {
  readonly kind: "binary";
  readonly span: Span;
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}
export interface LogicalExpr {
  readonly kind: "logical";
  readonly span: Span;
  readonly op: LogicalOp;
  readonly left: Expr;
  readonly right: Expr;
}
export interface ConditionalExpr {
  readonly kind: "conditional";
  readonly span: Span;
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}
export type Target = LocalExpr | IndexExpr | MemberExpr;
/**
 * `target = value`. A compound assignment `a[i] += v` or `a[i] ||= v` carries its operation in `value`, a binary or
 * logical node whose left operand is the target itself (`compound`), so that the operation is described once.
 */
export interface AssignExpr {
  readonly kind: "assign";
  readonly span: Span;
  readonly target: Target;
  readonly value: Expr;
  readonly compound: boolean;
}
/** `x++` (value before) or `++x` (value after); `value` is the binary node `target + 1` or `target - 1`. */
export interface UpdateExpr {
  readonly kind: "update";
  readonly span: Span;
  readonly target: Target;
  readonly value: BinaryExpr;
  readonly prefix: boolean;
}
export interface CallExpr {
  readonly kind: "call";
  readonly span: Span;
  readonly callee: Expr;
  readonly args: readonly Expr[];
}
/** An array literal; only as a shape, `carray(p, [m, n])`. */
export interface ArrayExpr {
  readonly kind: "array";
  readonly span: Span;
  readonly elements: readonly Expr[];
}
/** A string literal; only as the name of an element type, `carray(p, n, "float64")`. */
export interface StringExpr {
  readonly kind: "string";
  readonly span: Span;
  readonly value: string;
}
/** `{ re: x, im: y }`: a record, an object that never changes. */
export interface ObjectExpr {
  readonly kind: "object";
  readonly span: Span;
  /** In the order they are written, each name once. */
  readonly properties: readonly { readonly name: string; readonly value: Expr }[];
}
export interface SequenceExpr {
  readonly kind: "sequence";
  readonly span: Span;
  readonly exprs: readonly Expr[];
}
/**
 * A call of an inner function, with the function's body in place of the call: an inner function exists only where it is
 * called, which is what lets it read and write the variables around it.
 */
export interface InlineExpr {
  readonly kind: "inline";
  readonly span: Span;
  readonly name: string;
  /** The parameters, declared with the arguments. */
  readonly params: readonly Stmt[];
  readonly body: readonly Stmt[];
}
/**
 * An inner function that is compiled on its own, as what is called: the function, and the variables around it that it
 * uses, as the caller names them; in the order of the function's captures.
 */
export interface InnerExpr {
  readonly kind: "inner";
  readonly span: Span;
  readonly fn: FunctionTree;
  readonly captured: readonly LocalExpr[];
}
export type Expr =
  | NumberExpr
  | BooleanExpr
  | BigintExpr
  | NullExpr
  | LocalExpr
  | FreeExpr
  | MemberExpr
  | IndexExpr
  | UnaryExpr
  | BinaryExpr
  | LogicalExpr
  | ConditionalExpr
  | AssignExpr
  | UpdateExpr
  | CallExpr
  | ArrayExpr
  | StringExpr
  | ObjectExpr
  | SequenceExpr
  | InlineExpr
  | InnerExpr;

export interface ExprStmt {
  readonly kind: "expr";
  readonly span: Span;
  readonly expr: Expr;
}
export interface DeclareStmt {
  readonly kind: "declare";
  readonly span: Span;
  readonly variable: Variable;
  readonly init: Expr | undefined;
  /** The value is what a `for..of` goes over. */
  readonly iterates?: true;
}
export interface IfStmt {
  readonly kind: "if";
  readonly span: Span;
  readonly test: Expr;
  readonly then: Stmt;
  readonly otherwise: Stmt | undefined;
}
/** `for`, `while` and `do` in one node: `testFirst` is false for `do`, whose body runs once before the test. */
export interface LoopStmt {
  readonly kind: "loop";
  readonly span: Span;
  readonly labels: readonly string[];
  readonly init: readonly Stmt[];
  readonly test: Expr | undefined;
  readonly update: Expr | undefined;
  readonly body: Stmt;
  readonly testFirst: boolean;
}
/** One `case`, or `default` where there is no test. A body without a jump falls into the next one. */
export interface SwitchCase {
  /** `value === test`, where the value is the hidden variable that holds the discriminant. */
  readonly test: BinaryExpr | undefined;
  readonly body: readonly Stmt[];
}
export interface SwitchStmt {
  readonly kind: "switch";
  readonly span: Span;
  readonly labels: readonly string[];
  readonly cases: readonly SwitchCase[];
}
export interface ReturnStmt {
  readonly kind: "return";
  readonly span: Span;
  readonly value: Expr | undefined;
}
/** `throw new Error("...")`: the only error native code can make is one whose text is known. */
export interface ThrowStmt {
  readonly kind: "throw";
  readonly span: Span;
  /** The class of the error: `Error`, `RangeError`, ... */
  readonly errorName: string;
  readonly message: string;
}
export interface JumpStmt {
  readonly kind: "break" | "continue";
  readonly span: Span;
  /** The loop, or for `break` also the `switch` or block, that is left or continued; undefined for the innermost. */
  readonly label: string | undefined;
}
export interface BlockStmt {
  readonly kind: "block";
  readonly span: Span;
  /** Of anything but a loop or a `switch`, which carry theirs: `break label` leaves it. */
  readonly label?: string;
  readonly body: readonly Stmt[];
}
export type Stmt =
  | ExprStmt
  | DeclareStmt
  | IfStmt
  | LoopStmt
  | SwitchStmt
  | ReturnStmt
  | ThrowStmt
  | JumpStmt
  | BlockStmt;

/** A variable that stands for one of the functions around an inner function. */
export interface Capture {
  readonly variable: Variable;
  /** The function may assign it: the variable that it stands for then has another value after a call. */
  readonly written: boolean;
}

export interface FunctionTree {
  readonly source: SourceText;
  readonly span: Span;
  /** The function's own name, by which its body can call it. */
  readonly name: string | undefined;
  readonly params: readonly Variable[];
  readonly body: readonly Stmt[];
  /** What an inner function is given besides its arguments. */
  readonly captures: readonly Capture[];
  /** Every variable, parameters first; `variables[v.id] === v`. */
  readonly variables: readonly Variable[];
  /** Names to capture, in order of first use. */
  readonly freeNames: readonly string[];
}
