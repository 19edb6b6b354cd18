// The options of `npm run fuzz`, and what a campaign looks like.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { help, readArguments } from "./arguments.ts";
import { Console } from "./console.ts";
import { mutants } from "./mutants.ts";

const messageOf = (...args: string[]): string => {
  const read = readArguments(args, 1);
  if (!("text" in read)) throw new Error(`${args.join(" ")} is accepted`);
  expect(read.exitCode).toBe(2);
  return read.text;
};

describe("options", () => {
  it("have defaults", () => {
    const defaults = { seconds: 20, programs: Infinity, seed: 99, findings: 3, timeout: 30, mutant: undefined };
    expect(readArguments([], 99)).toEqual(defaults);
    expect(readArguments(["--programs", "7", "--seed=-5"], 99)).toEqual({
      ...defaults,
      programs: 7,
      seed: -5,
      seconds: Infinity,
    });
  });

  it("are explained", () => {
    expect(readArguments(["--help"], 1)).toEqual({ text: help, exitCode: 0 });
    for (const { name } of mutants) expect(help).toContain(name);
  });

  it.each([
    [["--seconds", "soon"], "--seconds soon: takes a number of seconds above 0, such as --seconds 20"],
    [["--seconds", "0"], "--seconds 0: takes a number of seconds above 0"],
    [["--seconds", ""], "--seconds : takes a number of seconds above 0"],
    [["--programs", "1.5"], "--programs 1.5: takes a whole number above 0"],
    [["--seed", "1e12"], "--seed 1e12: a seed is an integer between -2^31 and 2^31"],
    [["--seed", "x"], "--seed x: a seed is an integer"],
    [["--mutant", "nobody"], "there is no such mutant; there are positive-zero-product"],
    [["--second", "1"], "Unknown option '--second'"],
    [["--seconds"], "argument missing"],
    [["20"], "Unexpected argument '20'"],
  ])("%j are refused", (args, message) => {
    const text = messageOf(...args);
    expect(text).toContain(message);
    expect(text).toContain("--help lists the options");
  });
});

describe("the console", () => {
  const finding = { seed: 5, kind: "died", summary: "SIGFPE", filetest: "//# f\n", sizes: [90, 9] } as const;
  const statistics = { programs: 2, runs: 48, skipped: 0, refused: new Map([["CF2013 why", 1]]), findings: [finding] };

  function shown(env: Record<string, string>): { out: string; errors: string } {
    const written = { out: "", errors: "" };
    const stream = (to: "out" | "errors") => ({
      isTTY: true,
      columns: 60,
      write: (text: string | Uint8Array) => {
        written[to] += text;
        return true;
      },
    });
    const shownOn = new Console(stream("out"), stream("errors"), env);
    shownOn.progress(statistics, 5);
    shownOn.found(finding);
    shownOn.summary(statistics);
    return written;
  }

  it("respects NO_COLOR", () => {
    expect(shown({ TERM: "xterm" }).out).toContain("\u001b[31mseed 5\u001b[0m");
    const { out, errors } = shown({ TERM: "xterm", NO_COLOR: "1" });
    expect(out + errors).not.toContain("\u001b");
    expect(out).toContain("Repeat it with: npm run fuzz -- --seed 5 --programs 1");
    expect(out).toContain("50.0 % of the programs were refused by the compiler:\n  1 x CF2013 why\n");
  });

  it("draws progress over itself, and takes it away", () => {
    expect(shown({}).errors).toMatch(/^\r2 programs, 48 runs in \d\.\d s, at seed 5\r +\r$/);
  });
});

it("ends with 1 when something was found, 2 for a mistake, 0 otherwise", () => {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", main, ...args], { encoding: "utf8" });
  const mistaken = run("--seconds", "never");
  expect(mistaken.stderr).toContain("fuzz: --seconds never");
  expect(mistaken.status).toBe(2);
  const clean = run("--seed", "1", "--programs", "3");
  expect(clean.stdout).toMatch(/^seed 1\n3 programs, 72 runs in .* s: no difference\n/);
  expect(clean.status).toBe(0);
  const found = run("--seed", "1", "--programs", "20", "--findings", "1", "--mutant", "register-too-narrow");
  expect(found.stdout).toContain("export const seed");
  expect(found.stdout).toContain("1 found");
  expect(found.status).toBe(1);
});
