// Builds the Rust library and everything that is generated from its contract. Generated files are committed, so this
// only compares them and fails where one is stale; with UPDATE=1 it writes them. `--check` compares without building.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { contractText } from "./generate/contract-text.mjs";
import { declarationsText } from "./generate/declarations.mjs";
import { headerText } from "./generate/header.mjs";
import { ownershipText } from "./generate/ownership.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const release = join(root, "target", "release");

function fail(message) {
  console.error(`rust-bridge: ${message}`);
  process.exit(1);
}

function cargo(args) {
  const { error, status } = spawnSync("cargo", args, { cwd: root, stdio: "inherit" });
  if (error?.code === "ENOENT") {
    fail("cargo was not found. Install Rust 1.85 or newer (see rust-lang.org/tools/install), then build again.");
  }
  if (error) fail(`cargo could not be started: ${error.message}`);
  if (status !== 0) fail(`cargo ${args.join(" ")} failed; its messages are above.`);
}

/** A process may have the old file mapped: replace the name, never the bytes. */
function install(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return;
  const temporary = `${to}.${process.pid}`;
  copyFileSync(from, temporary);
  renameSync(temporary, to);
}

function describe() {
  const program = join(release, "describe-contract");
  const { error, status, stdout } = spawnSync(program, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (error || status !== 0) fail(`${program} did not describe the contract${error ? `: ${error.message}` : ""}`);
  return JSON.parse(stdout);
}

function generated(contract) {
  return {
    "contract.json": contractText(contract),
    "include/bridge.h": headerText(contract),
    "src/generated/declarations.ts": declarationsText(contract),
    "OWNERSHIP.md": ownershipText(contract),
  };
}

const checking = process.argv.includes("--check");
if (!checking) {
  cargo(["build", "--release", "--locked"]);
  install(join(release, "libcfunc_bridge.so"), join(root, "native", "libcfunc_bridge.so"));
}
const stale = Object.entries(generated(describe())).filter(([name, text]) => {
  const path = join(root, name);
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
});
if (stale.length > 0 && process.env.UPDATE !== "1") {
  const names = stale.map(([name]) => name).join(", ");
  fail(`generated files are stale: ${names}. Run \`UPDATE=1 npm run build -w @cfunc/rust-bridge\` and commit them.`);
}
for (const [name, text] of stale) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`rust-bridge: wrote ${name}`);
}
