// Who owns what comes from native code. Exports, nothing else.

export { reportLeaksTo } from "./leak-report.ts";
export { Borrowed, Owned, type OwnedOptions } from "./owned.ts";
export { OwnershipError, type OwnershipMistake } from "./ownership-error.ts";
export type { Live, Released } from "./released.ts";
