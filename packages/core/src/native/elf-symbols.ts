// The names of the functions a shared object exports, read from its file: only to suggest a name when one is missing.
// Gives nothing rather than an error for a file it does not understand. After the ELF-64 object file format.
import { readFileSync } from "node:fs";

const dynamicSymbols = 11;
const [sectionHeaderSize, symbolSize] = [64, 24];

/** Names of defined dynamic symbols; empty if the file cannot be read as ELF-64. */
export function exportedNames(path: string): string[] {
  try {
    return readNames(readFileSync(path));
  } catch {
    return [];
  }
}

function readNames(file: Buffer): string[] {
  if (file.toString("latin1", 0, 4) !== "\x7fELF" || file[4] !== 2) return [];
  const headers = Number(file.readBigUInt64LE(0x28));
  const count = file.readUInt16LE(0x3c);
  const section = (index: number) => {
    const start = headers + index * sectionHeaderSize;
    return {
      type: file.readUInt32LE(start + 4),
      offset: Number(file.readBigUInt64LE(start + 24)),
      size: Number(file.readBigUInt64LE(start + 32)),
      link: file.readUInt32LE(start + 40),
    };
  };
  for (let i = 0; i < count; i++) {
    const symbols = section(i);
    if (symbols.type !== dynamicSymbols) continue;
    const strings = section(symbols.link);
    const names: string[] = [];
    for (let at = symbols.offset; at < symbols.offset + symbols.size; at += symbolSize) {
      const defined = file.readUInt16LE(at + 6) !== 0;
      const start = strings.offset + file.readUInt32LE(at);
      if (defined) names.push(file.toString("latin1", start, file.indexOf(0, start)));
    }
    return names;
  }
  return [];
}
