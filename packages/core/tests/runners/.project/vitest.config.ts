// Several versions of Node may run this at once: each keeps its coverage beside its report.
import { defineConfig } from "vitest/config";

const reportsDirectory = `${process.env.CFUNC_RUNNERS_REPORT}.coverage`;
export default defineConfig({ test: { include: ["in-vitest.ts"], coverage: { reportsDirectory } } });
