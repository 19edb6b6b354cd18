import { describe, expect, it } from "vitest";
import { addressOf, load, memory } from "../../src/native/index.ts";

describe("memory", () => {
  it("is zeroed, aligned and shared with native code", () => {
    for (const align of [1, 16, 64, 4096]) {
      const address = memory.allocate(100, align);
      expect(address % BigInt(align)).toBe(0n);
      const bytes = new Uint8Array(memory.view(address, 100));
      expect(bytes.every((byte) => byte === 0)).toBe(true);
      bytes.set(new TextEncoder().encode("héllo"));
      expect(memory.readText(address)).toBe("héllo");
      expect(load(null, { strlen: "size_t(voidptr)" }).strlen({ address } as never)).toBe(6);
      memory.free(address);
    }
  });

  it("can be viewed many times", () => {
    const address = memory.allocate(64);
    const [a, b] = [new Uint8Array(memory.view(address, 64)), new Uint8Array(memory.view(address, 64))];
    for (let i = 0; i < 10_000; i++) memory.view(address, 64);
    a[5] = 99;
    expect(b[5]).toBe(99);
    expect(addressOf(a)).toBe(address);
    expect(addressOf(b.buffer)).toBe(address);
    memory.free(address);
  });

  it.each([
    [
      "freed twice",
      () => {
        const address = memory.allocate(8);
        memory.free(address);
        memory.free(address);
      },
    ],
    ["never allocated", () => memory.free(4096n)],
    ["a negative size", () => memory.allocate(-1)],
    ["an odd alignment", () => memory.allocate(8, 3)],
    ["more than there is", () => memory.allocate(2 ** 50)],
    ["a view of null", () => memory.view(0n, 8)],
    ["a view of a negative size", () => memory.view(4096n, -8)],
  ])("refuses %s", (_, run) => expect(run).toThrow(expect.objectContaining({ code: "CF5050" })));

  it("can be taken away from a view", () => {
    const address = memory.allocate(16);
    const buffer = memory.view(address, 16);
    const bytes = new Uint8Array(buffer);
    memory.detach(buffer);
    expect([buffer.byteLength, bytes.length, bytes[0]]).toEqual([0, 0, undefined]);
    expect(new Uint8Array(memory.view(address, 16))).toHaveLength(16);
    memory.free(address);
  });

  it("reads null as null", () => expect(memory.readText(0n)).toBeNull());
});

describe("addressOf", () => {
  it("agrees for a buffer and its views, small ones included", () => {
    const small = new Int8Array([1, 2, 3, 4]);
    const address = addressOf(small);
    expect([...new Int8Array(memory.view(address, 4))]).toEqual([1, 2, 3, 4]);
    expect(addressOf(small.buffer)).toBe(address);
    expect(addressOf(small.subarray(2))).toBe(address + 2n);
    expect(addressOf(new DataView(small.buffer, 3))).toBe(address + 3n);
    const shared = new SharedArrayBuffer(8);
    new Uint8Array(shared)[0] = 7;
    expect(new Uint8Array(memory.view(addressOf(shared), 1))[0]).toBe(7);
  });

  it("refuses what has no bytes", () => expect(() => addressOf([1] as never)).toThrow(/addressOf takes/));
});
