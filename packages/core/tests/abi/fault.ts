// A mistake planted in our LLVM text, to see that the exchanges notice it.

export interface Fault {
  /** A regular expression; `^` is the start of a line. */
  readonly pattern: string;
  readonly replacement: string;
}

export const withFault = (text: string, fault: Fault | undefined): string =>
  fault === undefined ? text : text.replaceAll(new RegExp(fault.pattern, "gm"), fault.replacement);
