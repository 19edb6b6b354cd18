// Pointers that the library returned.

export interface NativePointer {
  readonly address: bigint;
}

/** What a call returned that reported success. */
export function notNull(site: string, pointer: NativePointer | null): NativePointer {
  if (pointer === null) throw new Error(`internal error: ${site} returned NULL without a status`);
  return pointer;
}
