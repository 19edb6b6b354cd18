/* The C interface of libcfunc_bridge.so. Generated from its contract; do not edit.
 *
 * Every function has a plain symbol and a twin `bridge_<name>`, which reports through its last parameter, a
 * `bridge_status *` of the caller's (or NULL). What a failed call gives, its comment says.
 */
#ifndef CFUNC_BRIDGE_H
#define CFUNC_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The codes of `bridge_status`, and of functions that return a status. */
enum bridge_code {
  /** The call succeeded. */
  BRIDGE_OK = 0,
  /** A pointer that must not be null is null. */
  BRIDGE_NULL_POINTER = 1,
  /** A pointer is not a multiple of its type's alignment. */
  BRIDGE_MISALIGNED_POINTER = 2,
  /** A value is outside what the function accepts. */
  BRIDGE_INVALID_ARGUMENT = 3,
  /** A string is not UTF-8. */
  BRIDGE_INVALID_UTF8 = 4,
  /** A pointer was never handed out by this library. */
  BRIDGE_UNKNOWN_POINTER = 5,
  /** A pointer points inside an allocation, not at its first byte. */
  BRIDGE_INTERIOR_POINTER = 6,
  /** A pointer is to an allocation of another kind. */
  BRIDGE_WRONG_KIND = 7,
  /** The allocation was released before. */
  BRIDGE_ALREADY_RELEASED = 8,
  /** A thread could not be started. */
  BRIDGE_NO_THREAD = 9,
  /** Writing to standard output failed. */
  BRIDGE_OUTPUT_FAILED = 10,
  /** A request is not JSON. */
  BRIDGE_INVALID_JSON = 20,
  /** A request lacks a field. */
  BRIDGE_MISSING_FIELD = 21,
  /** A request has a field that nobody asked for. */
  BRIDGE_UNKNOWN_FIELD = 22,
  /** A field of a request has the wrong JSON type. */
  BRIDGE_WRONG_FIELD_TYPE = 23,
  /** A number in a request does not fit its type. */
  BRIDGE_FIELD_OUT_OF_RANGE = 24,
  /** A request names an action that does not exist. */
  BRIDGE_UNKNOWN_ACTION = 25,
  /** The function panicked: a bug in the library, contained. */
  BRIDGE_PANIC = 90,
};

/** A vector in space. */
typedef struct Vector3 {
  /** First coordinate. */
  double x;
  /** Second coordinate. */
  double y;
  /** Third coordinate. */
  double z;
} Vector3;

/** How a call ended. The caller owns it and passes its address; the function fills it in whatever happens. */
typedef struct bridge_status {
  /** 0, or the code of what went wrong. */
  int32_t code;
  /** Bytes in the message, without the NUL. */
  uint32_t message_length;
  /** UTF-8, NUL-terminated, empty on success; cut at a character boundary where it is too long. */
  char message[504];
} bridge_status;

/** What `quad` found. */
typedef struct quad_result {
  /** The integral. */
  double result;
  /** An estimate of the absolute error, usually far too large. */
  double error;
  /** How often the integrand was called. */
  int32_t evaluations;
  /**
   * 0 where the tolerance was met, else as QUADPACK's `ier`: 1 too many subdivisions, 2 rounding errors,
   * 3 the integrand behaves badly at some point, 4 the extrapolation does not converge, 5 the integral is
   * probably divergent, 6 the arguments are invalid.
   */
  int32_t status;
} quad_result;

/**
 * Calls a `double(int32_t)` from `n_threads` native threads at once. Each thread passes 0, 1, ... `n_calls - 1`;
 * `out[t]` becomes the sum of what thread `t` got. At most 1024 threads.
 * `fn_ptr` is the address of a `double (*)(int32_t)`, called from several threads at once.
 * On failure: the status code.
 */
int32_t call_on_threads(size_t fn_ptr, int32_t n_threads, int32_t n_calls, double *out);
int32_t bridge_call_on_threads(size_t fn_ptr, int32_t n_threads, int32_t n_calls, double *out, bridge_status *status);

/**
 * Turns an address into a C function `void(double *input, double *output, int m, int n)` and calls it once on the
 * caller's buffers of `m * n` elements. The buffers may overlap.
 * `fn_ptr` is the address of a `void (*)(double *, double *, int32_t, int32_t)`.
 * On failure: the status code.
 */
int32_t compute_from_rust(size_t fn_ptr, const double *input, double *output, int32_t m, int32_t n);
int32_t bridge_compute_from_rust(size_t fn_ptr, const double *input, double *output, int32_t m, int32_t n, bridge_status *status);

/**
 * The Euclidean length of a vector. Does not overflow where the length itself does not.
 * On failure: NaN.
 */
double length(const Vector3 *vector);
double bridge_length(const Vector3 *vector, bridge_status *status);

/**
 * A mark in the order of allocations, for `bridge_live_since` and `ledger_live`. 0 is before everything.
 * On failure: 2^64 - 1.
 */
uint64_t bridge_ledger_checkpoint(void);

/**
 * Gives the memory of released allocations, which is held back so that a second release is noticed, to the
 * allocator at once. For leak checkers that look at the process's end.
 * On failure: the status code.
 */
int32_t bridge_ledger_flush(void);

/**
 * The live allocations made after a checkpoint, oldest first, as a JSON array of
 * `{id, kind, size, made: {site, sequence, thread}}`. The answer itself is not in the list.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *ledger_live(uint64_t checkpoint);
char *bridge_ledger_live(uint64_t checkpoint, bridge_status *status);

/**
 * How many bytes of this library's allocations are live now.
 * On failure: 2^64 - 1.
 */
uint64_t bridge_live_bytes(void);

/**
 * How many allocations of this library are live now.
 * On failure: 2^64 - 1.
 */
uint64_t bridge_live_count(void);

/**
 * How many of the allocations made after a checkpoint are live.
 * On failure: 2^64 - 1.
 */
uint64_t bridge_live_since(uint64_t checkpoint);

/**
 * Prints `Python gave us number N` and a line break on standard output.
 * On failure: the status code.
 */
int32_t print_int(const int32_t *number);
int32_t bridge_print_int(const int32_t *number, bridge_status *status);

/**
 * Runs a procedure on hosts, simulated. In: `{"timeout": 0..255, "retries": 0..255, "host_list": [string], "action":
 * "reboot" | "ping", "job_id": int32}`, all fields needed, none other allowed. Out: `{"result", "message",
 * "failed_hosts", "job_id"}`. `reboot` fails on the first host, `ping` on none. The answer is the caller's, to be
 * released with `free_mem`. A bad request: the twin returns NULL and a status; the plain symbol, which has no status,
 * returns `{"error": {"code", "pointer", "message"}}`, owned just the same.
 * Release the result with `free_mem`.
 * On failure: an owned JSON document {"error": {code, pointer, message}}; the twin: NULL.
 */
char *start_procedure(const char *request);
char *bridge_start_procedure(const char *request, bridge_status *status);

/**
 * Integrates from `a` to `b`, either of which may be infinite, until the estimated error is at most
 * `max(epsabs, epsrel * |result|)`. The integrand is a `double(double)` or a `double(double, void *)`, which gets
 * `user_data`. That the search did not reach the tolerance is told by `out->status`, and is no failure of the call.
 * `fn_ptr` is the address of a `double (*)(double)` or a `double (*)(double, void *)`.
 * On failure: the status code.
 */
int32_t quad(size_t fn_ptr, void *user_data, double a, double b, double epsabs, double epsrel, quad_result *out);
int32_t bridge_quad(size_t fn_ptr, void *user_data, double a, double b, double epsabs, double epsrel, quad_result *out, bridge_status *status);

/**
 * Releases a string that this library returned, once. Null, unknown, interior and already released pointers are
 * refused, each with its own code, and nothing is touched then.
 * On failure: the status code.
 */
int32_t free_mem(char *text);
int32_t bridge_free_mem(char *text, bridge_status *status);

/**
 * Prints a string and a line break on standard output.
 * On failure: the status code.
 */
int32_t print_string(const char *text);
int32_t bridge_print_string(const char *text, bridge_status *status);

/**
 * Panics with the given message. The panic must arrive as a status, never as a crash.
 * On failure: the status code.
 */
int32_t test_panic(const char *message);
int32_t bridge_test_panic(const char *message, bridge_status *status);

#ifdef __cplusplus
}
#endif

#endif
