// The layout of the block of memory through which JavaScript and generated code exchange values: 8-byte slots, one
// block an environment (main thread or worker). Arguments are read before a call and the result right after it, which
// is what makes nested calls safe. Numbers only: nothing here touches memory.

/** Indices of slots. */
export const slot = {
  /** The result of a call. */
  result: 0,
  /** Where a thunk shared by all functions of one signature finds the address to call. */
  target: 1,
  /** Two int32: how many calls from TypeScript are under way, and whether one of their closures failed. */
  state: 2,
  /** `pthread_self()` of the environment's thread; zero once the environment is gone. */
  home: 3,
  /** int32: what `errno` was right after a call that asks for it. */
  errno: 4,
  /** `pthread_self()` of the other thread for which a closure runs right now; 0 where it runs for its own. */
  caller: 5,
  /** What an asynchronous call is started with: the code that makes it, memory that is freed with it, argument words. */
  body: 6,
  payload: 7,
  count: 8,
  arguments: 9,
} as const;

export const slotCount = 256;
export const slotBytes = 8 * slotCount;
/** The longest parameter list that fits. */
export const maxParameters = slotCount - slot.arguments;

/** The two halves of `slot.state`, as indices of an Int32Array. */
export const stateIndex = { depth: 2 * slot.state, failed: 2 * slot.state + 1 } as const;

/** A bit of the depth that a waiting thread sets. It vanishes when the call that was under way then returns. */
export const depthMark = 1 << 30;

/** A constant pointer expression in LLVM text. */
export const pointerTo = (address: bigint | number): string => `inttoptr (i64 ${address} to ptr)`;

/** The 64 bits of an address: read as a double, which costs no BigInt, or as they are where that would be a NaN. */
export type PointerBits = number | bigint;
