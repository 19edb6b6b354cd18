// The Rust bridge through ctypes, with callbacks both ways: JavaScript closures and compiled functions.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cfunc } from "@cfunc/core";
import { libraryPath } from "@cfunc/rust-bridge";
import contract from "@cfunc/rust-bridge/contract.json" with { type: "json" };
import { describe, expect, it, vi } from "vitest";
import * as all from "../src/index.ts";

// Other processes are started, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const { b, byref, CDLL, CFUNCTYPE, c_char, c_char_p, c_double, c_int, c_size_t, c_uint32, c_uint64, c_void_p } = all;
const { cast, POINTER, pointer, string_at, struct } = all;

const bridge = new CDLL(libraryPath);

/** The address that the bridge's `fn_ptr: usize` wants. */
const addressOf = (f: all.CData): bigint => cast(f, c_void_p).value ?? 0n;

class Vector3 extends struct({ x: c_double, y: c_double, z: c_double }) {}
class QuadResult extends struct({ result: c_double, error: c_double, evaluations: c_int, status: c_int }) {}
class Status extends struct({ code: c_int, message_length: c_uint32, message: c_char.mul(504) }) {}

const doubles = POINTER(c_double);
const integral = 0.148495506775922;

bridge.quad.argtypes = [c_size_t, c_void_p, c_double, c_double, c_double, c_double, POINTER(QuadResult)];

function quad(f: all.CData, from: number, to: number, userData: all.CData | null = null): QuadResult {
  const out = new QuadResult();
  const data = userData === null ? null : byref(userData);
  expect(bridge.quad(addressOf(f), data, from, to, 1.49e-8, 1.49e-8, out)).toBe(0);
  return out;
}

/** What can be an argument and a result. */
type Crossing = NonNullable<typeof bridge.quad.argtypes>[number] & all.CDataType;

describe("the bridge", () => {
  it("length: a structure by pointer", () => {
    bridge.length.argtypes = [POINTER(Vector3)];
    bridge.length.restype = c_double;
    expect(bridge.length(new Vector3(1, 1, 1))).toBe(Math.sqrt(3));
    expect(bridge.length(byref(new Vector3(3, -4)))).toBe(5);
    expect(bridge.length(pointer(new Vector3({ z: 2 })))).toBe(2);
    expect(bridge.length(null)).toBeNaN();
    expect(() => bridge.length(5)).toThrow("expected LP_Vector3 instance instead of int");
  });

  it("quad: JavaScript closures, compiled functions, user data", () => {
    const Integrand = CFUNCTYPE(c_double, c_double);
    const closure = quad(
      Integrand((t) => Math.exp(-t) / (t * t)),
      1,
      Number.POSITIVE_INFINITY,
    );
    expect(closure.result).toBeCloseTo(integral, 12);
    expect(closure.error).toBeLessThan(1e-8);
    expect(closure.status).toBe(0);

    const compiled = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t));
    const native = quad(compiled.ctypes, 1, Number.POSITIVE_INFINITY);
    expect(native.result).toBeCloseTo(integral, 12);
    expect(native.evaluations).toBe(closure.evaluations);

    const WithData = CFUNCTYPE(c_double, c_double, doubles);
    const power = WithData((x, exponent) => x ** (exponent[0] ?? 0));
    expect(quad(power, 0, 1, c_double(4)).result).toBeCloseTo(0.2, 12);
    const compiledPower = cfunc("float64(float64, CPointer(float64))", (x, exponent) => x ** exponent[0]);
    expect(quad(compiledPower.ctypes, 0, 1, c_double(4)).result).toBeCloseTo(0.2, 12);
  });

  it("quad: bad tolerances give a status and a message", () => {
    const status = new Status();
    const out = new QuadResult();
    const f = CFUNCTYPE(c_double, c_double)((x) => x);
    bridge.bridge_quad.argtypes = [...(bridge.quad.argtypes ?? []), POINTER(Status)];
    expect(bridge.bridge_quad(addressOf(f), null, 0, 1, Number.NaN, 1e-8, out, status)).toBe(3);
    expect(status.code).toBe(3);
    expect(status.message.toString()).toContain("epsabs");
    expect(status.message.length).toBe(status.message_length);
    expect(out.status).toBe(6);
  });

  it("compute_from_rust: compiled and JavaScript callbacks on the caller's arrays", () => {
    bridge.compute_from_rust.argtypes = [c_size_t, doubles, doubles, c_int, c_int];
    const compiled = cfunc("void(CPointer(double), CPointer(double), intc, intc)", (input, output, m, n) => {
      for (let i = 0; i < m * n; i++) output[i] = 2 * input[i];
    });
    const input = c_double.mul(6)(1, 2, 3, 4, 5, 6);
    const output = c_double.mul(6)();
    expect(bridge.compute_from_rust(addressOf(compiled.ctypes), input, output, 3, 2)).toBe(0);
    expect([...output]).toEqual([2, 4, 6, 8, 10, 12]);

    const Matrix = CFUNCTYPE(null, doubles, doubles, c_int, c_int);
    const closure = Matrix((from, to, m, n) => {
      for (let i = 0; i < m * n; i++) to[i] = 3 * (from[i] ?? 0);
    });
    expect(bridge.compute_from_rust(addressOf(closure), input, output, 2, 3)).toBe(0);
    expect([...output]).toEqual([3, 6, 9, 12, 15, 18]);
    const shared = Float64Array.of(0.5, 1.5);
    const view = c_double.mul(2).from_buffer(shared);
    expect(bridge.compute_from_rust(addressOf(closure), view, view, 1, 2)).toBe(0);
    expect([...shared]).toEqual([1.5, 4.5]);
  });

  it("call_on_threads: a compiled function from four threads", () => {
    bridge.call_on_threads.argtypes = [c_size_t, c_int, c_int, doubles];
    const half = cfunc("float64(int32)", (i) => i / 2);
    const sums = c_double.mul(4)();
    expect(bridge.call_on_threads(addressOf(half.ctypes), 4, 1000, sums)).toBe(0);
    expect([...sums]).toEqual(Array(4).fill((999 * 1000) / 4));
  });

  it("start_procedure: an owned string, released once", () => {
    bridge.start_procedure.argtypes = [c_char_p];
    // A plain c_char_p would be copied, and its address lost.
    bridge.start_procedure.restype = POINTER(c_char);
    bridge.free_mem.argtypes = [POINTER(c_char)];
    bridge.bridge_live_count.restype = c_uint64;
    const before = bridge.bridge_live_count();
    const request = { timeout: 5, retries: 1, host_list: ["a", "b"], action: "reboot", job_id: -7 };
    const answer = bridge.start_procedure(Buffer.from(JSON.stringify(request))) as all.Pointer<typeof c_char>;
    const text = string_at(answer).toString();
    expect(JSON.parse(text)).toEqual({ result: "success", message: "1 host failed", failed_hosts: ["a"], job_id: -7 });
    expect(bridge.bridge_live_count()).toBe((before as bigint) + 1n);
    expect(bridge.free_mem(answer)).toBe(0);
    expect(bridge.free_mem(answer)).toBe(8);
    expect(bridge.bridge_live_count()).toBe(before);
    const status = new Status();
    expect(bridge.bridge_free_mem(answer, byref(status))).toBe(8);
    expect(status.message.toString()).toMatch(/released/);
    expect(bridge.free_mem(null)).toBe(1);
  });

  it("the ledger's questions, and a panic that becomes a status", () => {
    for (const name of ["bridge_ledger_checkpoint", "bridge_live_since", "bridge_live_bytes"] as const)
      bridge[name].restype = c_uint64;
    bridge.bridge_live_since.argtypes = [c_uint64];
    const checkpoint = bridge.bridge_ledger_checkpoint() as bigint;
    bridge.ledger_live.restype = POINTER(c_char);
    bridge.ledger_live.argtypes = [c_uint64];
    const list = bridge.ledger_live(checkpoint) as all.Pointer<typeof c_char>;
    expect(JSON.parse(string_at(list).toString())).toEqual([]);
    expect(bridge.bridge_live_since(checkpoint)).toBe(1n);
    expect(bridge.bridge_live_bytes()).toBeGreaterThan(0n);
    expect(bridge.free_mem(list)).toBe(0);
    expect(bridge.bridge_ledger_flush()).toBe(0);
    const status = new Status();
    expect(bridge.bridge_test_panic(b`on purpose`, byref(status))).toBe(90);
    expect(bridge.test_panic(b`on purpose`)).toBe(90);
    expect(status.message.toString()).toContain("on purpose");
  });

  it("print_string and print_int, on standard output", () => {
    const script = fileURLToPath(new URL("fixtures/print.ts", import.meta.url));
    const tsx = import.meta.resolve("tsx");
    const run = spawnSync(process.execPath, ["--import", tsx, script], { encoding: "utf8" });
    expect(run.stdout).toBe("hello from ctypes\nPython gave us number 42\n0 0\n");
    expect(run.status).toBe(0);
  });

  it("gives back numbers of every width", () => {
    const types: Readonly<Record<string, readonly [Crossing, number | bigint]>> = {
      identity_int8: [all.c_int8, -128],
      identity_int16: [all.c_int16, -32768],
      identity_int32: [all.c_int32, 2 ** 31 - 1],
      identity_int64: [all.c_int64, -(2n ** 63n)],
      identity_uint8: [all.c_uint8, 255],
      identity_uint16: [all.c_uint16, 65535],
      identity_uint32: [c_uint32, 2 ** 32 - 1],
      identity_uint64: [c_uint64, 2n ** 64n - 1n],
      identity_float32: [all.c_float, 0.5],
      identity_float64: [c_double, -0.1],
    };
    for (const [name, [type, value]] of Object.entries(types)) {
      const identity = bridge[name];
      identity.argtypes = [type];
      identity.restype = type;
      expect(identity(value), name).toBe(value);
    }
    bridge.double.argtypes = [c_int];
    expect(bridge.double(9)).toBe(18);
  });

  it("finds every symbol of the contract", () => {
    const symbols = contract.functions.flatMap(({ symbols }) => Object.values(symbols));
    expect(symbols.length).toBeGreaterThan(100);
    for (const symbol of symbols) expect(typeof bridge[symbol], symbol).toBe("function");
    expect(() => bridge.no_such_function).toThrow(/no_such_function/);
  });
});
