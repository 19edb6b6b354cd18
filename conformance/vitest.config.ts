// The matrix runs before its tests do, and tests of the command start processes: give both time.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000, fileParallelism: false },
});
