// What a refusal looks like from TypeScript: a BridgeError with its code and its message, and nothing left behind.
import { expect } from "vitest";
import { type BridgeCode, BridgeError, bridge } from "../src/index.ts";

function refusal(run: () => unknown): BridgeError {
  try {
    run();
  } catch (error) {
    if (error instanceof BridgeError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** `run` throws a BridgeError with this code and message, and nothing that it made is still live. */
export function refuses(run: () => unknown, code: BridgeCode, message: string | RegExp): void {
  const mark = bridge.ledgerCheckpoint();
  const error = refusal(run);
  expect(error.message).toMatch(message);
  expect(error.code).toBe(code);
  expect(bridge.live(mark)).toEqual([]);
}
