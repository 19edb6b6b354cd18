// The release of strings by their address.
import { library } from "./library.ts";
import { checked } from "./status.ts";

/**
 * Releases a string of the library by its address. `Owned` values do this by themselves; this is for who holds a bare
 * pointer. Throws BridgeError `null_pointer`, `unknown_pointer`, `interior_pointer` or `already_released`, whose
 * message names the allocation, who made it and who released it first.
 */
export function freeMem(text: { readonly address: bigint } | null): void {
  // A `char *` is asked for, and any address must be let through: refusing the bad ones is the ledger's part.
  const pointer = text as Parameters<ReturnType<typeof library>["bridge_free_mem"]>[0];
  checked((status) => library().bridge_free_mem(pointer, status));
}
