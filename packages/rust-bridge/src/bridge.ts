// The library as one object. Nothing is opened before the first call.
import { callOnThreads, computeFromRust } from "./callbacks.ts";
import { length } from "./geometry.ts";
import { flush, ledgerCheckpoint, live, liveBytes, liveCount, liveSince } from "./ledger.ts";
import { printInt } from "./numbers.ts";
import { startProcedure, startProcedureText } from "./procedure.ts";
import { quad } from "./quad.ts";
import { freeMem, printString } from "./strings.ts";
import { panic } from "./testing.ts";

export const bridge = {
  ...{ computeFromRust, quad, callOnThreads },
  ...{ printString, printInt, length },
  ...{ startProcedure, startProcedureText, freeMem },
  ...{ liveCount, liveBytes, liveSince, live, ledgerCheckpoint, flush },
  panic,
} as const;

export type Bridge = typeof bridge;
