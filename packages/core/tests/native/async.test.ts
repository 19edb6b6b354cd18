import { constants } from "node:os";
import { describe, expect, expectTypeOf, it } from "vitest";
import { alloc, as, cfunc, float64, int32, struct } from "../../src/index.ts";
import { closure, libraryOf, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";
import { runModule } from "./child.ts";

describe.skipIf(!hasCompiler)("asynchronous calls (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#define SAME(T, name) T same_##name(T x) { usleep(1000); return x; }
SAME(_Bool, bool) SAME(int8_t, int8) SAME(uint16_t, uint16) SAME(int32_t, int32) SAME(uint32_t, uint32)
SAME(int64_t, int64) SAME(uint64_t, uint64) SAME(size_t, size_t) SAME(float, float32) SAME(double, float64) SAME(void *, voidptr)
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static int waiting;
/* Returns only when as many threads are here: calls that ran one after another would wait for ever. */
int meet(int n) {
  pthread_mutex_lock(&lock);
  waiting++;
  pthread_cond_broadcast(&arrived);
  while (waiting < n) pthread_cond_wait(&arrived, &lock);
  pthread_mutex_unlock(&lock);
  return waiting;
}
uint64_t self(void) { return (uint64_t)pthread_self(); }
int length(const char *s) { usleep(2000); return (int)strlen(s); }
int fill(int32_t *to, size_t n, int32_t with) { usleep(2000); for (size_t i = 0; i < n; i++) to[i] = with + (int32_t)i; return (int)n; }
double sum(const double *p, size_t n) { usleep(2000); double s = 0; for (size_t i = 0; i < n; i++) s += p[i]; return s; }
const char *find(const char *s, int c) { return strchr(s, c); }
int set(int value) { usleep(1000); errno = value; return value; }
void nothing(void) {}
double call(double (*f)(double), double x) { return f(x) + 0.5; }
int late(int ms) { usleep(ms * 1000); return ms; }
struct Point { double x; double y; };
void move(struct Point *p, double by) { usleep(2000); p->x += by; p->y -= by; }`)
    : "";

  it("gives what the synchronous call gives, for every scalar", async () => {
    const f = load(path, {
      same_bool: "bool(bool)",
      same_int8: "int8(int8)",
      same_uint16: "uint16(uint16)",
      same_int32: "int32(int32)",
      same_uint32: "uint32(uint32)",
      same_int64: "int64(int64)",
      same_uint64: "uint64(uint64)",
      same_size_t: "size_t(size_t)",
      same_float32: "float32(float32)",
      same_float64: "float64(float64)",
      same_voidptr: "voidptr(voidptr)",
      nothing: "void()",
    });
    const place = alloc(int32);
    expect(
      await Promise.all([
        ...[f.same_bool.async(true), f.same_int8.async(-128), f.same_uint16.async(65535)],
        ...[f.same_int32.async(-(2 ** 31)), f.same_uint32.async(2 ** 32 - 1)],
        ...[f.same_int64.async(-(2n ** 63n)), f.same_uint64.async(2n ** 64n - 1n), f.same_size_t.async(2 ** 53 - 1)],
        ...[f.same_float32.async(1.5), f.same_float64.async(-0.1), f.nothing.async()],
        f.same_voidptr.async(place).then((p) => p?.address === place.address),
        f.same_voidptr.async(null),
      ]),
    ).toEqual([
      ...[true, -128, 65535, -(2 ** 31), 2 ** 32 - 1, -(2n ** 63n), 2n ** 64n - 1n, 2 ** 53 - 1, 1.5, -0.1, undefined],
      ...[true, null],
    ]);
    expectTypeOf(f.same_int64.async).returns.toEqualTypeOf<Promise<bigint>>();
    expectTypeOf(f.same_int8.async).parameters.toEqualTypeOf<[number]>();
  });

  it("runs several at once, none of them on this thread, and leaves this one free", async () => {
    const { meet, self } = load(path, { meet: "int(int)", self: "uint64()" });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const met = await Promise.all(Array.from({ length: 20 }, () => meet.async(20)));
    expect(met).toEqual(new Array(20).fill(20));
    const { late } = load(path, { late: "int(int)" });
    expect(await late.async(30)).toBe(30);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    expect(await self.async()).not.toBe(self());
  });

  it("queues what is too much at once", async () => {
    const { same_int32 } = load(path, { same_int32: "int32(int32)" });
    const all = await Promise.all(Array.from({ length: 500 }, (_, i) => same_int32.async(i)));
    expect(all).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it("copies strings and buffers in, and back where C may write", async () => {
    const f = load(path, {
      length: "int(const char *)",
      fill: "int(CPointer(int32), size_t, int32)",
      sum: "float64(CPointer(const float64), size_t)",
    });
    expect(await f.length.async("naïve ☃")).toBe(new TextEncoder().encode("naïve ☃").length);
    expect(await f.length.async("x".repeat(100_000))).toBe(100_000);
    const all = new Int32Array(10);
    const [low, high] = [all.subarray(0, 5), all.subarray(5)];
    await Promise.all([f.fill.async(low, 5, 100), f.fill.async(high, 5, 200)]);
    expect([...all]).toEqual([100, 101, 102, 103, 104, 200, 201, 202, 203, 204]);
    const numbers = Float64Array.of(1, 2, 4);
    const pending = f.sum.async(numbers, 3);
    numbers.fill(0);
    expect(await pending).toBe(7);
    expect(await Promise.all([f.sum.async(numbers, 3), f.sum.async(numbers, 3)])).toEqual([0, 0]);
    expect(await f.fill.async(new Int32Array(0), 0, 1)).toBe(0);
  });

  it("does not let two calls write to one buffer", async () => {
    const { fill } = load(path, { fill: "int(CPointer(int32), size_t, int32)" });
    const data = new Int32Array(4);
    const first = fill.async(data, 4, 1);
    await expect(fill.async(data.subarray(2), 2, 7)).rejects.toThrow(
      /fill: argument 1 is in use by an asynchronous call/,
    );
    await first;
    expect([...data]).toEqual([1, 2, 3, 4]);
    await fill.async(data.subarray(2), 2, 7);
    expect([...data]).toEqual([1, 2, 7, 8]);
  });

  it("passes native memory as it is, and keeps it from being released", async () => {
    const Point = struct("Point", { x: float64, y: float64 });
    const f = load(
      path,
      { fill: "int(CPointer(int32), size_t, int32)", move: "void(CPointer(Point), float64)" },
      { types: { Point } },
    );
    const memory = alloc(int32, 6);
    const both = [f.fill.async(memory, 3, 10), f.fill.async(memory.add(3), 3, 20)];
    expect(() => memory.release()).toThrow(/alloc\(int32, 6\).* is in use by an asynchronous call of fill/);
    await Promise.all(both);
    expect(Array.from({ length: 6 }, (_, i) => memory[i])).toEqual([10, 11, 12, 20, 21, 22]);
    memory.release();
    await expect(f.fill.async(memory, 1, 1)).rejects.toThrow(expect.objectContaining({ code: "CF5502" }));
    using point = Point.new({ x: 1, y: 2 });
    const moving = f.move.async(point as never, 10);
    expect(() => point.release()).toThrow(expect.objectContaining({ code: "CF5509" }));
    await moving;
    expect([point.x, point.y]).toEqual([11, -8]);
  });

  it("refuses a result that points into a copy", async () => {
    const { find } = load(path, { find: "CPointer(const char)(const char *, int)" });
    await expect(find.async("abc", 98)).rejects.toThrow(/find returned a pointer into an argument, which was copied/);
    expect(await find.async("abc", 120)).toBeNull();
  });

  it("rejects what is wrong, and throws nothing", async () => {
    const { fill, length } = load(path, { fill: "int(CPointer(int32), size_t, int32)", length: "int(const char *)" });
    const [f, l] = [fill.async, length.async] as ((...args: unknown[]) => Promise<unknown>)[];
    const code = async (promise: Promise<unknown> | undefined) => {
      try {
        await promise;
        return "none";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const shared = new Int32Array(new SharedArrayBuffer(8));
    expect(
      await Promise.all([
        ...[code(f?.()), code(f?.(null, 1.5, 0)), code(f?.(null, 0, 2 ** 31)), code(f?.(new Float64Array(1), 0, 0))],
        ...[code(l?.("a\0b")), code(l?.("\ud800")), code(l?.(3)), code(f?.(shared, 2, 0))],
      ]),
    ).toEqual(["CF5010", "CF5012", "CF5012", "CF5011", "CF5013", "CF5016", "CF5011", "CF5011"]);
  });

  it("tells errno with the value", async () => {
    const { set } = load(path, { set: "int(int)" }, { errno: true });
    const all = await Promise.all([set.async(5), set.async(7), set.async(0)]);
    expect(all).toEqual([5, 7, 0].map((n) => ({ value: n, errno: n })));
    const c = load(null, { open: "int(const char *, int, ...)" }, { errno: true });
    expect(await c.open.async("/no/such/file", 0, as(int32, 0))).toEqual({ value: -1, errno: constants.errno.ENOENT });
  });

  it("chooses overloads", async () => {
    const { same } = load(path, { same: { same_int32: "int32(int32)", same_int64: "int64(int64)" } });
    const [number, bigint] = [await same.async(4), await same.async(4n)];
    expect([number, bigint]).toEqual([4, 4n]);
    expectTypeOf(number).toEqualTypeOf<number>();
    expectTypeOf(bigint).toEqualTypeOf<bigint>();
    await expect((same.async as (x: unknown) => Promise<unknown>)("x")).rejects.toThrow(/no overload/);
  });

  it("runs compiled callbacks there and closures here", async () => {
    const { call } = load(path, { call: "float64(CFunction(float64(float64)), float64)" });
    const square = cfunc("float64(float64)", (x) => x * x);
    expect(await call.async(square, 3)).toBe(9.5);
    const seen: number[] = [];
    using f = closure("float64(float64)", (x) => {
      seen.push(x);
      return 2 * x;
    });
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => call.async(f, i)));
    expect(all).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i + 0.5));
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("rejects with what a closure threw under it, and with nobody else's", async () => {
    const { call } = load(path, { call: "float64(CFunction(float64(float64)), float64)" });
    using f = closure("float64(float64)", (x) => {
      if (x < 0) throw new RangeError(`not ${x}`);
      return x;
    });
    const results = await Promise.allSettled([
      call.async(f, 1),
      call.async(f, -1),
      call.async(f, 2),
      call.async(f, -2),
    ]);
    expect(results.map((r) => (r.status === "fulfilled" ? r.value : String(r.reason)))).toEqual([
      ...[1.5, "RangeError: not -1"],
      ...[2.5, "RangeError: not -2"],
    ]);
  });

  it("keeps code and library until the calls are over", async () => {
    const library = load(path, { late: "int(int)", call: "float64(CFunction(float64(float64)), float64)" });
    const slow = library.late.async(30);
    libraryOf(library)?.close();
    await expect(library.late.async(1)).rejects.toThrow(expect.objectContaining({ code: "CF5003" }));
    expect(await slow).toBe(30);
    const { call } = load(path, { call: "float64(CFunction(float64(float64)), float64)" });
    const f = cfunc("float64(float64)", (x) => x + 1);
    const pending = call.async(f, 1);
    f.dispose();
    expect(await pending).toBe(2.5);
  });
});

describe("processes", () => {
  it.each(["exit", "end", "kept", "closure-exit"])("ends without a crash and without waiting: %s", (how) => {
    const started = Date.now();
    const { status, stdout, stderr } = runModule("./async-exit.ts", import.meta.url, { args: [how] });
    expect({ status, stderr }).toEqual({ status: how === "exit" || how === "closure-exit" ? 3 : 0, stderr: "" });
    expect(stdout).toBe(how === "kept" ? "0\n" : how === "end" ? "" : "leaving\n");
    expect(Date.now() - started).toBeLessThan(9000);
  });
});
