// Colours on a terminal, and none elsewhere or where NO_COLOR is set (https://no-color.org).
import { styleText } from "node:util";

export type Colour = "red" | "green" | "yellow" | "gray" | "bold";
export type Paint = (colour: Colour, text: string) => string;

export function painter(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): Paint {
  const { NO_COLOR: no = "" } = environment;
  if (no !== "" || stream.isTTY !== true) return (_, text) => text;
  return (colour, text) => styleText(colour, text);
}
