// The process's own V8 inspector, spoken to synchronously: one session for the life of the process (or worker), with
// no domain enabled, so that nothing slows down and an attached debugger sees nothing. Only asks questions.
import type inspector from "node:inspector";

type Session = inspector.Session;

/** The requests that are made, each with what it takes and what it answers. */
interface Requests {
  "Runtime.evaluate": [inspector.Runtime.EvaluateParameterType, inspector.Runtime.EvaluateReturnType];
  "Runtime.getProperties": [inspector.Runtime.GetPropertiesParameterType, inspector.Runtime.GetPropertiesReturnType];
  "Runtime.callFunctionOn": [inspector.Runtime.CallFunctionOnParameterType, inspector.Runtime.CallFunctionOnReturnType];
  "Runtime.releaseObjectGroup": [inspector.Runtime.ReleaseObjectGroupParameterType, object];
  "Debugger.enable": [object, inspector.Debugger.EnableReturnType];
  "Debugger.disable": [object, object];
  "Debugger.getScriptSource": [
    inspector.Debugger.GetScriptSourceParameterType,
    inspector.Debugger.GetScriptSourceReturnType,
  ];
}

/** The objects of one question are remembered by V8 under this name, and dropped by it. */
const objectGroup = "cfunc";
/** Where a question finds its JavaScript values: a property of the one `node:inspector` that all realms share. */
const slot = Symbol.for("cfunc.question");

/** Thrown where there is no inspector to ask: no permission, or a Node built without it. */
export class InspectorUnavailable extends Error {
  override readonly name = "InspectorUnavailable";
}

/** A place that V8 reports: 0-based line and UTF-16 column within the script. */
export interface ScriptLocation {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

let shared: Session | undefined;

function builtin(): typeof inspector {
  try {
    return process.getBuiltinModule("node:inspector");
  } catch (error) {
    throw new InspectorUnavailable(reason(error));
  }
}

/** A session of its own, for who enables a domain; disconnect it afterwards. */
export function openSession(): Session {
  const session = new (builtin().Session)();
  try {
    session.connect();
  } catch (error) {
    throw new InspectorUnavailable(reason(error));
  }
  return session;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One request with its answer, which V8 gives before `post` returns. */
export function ask<M extends keyof Requests>(session: Session, method: M, params: Requests[M][0]): Requests[M][1] {
  let failure: unknown = "no answer";
  let answer: object = {};
  session.post(method as string, params, (error, result) => {
    failure = error;
    answer = result ?? {};
  });
  if (failure !== null) throw new Error(`${method}: ${JSON.stringify(failure)}`);
  return answer as Requests[M][1];
}

/** What V8 knows of a function beyond the language: handles of its scopes, and where its parameters start. */
export interface FunctionInternals {
  readonly scopes: string | undefined;
  readonly location: ScriptLocation | undefined;
}

/**
 * Looks a function up and hands its internals to `use`; every handle is dropped afterwards.
 * @throws InspectorUnavailable
 */
export function withInternals<T>(fn: object, use: (session: Session, internals: FunctionInternals) => T): T {
  shared ??= openSession();
  const session = shared;
  const params = { expression: readSlot, objectGroup, silent: true };
  const { result, exceptionDetails } = atSlot(fn, () => ask(session, "Runtime.evaluate", params));
  if (result.objectId === undefined) throw new Error(`no handle: ${exceptionDetails?.text ?? result.type}`);
  try {
    const { objectId } = result;
    return use(session, internalsOf(ask(session, "Runtime.getProperties", { objectId, ownProperties: true })));
  } finally {
    ask(session, "Runtime.releaseObjectGroup", { objectGroup });
  }
}

/**
 * Runs a function in the inspector's realm with `this` bound to a handle and one argument, a live value by identity.
 * The function is text from the start: a compiler or a coverage tool would have put its own names into it.
 */
export function callOn(session: Session, objectId: string, functionText: string, argument: unknown): void {
  const functionDeclaration = `function () { (${functionText}).call(this, ${readSlot}); }`;
  const params = { objectId, functionDeclaration, silent: true, returnByValue: true };
  const { exceptionDetails } = atSlot(argument, () => ask(session, "Runtime.callFunctionOn", params));
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
}

const readSlot = `process.getBuiltinModule("node:inspector")[Symbol.for("${slot.description}")]`;

function atSlot<T>(value: unknown, run: () => T): T {
  const host = builtin();
  Reflect.set(host, slot, value);
  try {
    return run();
  } finally {
    Reflect.deleteProperty(host, slot);
  }
}

function internalsOf(answer: inspector.Runtime.GetPropertiesReturnType): FunctionInternals {
  const find = (name: string) => answer.internalProperties?.find((property) => property.name === name)?.value;
  const place: inspector.Debugger.Location | undefined = find("[[FunctionLocation]]")?.value;
  return {
    scopes: find("[[Scopes]]")?.objectId,
    location: place && { scriptId: place.scriptId, line: place.lineNumber, column: place.columnNumber ?? 0 },
  };
}
