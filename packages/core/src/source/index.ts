// The source stage: what a live function says and what it captured. Exports, nothing else.
export { type Brand, brandOf, brands } from "./brands.ts";
export { type Binding, type CaptureOptions, capture, captureValues } from "./capture.ts";
export type {
  BigIntElement,
  Captured,
  CapturedNumbers,
  CapturedObject,
  CapturedValue,
  Captures,
  JsFunction,
  NumberElement,
} from "./captured-value.ts";
export { type ClassifyOptions, classify } from "./classify.ts";
export { wantsColor } from "./color.ts";
export { type FunctionText, readFunctionText } from "./function-text.ts";
