// Placeholder until the intrinsics land.
export function intrinsicName(_value: unknown): string | undefined {
  return undefined;
}
