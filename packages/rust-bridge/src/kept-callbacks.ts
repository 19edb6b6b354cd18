// Callbacks that Rust keeps: registered ones, called by handle, and tickers, which call from a thread of their own.
// Function, user data and destructor are kept from the garbage collector until Rust has let go of them.
import { Owned } from "@cfunc/core/ownership";
import { checkCount, checkNumber } from "./arguments.ts";
import { addressOfCallback, type NativeFunction, type UserData } from "./callback-argument.ts";
import { library } from "./library.ts";
import { madeHere } from "./site.ts";
import { checked } from "./status.ts";

export interface KeptOptions {
  /** What the function gets as its last argument. */
  readonly userData?: UserData;
}

export interface RegisterOptions extends KeptOptions {
  /** A `void(voidptr)` that takes the user data back, once, when the function is unregistered. */
  readonly destroy?: NativeFunction;
}

/** A `double(double, voidptr)` in Rust's keeping. `release()`, or the end of `using`, unregisters it. */
export class RegisteredCallback extends Owned<bigint> {
  /** What native code uses as long as this lives. */
  readonly uses: readonly unknown[];

  private constructor(handle: bigint, uses: readonly unknown[]) {
    const release = () => {
      checked((status) => library().bridge_callback_unregister(handle, status));
    };
    super(handle, { what: madeHere("registered callback"), release });
    this.uses = uses;
  }

  static register(fn: NativeFunction, { userData = null, destroy }: RegisterOptions = {}): RegisteredCallback {
    const address = addressOfCallback("callback_register", fn);
    const end = destroy === undefined ? 0 : addressOfCallback("callback_register.destroy", destroy);
    const handle = checked((status) => library().bridge_callback_register(address, userData, end, status));
    return new RegisteredCallback(handle, [fn, userData, destroy]);
  }

  /** Calls it, through Rust. */
  call(x: number): number {
    checkNumber("callback_call", "x", x);
    const handle = this.value;
    return checked((status) => library().bridge_callback_call(handle, x, status));
  }
}

export interface TickerOptions extends KeptOptions {
  /** Microseconds between ticks, from 1 to 2^31 - 1. */
  readonly interval: number;
}

/** A native thread that calls a `void(uint64, voidptr)` with 0, 1, 2, ... until it is stopped. */
export class Ticker extends Owned<bigint> {
  /** What native code uses as long as this lives. */
  readonly uses: readonly unknown[];
  readonly #state: { ticks: number | undefined };

  private constructor(handle: bigint, uses: readonly unknown[]) {
    const state: { ticks: number | undefined } = { ticks: undefined };
    const release = () => {
      state.ticks = Number(checked((status) => library().bridge_ticker_stop(handle, status)));
    };
    super(handle, { what: madeHere("ticker"), release });
    this.uses = uses;
    this.#state = state;
  }

  /** Throws BridgeError `wrong_thread` for a closure, which runs on this thread only. */
  static start(fn: NativeFunction, { interval, userData = null }: TickerOptions): Ticker {
    const site = "ticker_start";
    const address = addressOfCallback(site, fn);
    checkCount(site, "interval", interval);
    const handle = checked((status) => library().bridge_ticker_start(address, userData, interval, status));
    return new Ticker(handle, [fn, userData]);
  }

  /** How often it ticked; `undefined` until it is stopped, by `release()` or the end of `using`. */
  get ticks(): number | undefined {
    return this.#state.ticks;
  }
}
