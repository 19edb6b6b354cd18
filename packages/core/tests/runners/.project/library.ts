// What the callbacks take from another module: through a namespace, and by name.
/** A value that no tool folds into the functions that use it. */
export const offset: number = Number.parseFloat("0.5");

export enum Mode {
  Linear,
  Squared = 3,
}

export function shape(x: number, mode: Mode): number {
  if (mode === Mode.Squared) return x * x;
  return x;
}

/** Clamps, and captures a value of its own module. */
export const clamp = (x: number, high: number): number => (x > high + offset ? high + offset : x);
