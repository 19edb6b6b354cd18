// Calls a twin with a status of its own, and throws what the status says. Each call has its own: a callback may call
// the bridge again before the call that it runs under has returned.
import { BridgeError, codeOf } from "./bridge-error.ts";
import { types } from "./generated/declarations.ts";

const { size } = types.bridge_status;
const textStart = types.bridge_status.type.fields.find(({ name }) => name === "message")?.offset ?? 0;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** What `call` returns, given a status to pass on. Throws BridgeError unless the status is 0 afterwards. */
export function checked<T>(call: (status: DataView<ArrayBuffer>) => T): T {
  const status = new DataView(new ArrayBuffer(size));
  const result = call(status);
  throwUnlessOk(status);
  return result;
}

/** The same for a call on another thread. */
export async function checkedAsync<T>(call: (status: DataView<ArrayBuffer>) => Promise<T>): Promise<T> {
  const status = new DataView(new ArrayBuffer(size));
  const result = await call(status);
  throwUnlessOk(status);
  return result;
}

function throwUnlessOk(status: DataView<ArrayBuffer>): void {
  const code = status.getInt32(0, true);
  if (code === 0) return;
  const length = status.getUint32(4, true);
  throw new BridgeError(codeOf(code), decoder.decode(new Uint8Array(status.buffer, textStart, length)));
}
