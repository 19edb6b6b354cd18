// Names of what stands around a compiled function that can fail. One place, because lowering makes these symbols,
// emission treats them as one function, and the run time looks them up.

/** The symbol of the function that does the work, where a C function can fail. */
export const bodyName = (name: string): string => `${name}.body`;
/** What TypeScript calls: the status is left in a word that it reads. */
export const checkedName = (name: string): string => `${name}.checked`;
/** The status of the last call from TypeScript. */
export const statusWord = (name: string): string => `${name}.status`;
/** The last report, from any thread: thread number in the high half, place in the low one. */
export const errorWord = (name: string): string => `${name}.error`;
