// Whether diagnostics printed to a stream are coloured.

/** `NO_COLOR` (any value but the empty one) says no, `FORCE_COLOR` (but 0) yes; otherwise a terminal decides. */
export function wantsColor(
  stream: { readonly isTTY?: boolean | undefined } = process.stderr,
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return stream.isTTY === true && env.TERM !== "dumb";
}
