// How far a run is, on standard error: one line that is rewritten on a terminal, a line every few seconds elsewhere, so
// that a log of a long run shows that it lives. Quick runs print nothing.
const quietMs = 2000;
const everyMs = 10_000;

export interface Progress {
  tell(done: number, all: number, driver: string, key: string): void;
  clear(): void;
}

export function makeProgress(stream: NodeJS.WriteStream): Progress {
  const begun = Date.now();
  let last = begun - everyMs + quietMs;
  let shown = false;
  return {
    tell(done, all, driver, key) {
      const now = Date.now();
      const terminal = stream.isTTY === true;
      if (now - begun < quietMs || now - last < (terminal ? 100 : everyMs)) return;
      last = now;
      const text = `${done} of ${all} cells, ${driver} ${key}`;
      stream.write(terminal ? `\r\x1b[K${text.slice(0, (stream.columns || 80) - 1)}` : `${text}\n`);
      shown = terminal;
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
    },
  };
}
