// The typed wrappers, against the real library and compiled callbacks.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { alloc, carray, cfunc, closure, float64, load } from "@cfunc/core";
import type { Owned } from "@cfunc/core/ownership";
import { describe, expect, test } from "vitest";
import { bridge, type ProcedureAnswer, type ProcedureRequest } from "../src/index.ts";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";
import { refuses } from "./refuses.ts";

const doubled = cfunc("void(CPointer(double), CPointer(double), intc, intc)", (input, output, m, n) => {
  const a = carray(input, [m, n]);
  const b = carray(output, [m, n]);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) b[i][j] = 2 * a[i][j];
});
const integrand = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t));
const square = cfunc("double(int32)", (i) => i * i);

describe("computeFromRust", () => {
  test("a compiled callback over arrays and typed arrays", () => {
    expect(bridge.computeFromRust(doubled, [1, 2, 3, 4, 5, 6], 3, 2)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(bridge.computeFromRust(doubled, Float64Array.of(-0, Number.NaN), 1, 2)).toEqual([-0, Number.NaN]);
    expect(bridge.computeFromRust(doubled, [], 0, 7)).toEqual([]);
  });

  test("a closure, called synchronously", () => {
    using add = closure("void(CPointer(double), CPointer(double), intc, intc)", (input, output, m, n) => {
      for (let i = 0; i < m * n; i++) output[i] = (input[i] ?? 0) + 0.5;
    });
    expect(bridge.computeFromRust(add, [1, 2], 2, 1)).toEqual([1.5, 2.5]);
  });

  test("refuses what does not fit", () => {
    refuses(
      () => bridge.computeFromRust(doubled, [1, 2, 3], 2, 2),
      "wrong_length",
      "input has 3 elements, 2 x 2 needs 4",
    );
    refuses(() => bridge.computeFromRust(doubled, [], -1, 2), "invalid_argument", "m cannot be negative, got -1");
    refuses(() => bridge.computeFromRust(doubled, [1], 0.5, 2), "invalid_argument", "m must be an integer of 32 bits");
    refuses(
      () => bridge.computeFromRust(integrand, [1], 1, 1),
      "wrong_signature",
      "fn must be void(CPointer(float64), CPointer(float64), int32, int32), got float64(float64)",
    );
    refuses(() => bridge.computeFromRust(null as never, [1], 1, 1), "invalid_argument", "fn must be a native function");
    refuses(
      () => bridge.computeFromRust({ ...doubled, address: 0n, signature: doubled.signature }, [1], 1, 1),
      "null_pointer",
      "null",
    );
  });
});

describe("quad", () => {
  test("the integral of exp(-t)/t^2, as QUADPACK gives it", () => {
    const { result, error, status, evaluations } = bridge.quad(integrand, 1, Infinity);
    expect(result).toBeCloseTo(0.14849550677592205, 15);
    expect(result.toPrecision(15)).toBe("0.148495506775922");
    expect(error / 3.8736750296130505e-10).toBeCloseTo(1, 6);
    expect([status, evaluations]).toEqual([0, 105]);
  });

  test("other integrals, against 30 digits of an arbitrary-precision library", () => {
    const cases = [
      [cfunc("double(double)", (t) => Math.exp(-t) * t ** 1.5), 0, Infinity, 1.329340388179142],
      [cfunc("double(double)", (t) => Math.cos(t * t)), 0, 3, 0.7028635577302687],
      [cfunc("double(double)", (t) => Math.log(t) / (1 + t)), 0, 1, -0.8224670334241132],
      [cfunc("double(double)", (t) => Math.exp(-t * t) * Math.cos(t)), -Infinity, Infinity, 1.380388447043143],
    ] as const;
    for (const [fn, a, b, exact] of cases) {
      const tight = bridge.quad(fn, a, b, { epsabs: 0, epsrel: 1e-12 });
      expect(tight.status, tight.message).toBe(0);
      expect(Math.abs(tight.result - exact)).toBeLessThanOrEqual(Math.max(tight.error, 4e-16));
      expect(bridge.quad(fn, b, a).result).toBeCloseTo(-exact, 8);
    }
  });

  test("user data, as memory and as a pointer", () => {
    const scaled = cfunc("double(double, CPointer(double))", (x, p) => p[0] * x ** p[1]);
    expect(bridge.quad(scaled, 0, 1, { userData: Float64Array.of(3, 2) }).result).toBeCloseTo(1, 14);
    using owned = alloc(float64, 2);
    owned[0] = 4;
    owned[1] = 3;
    expect(bridge.quad(scaled, 0, 1, { userData: owned }).result).toBeCloseTo(1, 14);
  });

  test("a foreign function, and a closure whose error comes through", () => {
    const { cbrt } = load("libm.so.6", { cbrt: "double(double)" });
    expect(bridge.quad(cbrt, 0, 8).result).toBeCloseTo(12, 10);
    using bad = closure("double(double)", () => {
      throw new Error("in the middle");
    });
    expect(() => bridge.quad(bad, 0, 1)).toThrow("in the middle");
  });

  test("says what prevented success", () => {
    const diverges = cfunc("double(double)", (x) => 1 / x);
    const { status, message } = bridge.quad(diverges, 0, 1);
    expect(status).not.toBe(0);
    expect(message).toMatch(/diverge|converge|badly|subdivisions/);
  });

  test("refuses bad ends and tolerances", () => {
    refuses(() => bridge.quad(integrand, Number.NaN, 1), "invalid_argument", "quad: a is NaN");
    refuses(() => bridge.quad(integrand, 1, 2, { epsabs: Number.NaN }), "invalid_argument", "epsabs is NaN, a finite");
    refuses(() => bridge.quad(integrand, 1, 2, { epsrel: Infinity }), "invalid_argument", "epsrel is inf");
    refuses(() => bridge.quad(integrand, 1, 2, { epsabs: -1 }), "invalid_argument", "epsabs is -1");
    refuses(
      () => bridge.quad(integrand, 1, 2, { epsabs: 0, epsrel: 0 }),
      "invalid_argument",
      "epsrel is 0; where epsabs",
    );
    refuses(() => bridge.quad(integrand, "1" as never, 2), "invalid_argument", 'a must be a number, got "1"');
    refuses(
      () => bridge.quad(square, 1, 2),
      "wrong_signature",
      "fn must be float64(float64) or float64(float64, voidptr)",
    );
  });
});

describe("callOnThreads", () => {
  test("every thread gets the whole sum", () => {
    const sum = (999 * 1000 * 1999) / 6;
    expect(bridge.callOnThreads(square, { threads: 4, calls: 1000 })).toEqual([sum, sum, sum, sum]);
    expect(bridge.callOnThreads(square, { threads: 0, calls: 10 })).toEqual([]);
    expect(bridge.callOnThreads(square, { threads: 2, calls: 0 })).toEqual([0, 0]);
  });

  test("refuses closures and silly numbers", () => {
    using fn = closure("double(int32)", (i) => i);
    refuses(() => bridge.callOnThreads(fn, { threads: 2, calls: 1 }), "wrong_thread", "compile it with cfunc");
    refuses(() => bridge.callOnThreads(square, { threads: 5000, calls: 1 }), "invalid_argument", "at most 1024");
    refuses(
      () => bridge.callOnThreads(square, { threads: 1, calls: -1 }),
      "invalid_argument",
      "calls cannot be negative",
    );
  });
});

test("length", () => {
  expect(bridge.length({ x: 1, y: 1, z: 1 })).toBe(1.7320508075688772);
  expect(bridge.length({ x: Infinity, y: 0, z: 0 })).toBe(Infinity);
  refuses(() => bridge.length({ x: 1, y: 2 } as never), "invalid_argument", "z must be a number, got undefined");
});

describe("printing", () => {
  const index = fileURLToPath(new URL("../dist/index.js", import.meta.url));
  const output = (body: string) => {
    const code = `import { bridge } from ${JSON.stringify(index)}; ${body}`;
    return spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  };

  test("goes to standard output at once, each line", () => {
    const { stdout, stderr } = output(
      'bridge.printString("grüß dich 🦀"); bridge.printInt(9); process.kill(process.pid, 9);',
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("grüß dich 🦀\nPython gave us number 9\n");
  });

  test("a standard output that cannot be written is a status", () => {
    const { stdout, stderr } = output(
      'import { closeSync, openSync } from "node:fs"; closeSync(1); openSync("/dev/full", "w");' +
        'try { bridge.printString("x") } catch (error) { process.stderr.write(error.code) }',
    );
    expect([stdout, stderr]).toEqual(["", "output_failed"]);
  });

  test("strings that would arrive changed are refused", () => {
    refuses(() => bridge.printString("a\0b"), "interior_nul", "text has a NUL at index 1");
    refuses(() => bridge.printString("a\ud800"), "lone_surrogate", "half a surrogate pair at index 1");
    refuses(() => bridge.printString(1 as never), "invalid_argument", "text must be a string");
    refuses(() => bridge.printInt(2 ** 31), "invalid_argument", "number must be an integer of 32 bits, got 2147483648");
    refuses(() => bridge.printInt(1.5), "invalid_argument", "got 1.5");
  });
});

const request: ProcedureRequest = { timeout: 10, retries: 3, host_list: ["a", "b"], action: "reboot", job_id: 7 };

describe("startProcedure", () => {
  test("reboot fails on the first host, ping on none", () => {
    using reboot = bridge.startProcedure(request);
    const { result, message, failed_hosts, job_id } = reboot.value;
    expect({ result, message, failed_hosts, job_id }).toEqual({
      ...{ result: "success", message: "1 host failed", failed_hosts: ["a"], job_id: 7 },
    });
    using ping = bridge.startProcedureText(JSON.stringify({ ...request, action: "ping" }));
    expect(ping.value.text).toBe('{"result":"success","message":"all hosts succeeded","failed_hosts":[],"job_id":7}');
    using nobody = bridge.startProcedure({ ...request, host_list: [] });
    expect(nobody.value.failed_hosts).toEqual([]);
  });

  test("any text survives the way there and back", () => {
    const host = 'ß "quoted" \\ \n 🦀 \u2028 \0 end';
    using answer = bridge.startProcedure({ ...request, host_list: [host] });
    expect(answer.value.failed_hosts).toEqual([host]);
  });

  test("bad requests name the place and leave nothing live", () => {
    const before = bridge.liveCount();
    const wrong = (change: object) => () => bridge.startProcedure({ ...request, ...change });
    refuses(wrong({ timeout: 300 }), "field_out_of_range", "/timeout: an integer from 0 to 255 is expected, found 300");
    refuses(
      wrong({ retries: "3" }),
      "wrong_field_type",
      "/retries: an integer from 0 to 255 is expected, found a string",
    );
    refuses(wrong({ timeout: Number.NaN }), "wrong_field_type", "found null");
    refuses(wrong({ job_id: undefined }), "missing_field", "/job_id: the field is missing");
    refuses(wrong({ host_list: ["a", 1] }), "wrong_field_type", "/host_list/1: a string is expected, found 1");
    refuses(wrong({ action: "explode" }), "unknown_action", '/action: there is no action "explode"');
    refuses(wrong({ extra: 1 }), "unknown_field", "/extra: no such field");
    refuses(() => bridge.startProcedureText("{"), "invalid_json", "start_procedure: the request: EOF while parsing");
    refuses(() => bridge.startProcedureText(`{"a":"${"\0"}"}`), "interior_nul", "request has a NUL");
    refuses(wrong({ host_list: ["\ud800"] }), "lone_surrogate", "host_list[0] has half a surrogate");
    expect(bridge.liveCount()).toBe(before);
  });
});

describe("ownership", () => {
  test("counts, lists and ends with the block", () => {
    const [before, bytes, mark] = [bridge.liveCount(), bridge.liveBytes(), bridge.ledgerCheckpoint()];
    {
      using answer = bridge.startProcedure(request);
      expect(bridge.liveCount()).toBe(before + 1);
      expect(bridge.liveSince(mark)).toBe(1);
      const size = answer.value.text.length + 1;
      expect(bridge.liveBytes()).toBe(bytes + size);
      const [first, ...others] = bridge.live(mark);
      expect(first).toMatchObject({ kind: "string", size, made: { site: "start_procedure" } });
      expect(others).toEqual([]);
    }
    expect([bridge.liveCount(), bridge.liveBytes()]).toEqual([before, bytes]);
  });

  test("released once; then by type, by the owner and by the ledger refused", () => {
    const answer: Owned<ProcedureAnswer> = bridge.startProcedure(request);
    const { address } = answer.value;
    answer.release();
    // @ts-expect-error: released
    expect(() => answer.release()).toThrow("the answer of start_procedure was released twice");
    refuses(
      () => bridge.freeMem({ address }),
      "already_released",
      /^free_mem: string #\d+ \(79 bytes, made by start_procedure \(event \d+, thread 1\)\) was already released by free_mem \(event/,
    );
  });

  test("null, unknown and interior pointers", () => {
    refuses(() => bridge.freeMem(null), "null_pointer", "free_mem: the pointer is null");
    refuses(() => bridge.freeMem({ address: 0x1234n }), "unknown_pointer", "0x1234 is not a string that this library");
    using answer = bridge.startProcedure(request);
    refuses(
      () => bridge.freeMem({ address: answer.value.address + 5n }),
      "interior_pointer",
      "5 bytes inside string #",
    );
  });

  test("a double free is caught after fifty other allocations, each of 200 times", () => {
    for (let round = 0; round < 200; round++) {
      const victim: Owned<ProcedureAnswer> = bridge.startProcedure(request);
      const { address } = victim.value;
      victim.release();
      for (let i = 0; i < 50; i++) bridge.startProcedure(request)[Symbol.dispose]();
      refuses(() => bridge.freeMem({ address }), "already_released", "was already released by free_mem");
    }
  });

  test("a borrow keeps the owner from being released", () => {
    using answer = bridge.startProcedure(request);
    using borrowed = answer.borrow();
    expect(borrowed.value.job_id).toBe(7);
    const release = (one: Owned<ProcedureAnswer>) => () => one.release();
    expect(release(answer)).toThrow("is still borrowed");
  });
});

test("a panic is a status, and the library works on", () => {
  refuses(() => bridge.panic("boom"), "panic", /^test_panic: panicked: boom \(crates\/bridge\/src\/testing\.rs:\d+\)$/);
  refuses(() => bridge.panic("ä".repeat(1000)), "panic", /^test_panic: panicked: ä{200,}$/);
  expect(bridge.length({ x: 3, y: 4, z: 0 })).toBe(5);
});

test("Rust itself refuses what the wrappers would have refused", () => {
  const rust = library();
  const out = new Float64Array(4);
  const address = Number(doubled.address);
  const status = (call: Parameters<typeof checked>[0]) => () => checked(call);
  refuses(
    status((s) => rust.bridge_length(null, s)),
    "null_pointer",
    "length: vector is null",
  );
  refuses(
    status((s) => rust.bridge_print_string(null, s)),
    "null_pointer",
    "print_string: text is null",
  );
  refuses(
    status((s) => rust.bridge_print_string(Uint8Array.of(97, 0xc3, 0), s)),
    "invalid_utf8",
    "offset 1",
  );
  refuses(
    status((s) => rust.bridge_compute_from_rust(0, out, out, 2, 2, s)),
    "null_pointer",
    "fn_ptr is null",
  );
  refuses(
    status((s) => rust.bridge_compute_from_rust(address, null, out, 2, 2, s)),
    "null_pointer",
    "input is null",
  );
  refuses(
    status((s) => rust.bridge_compute_from_rust(address, out, out, 2, -2, s)),
    "invalid_argument",
    "n is -2",
  );
  const big = 2 ** 31 - 1;
  refuses(
    status((s) => rust.bridge_compute_from_rust(address, out, out, big, big, s)),
    "invalid_argument",
    "memory can hold",
  );
  const crooked = new DataView(out.buffer, 4, 24);
  refuses(
    status((s) => rust.bridge_length(crooked, s)),
    "misaligned_pointer",
    "vector is not aligned to 8 bytes",
  );
});
