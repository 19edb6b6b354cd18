import { defineConfig } from "vitest/config";

// Tests start compilers, interpreters and other processes: on a busy machine with two cores that takes a while.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
