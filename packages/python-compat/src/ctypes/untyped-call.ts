// Calls without `argtypes`, and with argument types that only a class of the user's knows: each value decides what it is
// passed as. Integers become C ints, bytes and text pointers, ctypes objects what they are.
import { type CType, typeNames } from "@cfunc/core";
import type { NativeCall } from "@cfunc/core/native";
import { argumentError, nativeCall, type Outcome } from "./call-plan.ts";
import { CArgument, type CData } from "./cdata.ts";
import { addressCrossing, infoOfValue, passWhere } from "./pass-address.ts";
import { isBytes, isInt } from "./python-values.ts";
import { codecs } from "./simple-codecs.ts";
import { hold, holding, release } from "./storage.ts";

interface Passed {
  readonly crossing: CType;
  readonly native: unknown;
}

/** What a value is passed as, for want of a type. Throws TypeError. */
export function passUntyped(value: unknown, position: number): Passed {
  if (value instanceof CArgument) return { crossing: value.crossing, native: value.pass() };
  const info = infoOfValue(value);
  if (info?.kind === "array") return { crossing: addressCrossing, native: passWhere(value as CData) };
  if (info !== undefined) return { native: info.pass(value), crossing: info.crossing ?? addressCrossing };
  if (value === null) return { crossing: addressCrossing, native: 0n };
  if (isInt(value)) return { crossing: typeNames.int32, native: codecs.c_int.convert(value, hold) };
  if (isBytes(value)) return { crossing: addressCrossing, native: codecs.c_char_p.convert(value, hold) };
  if (typeof value === "string") return { crossing: addressCrossing, native: codecs.c_wchar_p.convert(value, hold) };
  if (typeof value === "object" && value !== undefined && "_as_parameter_" in value)
    return passUntyped(value._as_parameter_, position);
  throw new TypeError(`Don't know how to convert parameter ${position}`);
}

const ids = new Map<CType, number>();

function idOf(type: CType): number {
  const id = ids.get(type) ?? ids.size;
  ids.set(type, id);
  return id;
}

/** A call that decides at each call what its arguments are. `prepare` comes before that, for `from_param`. */
export class UntypedCall {
  private readonly calls = new Map<string, NativeCall>();
  private readonly name: string;
  private readonly address: bigint;
  private readonly outcome: Outcome;
  private readonly prepare: (value: unknown, index: number) => unknown;

  constructor(name: string, address: bigint, outcome: Outcome, prepare: (value: unknown, index: number) => unknown) {
    this.name = name;
    this.address = address;
    this.outcome = outcome;
    this.prepare = prepare;
  }

  run(args: readonly unknown[]): unknown {
    const mark = holding();
    try {
      const passed = args.map((value, i) => {
        try {
          return passUntyped(this.prepare(value, i), i + 1);
        } catch (error) {
          throw argumentError(error, i + 1);
        }
      });
      const call = this.callFor(passed.map(({ crossing }) => crossing));
      return this.outcome.receive(call(...passed.map(({ native }) => native)));
    } finally {
      release(mark);
    }
  }

  private callFor(crossings: readonly CType[]): NativeCall {
    const key = crossings.map(idOf).join();
    const known = this.calls.get(key);
    if (known !== undefined) return known;
    const made = nativeCall(this.name, this.address, crossings, this.outcome.crossing);
    this.calls.set(key, made);
    return made;
  }
}
