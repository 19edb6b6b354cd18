// The command as users run it: exit codes, selections, colours, the JSON report, and no process left behind.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type ToySuite, toyFolders } from "./toy-suite.ts";

const main = resolve(import.meta.dirname, "..", "dist", "main.js");

function argumentsFor(suite: ToySuite): readonly string[] {
  const { vectors, drivers, expectations } = toyFolders(suite);
  const names = Object.keys(suite.drivers ?? { good: "none" }).flatMap((name) => ["--driver", name]);
  return [
    "--vectors",
    vectors,
    ...drivers.flatMap((one) => ["--drivers", one]),
    "--expectations",
    expectations,
    ...names,
  ];
}

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const options = { encoding: "utf8", env: { ...process.env, ...environment } } as const;
  return spawnSync(process.execPath, [main, ...args], options);
}

describe("exit codes", () => {
  it("0 when everything is as it should be", () => {
    const { status, stdout, stderr } = run(argumentsFor({}));
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ +good\ntoy +3 pass\n/);
  });

  it("1 when a cell fails", () => {
    const { status, stdout } = run(argumentsFor({ drivers: { toy: "crash", good: "none" } }));
    expect(status).toBe(1);
    expect(stdout).toContain("died of SIGSEGV");
    expect(stdout).toContain("6 cells: 5 pass, 0 xfail, 0 skip, 1 FAIL, 0 UNEXPECTED PASS");
  });

  it("2 for a mistake on the command line or in the suite", () => {
    const selections = [["--only", "nothing"], ["--driver", "nobody"], ["--timeout", "-1"], ["--colour"], ["extra"]];
    for (const selection of selections) {
      const { status, stderr } = run(selection);
      expect([selection, status]).toEqual([selection, 2]);
      expect(stderr).toMatch(/^error: /);
      expect(stderr).not.toContain("    at ");
    }
    expect(run(argumentsFor({ vectors: [{ family: "toy", name: "double" }] })).status).toBe(2);
  });
});

it("runs one cell by its key", () => {
  const { status, stdout } = run(["--only", "callbacks/integrand/3", "--driver", "v8,compiled"]);
  expect(stdout).toContain("2 cells: 2 pass");
  expect(status).toBe(0);
});

it("writes the same JSON report twice, apart from the times", () => {
  const args = argumentsFor({ drivers: { toy: "wrong-value", good: "none" } });
  const reports = ["a.json", "b.json"].map((name) => {
    const file = join(args[1] ?? "", "..", name);
    expect(run([...args, "--json", file]).status).toBe(1);
    const { times, ...report } = JSON.parse(readFileSync(file, "utf8"));
    expect(times.cells).toHaveLength(6);
    return report;
  });
  expect(reports[0]).toEqual(reports[1]);
  expect(reports[0]).toMatchObject({ version: 1, failed: true, counts: { pass: 5, fail: 1, skip: 0 } });
  expect(reports[0].cells[1]).toMatchObject({ key: "toy/double/2", driver: "toy", kind: "fail", outcome: "mismatch" });
});

it("is interrupted with 130, tells what it has, and leaves no process behind", async () => {
  const args = argumentsFor({ drivers: { toy: "hang" } });
  const child = spawn(process.execPath, [main, ...args, "--timeout", "60"]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const marker = join(args[1] ?? "", "..");
  await expect.poll(() => drivers(), { timeout: 10_000 }).toHaveLength(1);
  const [driver = 0] = drivers();
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGINT");
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(130);
  expect(stdout).toContain("interrupted");
  expect(() => process.kill(driver, 0)).toThrow("ESRCH");
  expect(marker).not.toBe("");

  /** Processes that the command has started. */
  function drivers(): readonly number[] {
    const list = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").map(Number);
  }
});
