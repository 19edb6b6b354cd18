// Bounds of intervals as a person writes them: powers of two where they are some. Pure.

export function rangeText({ lo, hi }: { readonly lo: number; readonly hi: number }): string {
  return `${boundText(lo)} to ${boundText(hi)}`;
}

function boundText(value: number): string {
  if (Math.abs(value) < 2 ** 16 || !Number.isFinite(value)) return String(value);
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  for (const [offset, text] of [
    [0, ""],
    [1, " - 1"],
    [-1, " + 1"],
  ] as const) {
    const power = Math.log2(size + offset);
    if (Number.isInteger(power) && 2 ** power - offset === size)
      return text === "" || sign === "" ? `${sign}2^${power}${text}` : `-(2^${power}${text})`;
  }
  return Number.isSafeInteger(value) ? String(value) : `about ${value.toPrecision(2)}`;
}
