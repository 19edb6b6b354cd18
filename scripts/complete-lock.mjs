// npm leaves optional packages that it could not fetch out of the lock file, and `npm ci` then refuses the file. This
// adds them, as packages of the platform that their names say, so that the file is complete for every platform.
// Run it after `npm install`: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const { packages } = lock;

const systems = [
  "darwin",
  "win32",
  "windows",
  "freebsd",
  "android",
  "openbsd",
  "netbsd",
  "sunos",
  "aix",
  "openharmony",
  "linux",
];
const processors = ["arm64", "x64", "ia32", "ppc64", "s390x", "riscv64", "loong64", "mips64el", "arm", "wasm32", "64"];

/** The platform in a package's name: `@turbo/windows-64`, `lightningcss-linux-x64-musl`. */
function platform(name) {
  const words = name.split(/[/.-]/);
  const system = systems.find((s) => words.includes(s)) ?? (name === "fsevents" ? "darwin" : undefined);
  const processor = processors.find((p) => words.includes(p) || words.some((w) => w === `${p}eabi` || w === `${p}hf`));
  return {
    ...(processor && { cpu: [processor === "64" ? "x64" : processor] }),
    ...(words.includes("musl") && { libc: ["musl"] }),
    os: [system === "windows" ? "win32" : (system ?? "!linux")],
  };
}

let added = 0;
for (const { optionalDependencies = {} } of Object.values(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (packages[key] !== undefined || !/^\d/.test(version)) continue;
    packages[key] = { version, optional: true, ...platform(name) };
    added += 1;
  }
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${added} optional packages added to the lock file`);
