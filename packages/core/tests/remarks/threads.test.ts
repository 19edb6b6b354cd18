// Remarks from several threads, under every libLLVM that is installed.
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { runModule } from "../native/child.ts";

const system = ["libLLVM-16.so.1", "libLLVM.so.19.1"].map((file) => `/usr/lib/x86_64-linux-gnu/${file}`);
const libraries = [process.env.CFUNC_LLVM ?? "", ...system.filter((path) => existsSync(path))];

it.each(libraries)(
  "in a worker, with %o",
  (library) => {
    const { status, stdout, stderr } = runModule("./worker.ts", import.meta.url, { env: { CFUNC_LLVM: library } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(["CF6003", "CF6003", "CF6003", 3]);
  },
  60_000,
);
