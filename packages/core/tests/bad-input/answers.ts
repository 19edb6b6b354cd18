// What each mistake of cases.ts must be answered with.
interface Answer {
  readonly code: string;
  /** Parts of the text. */
  readonly says: readonly string[];
}
const answer = (code: string, ...says: string[]): Answer => ({ code, says });

export const cases: Readonly<Record<string, Answer>> = {
  tryStatement: answer("CF1302", "`try`"),
  newExpression: answer("CF1302", "`new`"),
  objectLiteral: answer("CF1303", "never changes"),
  template: answer("CF1302", "template string"),
  regex: answer("CF1302", "regular expression"),
  spread: answer("CF1302", "rest parameter"),
  defaultValue: answer("CF1302", "default value"),
  typeofOperator: answer("CF1302", "`typeof`"),
  thisExpression: answer("CF1302", "`this`"),
  argumentsObject: answer("CF1302", "`arguments`"),
  unknownTypeName: answer("CF1102", "flaot64", "float64"),
  unknownStructName: answer("CF1102", "Point"),
  capturedString: answer("CF2004", "`title`", "string"),
  capturedMap: answer("CF2004", "`settings`", "Map"),
  capturedStringMember: answer("CF2004", "string"),
  capturedUndefined: answer("CF2002", "`later`"),
  misspelled: answer("CF2001", "`sun`"),
  tooManyParameters: answer("CF2005", "2 parameters"),
  tooFewArguments: answer("CF2006", "`plain`", "2 arguments"),
  argumentsOfCompiled: answer("CF2006", "1 argument"),
  noReturn: answer("CF2010"),
  mixed: answer("CF2003"),
  pointerArithmetic: answer("CF2011", "a pointer"),
  returnsBigint: answer("CF2017", "bigint"),
  unassigned: answer("CF2009", "`y`"),
  frozen: answer("CF1303", "`later`"),
  callsMethod: answer("CF2008", "toFixed"),
  random: answer("CF2008", "random", "seed"),
  divides: answer("CF2013"),
  viewOfNumber: answer("CF2014", "pointer"),
  native: answer("CF1201", "`sin`"),
  bound: answer("CF1201"),
  notAFunction: answer("CF1202", "a number"),
  aClass: answer("CF1203"),
  asyncFunction: answer("CF1204"),
  generator: answer("CF1205"),
  loweredToES5: answer("CF1207", "`__read`"),
  calledWithTooFew: answer("CF5010"),
  calledWithAString: answer("CF5011"),
  outOfRange: answer("CF5012"),
  disposed: answer("CF5003"),
};
