// What decision records claim of the code, where it can be observed from outside.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CFuncError, cfunc } from "../../src/index.ts";
import { runModule } from "../native/child.ts";

const codeOf = (action: () => unknown): string => {
  try {
    action();
    return "none";
  } catch (error) {
    return error instanceof CFuncError ? error.code : String(error);
  }
};

describe("12: parse at once, compile at first use", () => {
  it("reports syntax where the function is given, types when it is used", () => {
    const syntax = () => cfunc("int32(int32)", (x) => Number(`${x}`));
    expect(codeOf(syntax)).toBe("CF1302");
    const types = cfunc("int32(int32)", (x) => [x].length);
    expect(codeOf(() => types.address)).toMatch(/^CF2/);
  });

  it("reads captured variables at the first use, and then no more", () => {
    const settings = { scale: 2 };
    const scaled = cfunc("int32(int32)", (x) => x * settings.scale);
    settings.scale = 3;
    expect(scaled(5)).toBe(15);
    settings.scale = 4;
    expect(scaled(5)).toBe(15);
  });

  it("does not open libLLVM before that", () => {
    const { status, stdout, stderr } = runModule("./when-llvm-opens.ts", import.meta.url);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ imported: false, made: false, used: true });
  });
});

describe("13: callees are copied into the caller's module", () => {
  const callee = cfunc("int32(int32)", (x) => (Math.imul(x, 5) + 1) | 0);
  const caller = cfunc("int32(int32)", (x) => callee(x) - 1);

  it("leaves nothing of the call", () => {
    expect(caller.inspectLLVM({ optimized: false })).toMatch(/\bcall i32\b/);
    expect(caller.inspectLLVM()).not.toMatch(/\bcall\b/);
  });

  it("makes the caller outlive the callee", () => {
    expect(callee(2)).toBe(11);
    expect(caller(2)).toBe(10);
    callee.dispose();
    expect(codeOf(() => callee(2))).toBe("CF5003");
    expect(caller(2)).toBe(10);
  });
});

it("19: the parser of C declarations is as small as the record says", () => {
  const folder = new URL("../../src/c/", import.meta.url);
  const files = readdirSync(folder);
  const lines = files
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("")
    .split("\n").length;
  expect(files.length).toBe(17);
  expect(lines).toBeGreaterThan(1900);
  expect(lines).toBeLessThan(2500);
});
