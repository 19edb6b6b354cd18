// The live values of the variables that a function captured: `externals`, then what a build plugin kept, then the
// function's scopes, then its globals. Reads values and freezes nothing; what they mean is for classify.ts.
import { CFuncError } from "../diagnostics/error.ts";
import type { Captured } from "./captured-value.ts";
import { type ClassifyOptions, classify } from "./classify.ts";
import { callOn, InspectorUnavailable, withInternals } from "./inspector.ts";
import { metadataOf } from "./metadata.ts";

/** What a free name is bound to. `value` is the live value, by identity. */
export type Binding =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "missing" }
  /** Declared, not yet assigned. On Node 20 such a variable reads as the value `undefined`. */
  | { readonly kind: "uninitialised" };

export interface CaptureOptions {
  /** Values by name, which come before whatever the function's scopes hold. */
  readonly externals?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The bindings of `names` as `fn` sees them.
 * @throws CFuncError CF1208 where the process has no inspector to ask and `externals` leaves a name open
 */
export function capture(fn: object, names: readonly string[], options: CaptureOptions = {}): Map<string, Binding> {
  const { externals = {} } = options;
  const scope = metadataOf(fn)?.scope ?? {};
  const found = new Map<string, Binding>();
  const open: string[] = [];
  for (const name of new Set(names)) {
    if (Object.hasOwn(externals, name)) found.set(name, { kind: "value", value: externals[name] });
    else if (Object.hasOwn(scope, name)) found.set(name, kept(scope[name]));
    else open.push(name);
  }
  if (open.length === 0) return found;
  const inScopes = readScopes(fn, open);
  for (const name of open) found.set(name, inScopes.get(name) ?? { kind: "missing" });
  return found;
}

/** What a variable holds now, through the function that the build plugin made for it. */
function kept(read: (() => unknown) | undefined): Binding {
  try {
    return { kind: "value", value: read?.() };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return { kind: /is not defined$/.test(message) ? "missing" : "uninitialised" };
  }
}

/** `capture`, with every value classified. */
export function captureValues(
  fn: object,
  names: readonly string[],
  options: CaptureOptions & ClassifyOptions = {},
): Map<string, Captured> {
  const captured = new Map<string, Captured>();
  for (const [name, binding] of capture(fn, names, options)) {
    captured.set(name, binding.kind === "value" ? classify(binding.value, options) : binding);
  }
  return captured;
}

/** What goes to the inspector's realm and comes back filled. */
interface Search {
  readonly names: readonly string[];
  readonly found: Map<string, Binding>;
}

function readScopes(fn: object, names: readonly string[]): Map<string, Binding> {
  const search: Search = { names, found: new Map() };
  try {
    withInternals(fn, (session, { scopes }) => {
      if (scopes !== undefined) callOn(session, scopes, walkScopes, search);
    });
    return search.found;
  } catch (error) {
    if (!(error instanceof InspectorUnavailable)) throw error;
    return standardGlobals(names, error);
  }
}

/**
 * Runs with `this` = the list of scopes, innermost first, the global object last. A scope object has a data property
 * for each variable; one that is not initialised has an accessor that throws, or cannot be described at all. Globals
 * are read, since some are accessors (`performance`).
 */
const walkScopes = `function ({ names, found }) {
  for (const name of names) {
    for (let i = 0; i < this.length && !found.has(name); i++) {
      const { object, description } = this[i];
      try {
        if (description === "Global") {
          if (name in object) found.set(name, { kind: "value", value: object[name] });
          continue;
        }
        const descriptor = Object.getOwnPropertyDescriptor(object, name);
        if (descriptor === undefined) continue;
        if ("value" in descriptor) found.set(name, { kind: "value", value: descriptor.value });
        else found.set(name, { kind: "uninitialised" });
      } catch {
        found.set(name, { kind: "uninitialised" });
      }
    }
  }
}`;

/** The globals that a function may be trusted to mean even where its scopes cannot be read. */
const languageGlobals: ReadonlySet<string> = new Set(
  "Array BigInt Boolean Error Infinity Math NaN Number RangeError TypeError console globalThis isFinite isNaN undefined".split(
    " ",
  ),
);

function standardGlobals(names: readonly string[], unavailable: InspectorUnavailable): Map<string, Binding> {
  const unknown = names.filter((name) => !languageGlobals.has(name));
  if (unknown.length > 0) throw noInspector(unknown, unavailable);
  return new Map(names.map((name) => [name, { kind: "value", value: Reflect.get(globalThis, name) }]));
}

function noInspector(names: readonly string[], { message }: InspectorUnavailable): CFuncError {
  const list = names.map((name) => `\`${name}\``).join(", ");
  return new CFuncError([
    {
      code: "CF1208",
      severity: "error",
      message: `cannot read the captured ${names.length === 1 ? "variable" : "variables"} ${list}: this process has no inspector (${message})`,
      help: `name them: cfunc(signature, fn, { externals: { ${names.join(", ")} } })`,
    },
  ]);
}
