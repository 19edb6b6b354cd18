// zlib: lengths that go in and come out through a pointer, and a stream whose state is a structure that both sides write.
// node:zlib must understand what comes out.
import { deflateSync, inflateSync } from "node:zlib";
import {
  alloc,
  CPointer,
  char,
  int32,
  load,
  sizeof,
  stringAt,
  struct,
  uint8,
  uint32,
  ulong,
  view,
  voidptr,
} from "@cfunc/core";

// 1. The structure of zlib.h, field by field. The library is the one that this process holds already: `null`. Node exports
//    its zlib, and a second one, loaded by its file name, would call Node's functions with its own structures.
const Stream = struct("z_stream", {
  next_in: CPointer(uint8),
  avail_in: uint32,
  total_in: ulong,
  next_out: CPointer(uint8),
  avail_out: uint32,
  total_out: ulong,
  msg: CPointer(char),
  state: voidptr,
  zalloc: voidptr,
  zfree: voidptr,
  opaque: voidptr,
  data_type: int32,
  adler: ulong,
  reserved: ulong,
});
const zlib = load(
  null,
  {
    zlibVersion: "const char *zlibVersion(void)",
    compressBound: "unsigned long compressBound(unsigned long length)",
    compress: "int compress(uint8_t *to, unsigned long *to_length, const uint8_t *from, unsigned long length)",
    uncompress: "int uncompress(uint8_t *to, unsigned long *to_length, const uint8_t *from, unsigned long length)",
    crc32: "unsigned long crc32(unsigned long crc, const uint8_t *bytes, unsigned int length)",
    zError: "const char *zError(int status)",
    deflateInit_: "int deflateInit_(struct z_stream *s, int level, const char *version, int size)",
    deflate: "int deflate(struct z_stream *s, int flush)",
    deflateEnd: "int deflateEnd(struct z_stream *s)",
  },
  { types: { z_stream: Stream } },
);
const [ok, streamEnd, noFlush, finish] = [0, 1, 0, 4]; // Z_OK, Z_STREAM_END, Z_NO_FLUSH, Z_FINISH
const version = stringAt(zlib.zlibVersion()) ?? "";
const check = (status: number): void => {
  if (status !== ok) throw new Error(stringAt(zlib.zError(status)) ?? "");
};

const text = Buffer.from("the quick brown fox jumps over the lazy dog; ".repeat(200));

// 2. In one call. The length is an out-parameter: a TypedArray of one element says how much room there is, and is told how
//    much was used.
const packed = Buffer.alloc(Number(zlib.compressBound(BigInt(text.length))));
const packedLength = BigUint64Array.of(BigInt(packed.length));
check(zlib.compress(packed, packedLength, text, BigInt(text.length)));
const compressed = packed.subarray(0, Number(packedLength[0]));
console.log(`compress: ${text.length} bytes to less than a tenth:`, compressed.length < text.length / 10);
console.log("node:zlib reads it:", inflateSync(compressed).equals(text));

const unpacked = Buffer.alloc(text.length);
const fromNode = deflateSync(text);
check(zlib.uncompress(unpacked, BigUint64Array.of(BigInt(unpacked.length)), fromNode, BigInt(fromNode.length)));
console.log("uncompress reads what node:zlib wrote:", unpacked.equals(text));

// 3. Mistakes are the library's to tell: a status, and a text for it.
const broken = Buffer.from(compressed);
broken[10] = (broken[10] ?? 0) ^ 0xff;
const failures = [
  zlib.uncompress(unpacked, BigUint64Array.of(10n), compressed, BigInt(compressed.length)),
  zlib.uncompress(unpacked, BigUint64Array.of(BigInt(unpacked.length)), broken, BigInt(broken.length)),
];
console.log("refused:", failures.map((status) => stringAt(zlib.zError(status))).join(", "));

// 4. A stream. zlib keeps pointers from one call to the next, so the memory is native: JavaScript's may move or go away.
function deflateInChunks(input: Uint8Array, inputSize: number, outputSize: number): Buffer {
  using stream = Stream.new({});
  using from = alloc(uint8, inputSize);
  using to = alloc(uint8, outputSize);
  const [fromBytes, toBytes] = [view(from, uint8, inputSize), view(to, uint8, outputSize)];
  check(zlib.deflateInit_(stream, 9, version, sizeof(Stream)));
  const output: Buffer[] = [];
  for (let at = 0; at <= input.length; at += inputSize) {
    const chunk = input.subarray(at, at + inputSize);
    fromBytes.set(chunk);
    stream.next_in = from;
    stream.avail_in = chunk.length;
    const flush = at + inputSize > input.length ? finish : noFlush;
    do {
      stream.next_out = to;
      stream.avail_out = outputSize;
      const status = zlib.deflate(stream, flush);
      if (status !== ok && status !== streamEnd) check(status);
      output.push(Buffer.from(toBytes.subarray(0, outputSize - stream.avail_out)));
    } while (stream.avail_out === 0);
  }
  console.log(
    `stream: ${stream.total_in} bytes in, all of them out again:`,
    stream.total_out === BigInt(Buffer.concat(output).length),
  );
  check(zlib.deflateEnd(stream));
  return Buffer.concat(output);
}
for (const [inputSize, outputSize] of [
  [1000, 16],
  [4096, 4096],
] as const)
  console.log("node:zlib reads it:", inflateSync(deflateInChunks(text, inputSize, outputSize)).equals(text));

// 5. A checksum, with the value that its specification gives for these digits (CRC-32/ISO-HDLC: cbf43926).
console.log("checksum:", zlib.crc32(0n, Buffer.from("123456789"), 9).toString(16));
