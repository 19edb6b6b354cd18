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
#include <sys/types.h>

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
  /** The allocation is still borrowed, and nothing was done to it. */
  BRIDGE_STILL_BORROWED = 11,
  /** A result does not fit its type. */
  BRIDGE_OVERFLOW = 12,
  /** There is no memory for what the call was to make. */
  BRIDGE_OUT_OF_MEMORY = 13,
  /** A callback asked for the end of the work. */
  BRIDGE_CANCELLED = 14,
  /** A callback gave something that cannot be used. */
  BRIDGE_CALLBACK_FAILED = 15,
  /** A buffer does not have the length that is needed. */
  BRIDGE_WRONG_LENGTH = 16,
  /** There is nothing under this name. */
  BRIDGE_NOT_FOUND = 17,
  /** A file cannot be read. */
  BRIDGE_UNREADABLE_FILE = 18,
  /** A file is not an image, or not one of a kind that is understood. */
  BRIDGE_BROKEN_IMAGE = 19,
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

/** A vector in Rust's memory. The elements below `length` may be read and written. */
typedef struct double_vector {
  /** The first element. Never null before the release. */
  double *data;
  /** How many elements there are. */
  size_t length;
  /** How many elements there is room for. */
  size_t capacity;
} double_vector;

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
 * The cross product of two vectors.
 * On failure: the status code.
 */
int32_t cross(const Vector3 *left, const Vector3 *right, Vector3 *out);
int32_t bridge_cross(const Vector3 *left, const Vector3 *right, Vector3 *out, bridge_status *status);

/**
 * The Euclidean length of a vector. Does not overflow where the length itself does not.
 * On failure: NaN.
 */
double length(const Vector3 *vector);
double bridge_length(const Vector3 *vector, bridge_status *status);

/**
 * The vector of length 1 in the same direction. A vector of length 0, or one that is not finite, has none.
 * On failure: the status code.
 */
int32_t normalize(const Vector3 *vector, Vector3 *out);
int32_t bridge_normalize(const Vector3 *vector, Vector3 *out, bridge_status *status);

/**
 * Normalizes `n` vectors. One that cannot be normalized is refused by its index, and nothing is written then. The two
 * buffers may be the same.
 * On failure: the status code.
 */
int32_t normalize_all(const Vector3 *vectors, Vector3 *out, size_t n);
int32_t bridge_normalize_all(const Vector3 *vectors, Vector3 *out, size_t n, bridge_status *status);

/**
 * Lets the `nth` allocation from now on fail once, with the status `out_of_memory`: 1 is the next. 0 takes it back.
 * On failure: the status code.
 */
int32_t bridge_ledger_fail_nth(uint64_t nth);

/**
 * How many released blocks are held back from now on so that a second release is noticed; 4096 unless this is called,
 * rounded up to a multiple of 64. 0 holds nothing back.
 * On failure: the status code.
 */
int32_t bridge_ledger_hold_back(uint64_t blocks);

/**
 * Begins a trace of what happens to allocations. One that was under way is forgotten.
 * On failure: the status code.
 */
int32_t bridge_ledger_trace_start(void);

/**
 * Ends the trace and gives it, a JSON array of `{step, site, number, kind, size}` with `step` one of `made`,
 * `released`, `borrowed` and `ended`, or `{step: "refused", site, why}`. Without addresses, times and threads: the same
 * steps give the same text in every language. `number` counts from 1 within the trace and is null for what is older.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *ledger_trace_stop(void);
char *bridge_ledger_trace_stop(bridge_status *status);

/**
 * How much is live by kind, as a JSON object from kinds to `{allocations, bytes}`. The answer itself is not counted.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *ledger_census(void);
char *bridge_ledger_census(bridge_status *status);

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
 * `{id, kind, size, made: {site, sequence, thread}}`, with `borrows` where there are some. The answer itself is not in
 * the list.
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
 * Twice the number. A result that does not fit 32 bits is an error, not a wrap.
 * On failure: 2^31 - 1.
 */
int32_t bridge_double(int32_t number, bridge_status *status);

/**
 * Doubles the number in place. A finite number that becomes infinite is an error and stays.
 * On failure: the status code.
 */
int32_t double_float32(float *value);
int32_t bridge_double_float32(float *value, bridge_status *status);

/**
 * Doubles the number in place. A finite number that becomes infinite is an error and stays.
 * On failure: the status code.
 */
int32_t double_float64(double *value);
int32_t bridge_double_float64(double *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_int16(int16_t *value);
int32_t bridge_double_int16(int16_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_int32(int32_t *value);
int32_t bridge_double_int32(int32_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_int64(int64_t *value);
int32_t bridge_double_int64(int64_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_int8(int8_t *value);
int32_t bridge_double_int8(int8_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_size(size_t *value);
int32_t bridge_double_size(size_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_ssize(ssize_t *value);
int32_t bridge_double_ssize(ssize_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_uint16(uint16_t *value);
int32_t bridge_double_uint16(uint16_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_uint32(uint32_t *value);
int32_t bridge_double_uint32(uint32_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_uint64(uint64_t *value);
int32_t bridge_double_uint64(uint64_t *value, bridge_status *status);

/**
 * Doubles the number in place. What does not fit is an error and leaves it as it was.
 * On failure: the status code.
 */
int32_t double_uint8(uint8_t *value);
int32_t bridge_double_uint8(uint8_t *value, bridge_status *status);

/**
 * Gives back the `bool`. A byte that is neither 0 nor 1 is refused.
 * On failure: false.
 */
bool identity_bool(bool value);
bool bridge_identity_bool(bool value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: NaN.
 */
float identity_float32(float value);
float bridge_identity_float32(float value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: NaN.
 */
double identity_float64(double value);
double bridge_identity_float64(double value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^15 - 1.
 */
int16_t identity_int16(int16_t value);
int16_t bridge_identity_int16(int16_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^31 - 1.
 */
int32_t identity_int32(int32_t value);
int32_t bridge_identity_int32(int32_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^63 - 1.
 */
int64_t identity_int64(int64_t value);
int64_t bridge_identity_int64(int64_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^7 - 1.
 */
int8_t identity_int8(int8_t value);
int8_t bridge_identity_int8(int8_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^64 - 1.
 */
size_t identity_size(size_t value);
size_t bridge_identity_size(size_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^63 - 1.
 */
ssize_t identity_ssize(ssize_t value);
ssize_t bridge_identity_ssize(ssize_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^16 - 1.
 */
uint16_t identity_uint16(uint16_t value);
uint16_t bridge_identity_uint16(uint16_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^32 - 1.
 */
uint32_t identity_uint32(uint32_t value);
uint32_t bridge_identity_uint32(uint32_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^64 - 1.
 */
uint64_t identity_uint64(uint64_t value);
uint64_t bridge_identity_uint64(uint64_t value, bridge_status *status);

/**
 * Gives back the number.
 * On failure: 2^8 - 1.
 */
uint8_t identity_uint8(uint8_t value);
uint8_t bridge_identity_uint8(uint8_t value, bridge_status *status);

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
 * Fills the caller's buffer with `start`, `start + step`, `start + 2 * step`, ...
 * On failure: the status code.
 */
int32_t fill_range(double start, double step, double *out, size_t n);
int32_t bridge_fill_range(double start, double step, double *out, size_t n, bridge_status *status);

/**
 * The sum of the even numbers among `n`.
 * On failure: 2^63 - 1.
 */
int64_t sum_of_even(const int32_t *numbers, size_t n);
int64_t bridge_sum_of_even(const int32_t *numbers, size_t n, bridge_status *status);

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
 * Both strings, one after the other.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *string_concat(const char *first, const char *second);
char *bridge_string_concat(const char *first, const char *second, bridge_status *status);

/**
 * How many characters a reader sees: extended grapheme clusters, as Unicode's Annex 29 counts them.
 * On failure: 2^64 - 1.
 */
size_t string_length(const char *text);
size_t bridge_string_length(const char *text, bridge_status *status);

/**
 * The string backwards. What a reader sees as one character stays whole: letters keep their accents.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *string_reverse(const char *text);
char *bridge_string_reverse(const char *text, bridge_status *status);

/**
 * Panics with the given message. The panic must arrive as a status, never as a crash.
 * On failure: the status code.
 */
int32_t test_panic(const char *message);
int32_t bridge_test_panic(const char *message, bridge_status *status);

/**
 * Releases a vector, once, and leaves an empty one in its place. A copy of the structure that still has the old pointer
 * is refused.
 * On failure: the status code.
 */
int32_t vector_free(double_vector *vector);
int32_t bridge_vector_free(double_vector *vector, bridge_status *status);

/**
 * Appends an element. The elements may move: `vector->data` is new then, and the old address is no more.
 * On failure: the status code.
 */
int32_t vector_push(double_vector *vector, double value);
int32_t bridge_vector_push(double_vector *vector, double value, bridge_status *status);

/**
 * Makes a vector of `start`, `start + step`, ..., `n` elements, and leaves it in `out`.
 * On failure: the status code.
 */
int32_t vector_range(double start, double step, size_t n, double_vector *out);
int32_t bridge_vector_range(double start, double step, size_t n, double_vector *out, bridge_status *status);

#ifdef __cplusplus
}
#endif

#endif
