// Reports owned values that were garbage-collected without having been released. It only reports: native memory is
// freed by whoever says so, never by the collector, which runs when it likes.
let report: (message: string) => void = (message) => console.warn(message);

/** Sends reports of values that were never released to `receiver` instead of the console. Gives the former receiver. */
export function reportLeaksTo(receiver: (message: string) => void): (message: string) => void {
  const former = report;
  report = receiver;
  return former;
}

const registry = new FinalizationRegistry<string>((what) => {
  report(`${what} was never released: call release(), or declare it with \`using\``);
});

export function watch(owner: object, what: string): void {
  registry.register(owner, what, owner);
}

export function unwatch(owner: object): void {
  registry.unregister(owner);
}
