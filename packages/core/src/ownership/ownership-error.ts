// What is thrown when ownership is misused. The message names the value as its maker described it. Pure.

/** `released`: used or released after its release. `borrowed`: released while something still borrows it. */
export type OwnershipMistake = "released" | "borrowed";

export class OwnershipError extends Error {
  override readonly name = "OwnershipError";
  readonly mistake: OwnershipMistake;

  constructor(mistake: OwnershipMistake, message: string) {
    super(message);
    this.mistake = mistake;
  }
}
