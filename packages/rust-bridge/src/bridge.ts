// The library as one object. Nothing is opened before the first call.
import { callOnThreads, computeFromRust } from "./callbacks.ts";
import { filterDoubles, foldDoubles, mapDoubles, sortDoubles } from "./functional.ts";
import { cross, crossByValue, length, lengthByValue, normalize, normalizeAll } from "./geometry.ts";
import {
  census,
  failNth,
  flush,
  holdBack,
  ledgerCheckpoint,
  live,
  liveBytes,
  liveCount,
  liveSince,
  trace,
} from "./ledger.ts";
import { double, doubleInPlace, printInt } from "./numbers.ts";
import { startProcedure, startProcedureText } from "./procedure.ts";
import { quad } from "./quad.ts";
import { freeMem } from "./release.ts";
import { fillRange, sumOfEven } from "./slices.ts";
import { printString, stringConcat, stringLength, stringReverse } from "./strings.ts";
import { panic } from "./testing.ts";
import { divide, extent, mean } from "./tuples.ts";

export const bridge = {
  ...{ computeFromRust, quad, callOnThreads },
  ...{ mapDoubles, filterDoubles, foldDoubles, sortDoubles },
  ...{ printString, stringLength, stringReverse, stringConcat },
  ...{ printInt, double, doubleInPlace },
  ...{ length, cross, lengthByValue, crossByValue, normalize, normalizeAll },
  ...{ divide, extent, mean },
  ...{ sumOfEven, fillRange },
  ...{ startProcedure, startProcedureText, freeMem },
  ...{ liveCount, liveBytes, liveSince, live, ledgerCheckpoint, flush },
  ...{ census, trace, holdBack, failNth },
  panic,
} as const;

export type Bridge = typeof bridge;
