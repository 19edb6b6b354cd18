// The distance of two doubles. Never rounds: it counts representable values.
const view = new DataView(new ArrayBuffer(8));

/** How many doubles lie between two; the sign of zero and NaN count. */
export function ulps(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b) || (a === 0 && b === 0)) return Object.is(a, b) ? 0 : Infinity;
  const ordinal = (x: number): bigint => {
    view.setFloat64(0, x);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(2n ** 63n) - bits : bits;
  };
  const distance = ordinal(a) - ordinal(b);
  return Number(distance < 0n ? -distance : distance);
}
