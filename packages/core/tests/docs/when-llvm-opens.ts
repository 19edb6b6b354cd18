// Run by decisions.test.ts: says when this process has libLLVM mapped.
import { readFileSync } from "node:fs";

const isMapped = (): boolean => /libLLVM/.test(readFileSync("/proc/self/maps", "utf8"));

const { cfunc } = await import("../../src/index.ts");
const imported = isMapped();
const twice = cfunc("int32(int32)", (x) => 2 * x);
const made = isMapped();
if (twice(4) !== 8) throw new Error("wrong result");
console.log(JSON.stringify({ imported, made, used: isMapped() }));
