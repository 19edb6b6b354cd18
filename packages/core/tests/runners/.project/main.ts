// The program that runners run: writes its report to the file that the environment names.
import { writeFileSync } from "node:fs";
import { report } from "./report.ts";

writeFileSync(String(process.env.CFUNC_RUNNERS_REPORT), JSON.stringify(report()));
