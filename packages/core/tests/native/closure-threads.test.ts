import { describe, expect, it } from "vitest";
import { closure, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";
import { runModule } from "./child.ts";

describe.skipIf(!hasCompiler)("closures called from other threads (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
typedef double many(int8_t, double, uint16_t, float, int64_t, _Bool, uint8_t, int16_t, void *, uint32_t);
typedef int simple(int);
struct job { simple *f; int from, to; long sum; };
static void *run(void *p) {
  struct job *j = p;
  for (int i = j->from; i < j->to; i++) j->sum += j->f(i);
  return 0;
}
/* Starts the threads, and returns only when they are done. */
long on_threads(simple *f, int threads, int each) {
  pthread_t t[64]; struct job j[64]; long sum = 0;
  for (int i = 0; i < threads; i++) { j[i] = (struct job){ f, i * each, (i + 1) * each, 0 }; pthread_create(&t[i], 0, run, &j[i]); }
  for (int i = 0; i < threads; i++) { pthread_join(t[i], 0); sum += j[i].sum; }
  return sum;
}
double call_many(many *f, void *p) { return f(-1, 2.5, 65535, 1.5f, INT64_MIN, 1, 255, -32768, p, 4000000000u); }
/* Returns at once; the thread calls after so many milliseconds. */
struct later { simple *f; int ms, x; int *answer; };
static void *run_later(void *p) {
  struct later l = *(struct later *)p;
  free(p);
  usleep(l.ms * 1000);
  int got = l.f(l.x);
  __atomic_store_n(l.answer, got, __ATOMIC_SEQ_CST);
  return 0;
}
void start(simple *f, int ms, int x, int *answer) {
  struct later *l = malloc(sizeof *l);
  *l = (struct later){ f, ms, x, answer };
  pthread_t t;
  pthread_create(&t, 0, run_later, l);
  pthread_detach(t);
}
void wait_ms(int ms) { usleep(ms * 1000); }
int direct(simple *f, int x) { return f(x); }
struct box { simple *f; int x; int answer; };
static void *run_box(void *p) { struct box *b = p; b->answer = b->f(b->x); return 0; }
/* What nobody could answer if the caller were the closure's thread. */
int joined(simple *f, int x) {
  struct box b = { f, x, -77 }; pthread_t t;
  pthread_create(&t, 0, run_box, &b); pthread_join(t, 0);
  return b.answer;
}`)
    : "";
  const c = hasCompiler
    ? load(path, {
        on_threads: "long(CFunction(int(int)), int, int)",
        call_many:
          "float64(CFunction(float64(int8, float64, uint16, float32, int64, bool, uint8, int16, voidptr, uint32)), voidptr)",
        start: "void(CFunction(int(int)), int, int, CPointer(int))",
        wait_ms: "void(int)",
        direct: "int(CFunction(int(int)), int)",
        joined: "int(CFunction(int(int)), int)",
      })
    : (undefined as never);

  it("run here, in turns, and answer there", async () => {
    let calls = 0;
    using f = closure("int(int)", (x) => {
      calls++;
      return 2 * x;
    });
    expect(await c.on_threads.async(f, 8, 100)).toBe(BigInt(799 * 800));
    expect([calls, f.refusals, f.lastError()]).toEqual([800, 0, undefined]);
  });

  it("get every kind of argument", async () => {
    const seen: unknown[] = [];
    const place = { address: 0x1234_5678_9abcn };
    using f = closure(
      "float64(int8, float64, uint16, float32, int64, bool, uint8, int16, voidptr, uint32)",
      (a, b, c, d, e, f, g, h, p, u) => {
        seen.push(a, b, c, d, e, f, g, h, p.address, u);
        return -0.25;
      },
    );
    expect(await c.call_many.async(f, place)).toBe(-0.25);
    expect(seen).toEqual([-1, 2.5, 65535, 1.5, -(2n ** 63n), true, 255, -32768, place.address, 4_000_000_000]);
  });

  it("are answered after this thread was busy, native calls included", async () => {
    const answer = new Int32Array(new SharedArrayBuffer(4));
    using f = closure("int(int)", (x) => x + 1, { timeout: 200 });
    c.start(f, 5, 41, answer);
    for (let i = 0; i < 40; i++) c.wait_ms(10);
    expect(Atomics.load(answer, 0)).toBe(0);
    await expect.poll(() => Atomics.load(answer, 0)).toBe(42);
    expect(f.refusals).toBe(0);
  });

  it("get the default where this thread waits for that one, and say so", () => {
    let ran = false;
    using f = closure(
      "int(int)",
      (x) => {
        ran = true;
        return x;
      },
      { timeout: 60, onError: { return: -5 } },
    );
    const started = Date.now();
    let answer: number | undefined;
    const call = () => {
      answer = c.joined(f, 3);
    };
    expect(call).toThrow(expect.objectContaining({ code: "CF5030" }));
    expect(Date.now() - started).toBeLessThan(2000);
    expect({ ran, answer, refusals: f.refusals }).toEqual({ ran: false, answer: undefined, refusals: 1 });
    expect(f.lastError()).toMatchObject({ code: "CF5030" });
    using outer = closure("int(int)", (x) => {
      let seen = "";
      try {
        c.joined(f, x);
      } catch (error) {
        seen = (error as { code: string }).code;
      }
      return seen === "CF5030" ? 1 : 0;
    });
    expect(c.direct(outer, 1)).toBe(1);
  });

  it("get the default from a closure that is itself blocked in a call", async () => {
    using inner = closure("int(int)", (x) => x, { timeout: 50, onError: { return: -1 } });
    const codes: unknown[] = [];
    using outer = closure("int(int)", (x) => {
      try {
        return c.joined(inner, x);
      } catch (error) {
        codes.push((error as { code: string }).code);
        return -9;
      }
    });
    expect(await c.joined.async(outer, 4)).toBe(-9);
    expect(codes).toEqual(["CF5030"]);
  });

  it("give up on a closure that runs but stays in a native call", async () => {
    const codes: unknown[] = [];
    using slow = closure(
      "int(int)",
      () => {
        try {
          c.wait_ms(400);
        } catch (error) {
          codes.push((error as { code: string }).code);
        }
        return 1;
      },
      { timeout: 60, onError: { return: -3 } },
    );
    expect(await c.direct.async(slow, 0)).toBe(-3);
    expect([codes, slow.refusals]).toEqual([["CF5030"], 1]);
    expect(await c.direct.async(slow, 0)).toBe(-3);
  });

  it("answer the default after they were disposed of, at whatever time", async () => {
    const answer = new Int32Array(new SharedArrayBuffer(4));
    const f = closure("int(int)", (x) => x, { onError: { return: 77 } });
    c.start(f, 30, 1, answer);
    f.dispose();
    await expect.poll(() => Atomics.load(answer, 0)).toBe(77);
    expect([f.refusals, (f.lastError() as { code: string }).code]).toEqual([1, "CF5003"]);
    const g = closure("int(int)", (x) => x, { onError: { return: 78 } });
    c.start(g, 0, 1, answer);
    c.wait_ms(50);
    // The request is in the queue by now.
    g.dispose();
    await expect.poll(() => Atomics.load(answer, 0)).toBe(78);
    expect(g.refusals).toBe(1);
  });

  it("may be disposed of while they run, and may run inside themselves", async () => {
    const f = closure("int(int)", (x) => {
      f.dispose();
      return x + 1;
    });
    expect(await c.direct.async(f, 1)).toBe(2);
    expect(await c.direct.async(f, 1)).toBe(0);
    const g = closure("int(int)", (x) => {
      g.dispose();
      return x + 1;
    });
    expect(c.direct(g, 1)).toBe(2);
    using h = closure("int(int)", (x: number): number => (x === 0 ? 0 : x + c.direct(h as never, x - 1)));
    expect([await c.direct.async(h, 50), c.direct(h, 50)]).toEqual([1275, 1275]);
  });

  it("are uncaught where they throw for a thread that nobody here waits for", () => {
    const { status, stdout, stderr } = runModule("./closure-uncaught.ts", import.meta.url);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "uncaught: for nobody\n0\n", stderr: "" });
  });
});

describe("options", () => {
  it.each([0, -1, Number.NaN, "1", 2 ** 40])("refuses the timeout %s", (timeout) => {
    expect(() => closure("int(int)", (x) => x, { timeout: timeout as never })).toThrow(
      expect.objectContaining({ code: "CF5061" }),
    );
  });

  it("refuses a default that is not of the result's type", () => {
    expect(() => closure("int(int)", (x) => x, { onError: { return: "x" as never } })).toThrow(/option `onError`/);
    expect(() => closure("int64(int)", () => 1n, { onError: { return: 1 as never } })).toThrow(
      expect.objectContaining({ code: "CF5031" }),
    );
  });
});
