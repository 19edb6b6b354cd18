// What a campaign looks like on a terminal or in a log: a line of progress that overwrites itself, findings, a summary.
import { wantsColor } from "../../src/source/color.ts";
import { type Listener, refusedShare, type Statistics } from "./campaign.ts";
import type { Finding } from "./finding.ts";

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;
type Environment = Readonly<Record<string, string | undefined>>;

export class Console implements Listener {
  private readonly out: Stream;
  private readonly errors: Stream;
  private readonly colored: boolean;
  private readonly started = Date.now();
  private drawn = 0;
  private width = 0;

  constructor(out: Stream = process.stdout, errors: Stream = process.stderr, env: Environment = process.env) {
    this.out = out;
    this.errors = errors;
    this.colored = wantsColor(out, env);
  }

  progress(statistics: Statistics, seed: number): void {
    // ten times a second is enough
    if (Date.now() - this.drawn < 100) return;
    this.draw(`${this.counts(statistics)}, at seed ${seed}`);
  }

  shrinking(seed: number): void {
    this.draw(`seed ${seed} fails: making it smaller`);
  }

  found({ seed, summary, filetest, sizes }: Finding): void {
    this.clear();
    const [before, after] = sizes;
    const smaller = after < before ? ` (${before} characters made ${after})` : "";
    this.out.write(`${this.paint(31, `seed ${seed}`)}: ${summary}${smaller}\n\n${filetest}\n`);
    this.out.write(`Repeat it with: npm run fuzz -- --seed ${seed} --programs 1\n\n`);
  }

  summary(statistics: Statistics): void {
    this.clear();
    const { findings, refused, skipped } = statistics;
    const verdict =
      findings.length === 0 ? this.paint(32, "no difference") : this.paint(31, `${findings.length} found`);
    this.out.write(`${this.counts(statistics)}: ${verdict}\n`);
    if (skipped > 0) this.out.write(`${skipped} programs ran for too long in V8\n`);
    if (refused.size === 0) return;
    this.out.write(`${(100 * refusedShare(statistics)).toFixed(1)} % of the programs were refused by the compiler:\n`);
    for (const [what, count] of [...refused].sort(([, a], [, b]) => b - a)) this.out.write(`  ${count} x ${what}\n`);
  }

  private counts({ programs, runs }: Statistics): string {
    const seconds = (Date.now() - this.started) / 1000;
    return `${programs} programs, ${runs} runs in ${seconds.toFixed(1)} s`;
  }

  private draw(line: string): void {
    if (this.errors.isTTY !== true) return;
    this.drawn = Date.now();
    const text = line.slice(0, (this.errors.columns ?? 80) - 1);
    this.errors.write(`\r${text.padEnd(this.width)}`);
    this.width = text.length;
  }

  private clear(): void {
    if (this.width > 0) this.errors.write(`\r${" ".repeat(this.width)}\r`);
    this.width = 0;
  }

  private paint(code: number, text: string): string {
    return this.colored ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
