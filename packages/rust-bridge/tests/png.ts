// PNG files, written and read without any library of images: colour type 6 (RGBA) out, our own files back in.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** RGBA pixels as a PNG file. Each line is stored as its difference to the line above, which compresses better. */
export function encodePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const line = 4 * width;
  const raw = Buffer.alloc((line + 1) * height);
  for (let y = 0; y < height; y++) {
    raw[y * (line + 1)] = 2;
    for (let x = 0; x < line; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * line + x] ?? 0);
      raw[y * (line + 1) + 1 + x] = (pixels[y * line + x] ?? 0) - above;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const end = Buffer.alloc(0);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 9 })),
    chunk("IEND", end),
  ]);
}

/** What `encodePng` wrote. */
export function decodePng(file: Buffer): { width: number; height: number; pixels: Uint8Array } {
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 8, at + 8 + length);
    const type = file.toString("latin1", at + 4, at + 8);
    if (type === "IHDR") [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
    if (type === "IDAT") data.push(body);
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const line = 4 * width;
  const pixels = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    if (raw[y * (line + 1)] !== 2) throw new Error("not a file of encodePng");
    for (let x = 0; x < line; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * line + x] ?? 0);
      pixels[y * line + x] = (raw[y * (line + 1) + 1 + x] ?? 0) + above;
    }
  }
  return { width, height, pixels };
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(named));
  return Buffer.concat([head, named, tail]);
}
