// The smallest ELF shared object (x86-64) that the dynamic loader accepts: one exported function, whose body jumps to
// a given address. Makes bytes; never opens or writes a file. Layout after the ELF-64 object file format and the
// System V gABI, chapters 4 and 5.

const page = 0x1000;
const at = { dynsym: 0x180, dynstr: 0x1c0, hash: 0x280, code: 0x300, codeEnd: 0x400, dynamic: page } as const;
const [PT_LOAD, PT_DYNAMIC, PT_GNU_STACK] = [1, 2, 0x6474e551];
const [R, W, X] = [4, 2, 1];
const [DT_NULL, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT] = [0, 4, 5, 6, 10, 11];
const symbolSize = 24;

/** A shared object that exports `symbol` (at most 180 bytes of ASCII), a function that jumps to `target`. */
export function elfStub(symbol: string, target: bigint): Buffer {
  const dynamic: readonly (readonly [number, number])[] = [
    [DT_HASH, at.hash],
    [DT_STRTAB, at.dynstr],
    [DT_SYMTAB, at.dynsym],
    [DT_STRSZ, symbol.length + 2],
    [DT_SYMENT, symbolSize],
    [DT_NULL, 0],
  ];
  const dynamicBytes = 16 * dynamic.length;
  const bytes = Buffer.alloc(at.dynamic + dynamicBytes);
  writeHeader(bytes, 4);
  writeSegment(bytes, 0, PT_LOAD, R | X, 0, at.codeEnd, page);
  // Writable, because the loader adds its own addresses to the dynamic section.
  writeSegment(bytes, 1, PT_LOAD, R | W, at.dynamic, dynamicBytes, page);
  writeSegment(bytes, 2, PT_DYNAMIC, R | W, at.dynamic, dynamicBytes, 8);
  // Without this header the loader would make the stacks of the whole process executable.
  writeSegment(bytes, 3, PT_GNU_STACK, R | W, 0, 0, 16);
  bytes.write(`\0${symbol}\0`, at.dynstr, "latin1");
  writeSymbol(bytes, at.dynsym + symbolSize);
  // One bucket, whose chain is symbol 1.
  for (const [index, word] of [1, 2, 1, 0, 0].entries()) bytes.writeUInt32LE(word, at.hash + 4 * index);
  bytes.set([0x48, 0xb8], at.code); // movabs rax, target
  bytes.writeBigUInt64LE(target, at.code + 2);
  bytes.set([0xff, 0xe0], at.code + 10); // jmp rax
  for (const [index, [tag, value]] of dynamic.entries()) {
    bytes.writeBigUInt64LE(BigInt(tag), at.dynamic + 16 * index);
    bytes.writeBigUInt64LE(BigInt(value), at.dynamic + 16 * index + 8);
  }
  return bytes;
}

function writeHeader(bytes: Buffer, segments: number): void {
  const [ET_DYN, EM_X86_64, headerSize, segmentSize] = [3, 62, 64, 56];
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0); // magic, 64-bit, little-endian, version 1
  bytes.writeUInt16LE(ET_DYN, 16);
  bytes.writeUInt16LE(EM_X86_64, 18);
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(BigInt(headerSize), 32); // the program headers follow
  bytes.writeUInt16LE(headerSize, 52);
  bytes.writeUInt16LE(segmentSize, 54);
  bytes.writeUInt16LE(segments, 56);
  bytes.writeUInt16LE(64, 58); // size of a section header, of which there are none
}

function writeSegment(
  bytes: Buffer,
  index: number,
  type: number,
  flags: number,
  offset: number,
  size: number,
  align: number,
): void {
  const start = 64 + 56 * index;
  bytes.writeUInt32LE(type, start);
  bytes.writeUInt32LE(flags, start + 4);
  // file offset, virtual address, physical address, size in file, size in memory, alignment
  for (const [field, value] of [offset, offset, offset, size, size, align].entries())
    bytes.writeBigUInt64LE(BigInt(value), start + 8 + 8 * field);
}

function writeSymbol(bytes: Buffer, start: number): void {
  const [globalFunction, anySection] = [0x12, 1];
  bytes.writeUInt32LE(1, start); // name: offset 1 in dynstr
  bytes[start + 4] = globalFunction;
  bytes.writeUInt16LE(anySection, start + 6);
  bytes.writeBigUInt64LE(BigInt(at.code), start + 8);
  bytes.writeBigUInt64LE(12n, start + 16);
}
