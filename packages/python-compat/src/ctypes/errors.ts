// The exceptions of Python that JavaScript lacks, under their own names. Python's TypeError is JavaScript's. Every other
// file of this folder throws these, with the messages that CPython 3.11 gives.

/** The base of them all. */
class PythonError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A call's argument could not be converted. The cause is the TypeError or ValueError behind it. */
export class ArgumentError extends PythonError {}
/** A library has no such function, or an attribute may not be set. */
export class AttributeError extends PythonError {}
/** An index outside an array, or more initializers than elements. */
export class IndexError extends PythonError {}
/** An operation that is not available yet. */
export class NotImplementedError extends PythonError {}
/** A library could not be opened. */
export class OSError extends PythonError {}
/** An integer too large to be a double. */
export class OverflowError extends PythonError {}
/** A nested initializer failed. */
export class RuntimeError extends PythonError {}
/** A null pointer was followed, or a value has the right type and the wrong size. */
export class ValueError extends PythonError {}

/** Python's name for an error's class, as messages quote it. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
