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

typedef struct coloration coloration;
typedef struct store store;
typedef struct surface surface;

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

/** A quotient and what is left. */
typedef struct division {
  /** Rounded towards zero. */
  int64_t quotient;
  /** Has the sign of the dividend. */
  int64_t remainder;
} division;

/** A vector in Rust's memory. The elements below `length` may be read and written. */
typedef struct double_vector {
  /** The first element. Never null before the release. */
  double *data;
  /** How many elements there are. */
  size_t length;
  /** How many elements there is room for. */
  size_t capacity;
} double_vector;

/** The least and the greatest of some numbers. */
typedef struct extent_result {
  /** The least. */
  double least;
  /** The greatest. */
  double greatest;
} extent_result;

/** How many numbers there are, and their mean. */
typedef struct mean_result {
  /** How many. */
  int64_t count;
  /** Their mean. */
  double mean;
} mean_result;

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

/** How a scene is looked at. */
typedef struct scene_options {
  /** Pixels, from 1 to 16384. */
  uint32_t width;
  /** Pixels, from 1 to 16384. */
  uint32_t height;
  /** Vertical, in degrees, more than 0 and less than 180. */
  double field_of_view;
  /** How far above a surface rays start that leave it, at least 0. */
  double shadow_bias;
  /** How often a ray is mirrored or bent, at most 64. */
  uint32_t recursion_depth;
  /** Rays a pixel in each direction, from 1 to 16: 2 gives four rays a pixel. */
  uint32_t samples;
} scene_options;

/**
 * The value under a key, where the store keeps it, and its bytes in `length`. Until the borrow ends the value cannot be
 * replaced or removed, and the store cannot be released.
 * End the borrow of the result with `kv_end_borrow`.
 * On failure: NULL.
 */
const char *kv_borrow(uint64_t store, const char *key, size_t *length);
const char *bridge_kv_borrow(uint64_t store, const char *key, size_t *length, bridge_status *status);

/**
 * Releases a store, once. Refused while a value is borrowed from it.
 * On failure: the status code.
 */
int32_t kv_close(uint64_t store);
int32_t bridge_kv_close(uint64_t store, bridge_status *status);

/**
 * Calls a function with each key and value, in the order of the keys, as long as it returns something else than 0.
 * Gives the number of calls. The function may use the store; it sees the entries as they were at the start.
 * `visit` is the address of a `int32_t (*)(const char *, const char *, void *)`.
 * On failure: 2^64 - 1.
 */
size_t kv_each(uint64_t store, size_t visit, void *user_data);
size_t bridge_kv_each(uint64_t store, size_t visit, void *user_data, bridge_status *status);

/**
 * Ends one borrow of a value. An address that is not borrowed from this store is refused.
 * On failure: the status code.
 */
int32_t kv_end_borrow(uint64_t store, const char *value);
int32_t bridge_kv_end_borrow(uint64_t store, const char *value, bridge_status *status);

/**
 * A copy of the value under a key.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *kv_get(uint64_t store, const char *key);
char *bridge_kv_get(uint64_t store, const char *key, bridge_status *status);

/**
 * Puts a value under a key; what was there before is replaced, unless it is borrowed.
 * On failure: the status code.
 */
int32_t kv_insert(uint64_t store, const char *key, const char *value);
int32_t bridge_kv_insert(uint64_t store, const char *key, const char *value, bridge_status *status);

/**
 * How many entries there are.
 * On failure: 2^64 - 1.
 */
size_t kv_length(uint64_t store);
size_t bridge_kv_length(uint64_t store, bridge_status *status);

/**
 * Makes an empty store, ordered by key.
 * Release the result with `kv_close`.
 * On failure: 0.
 */
uint64_t kv_open(void);
uint64_t bridge_kv_open(bridge_status *status);

/**
 * Removes what is under a key, unless it is borrowed.
 * On failure: the status code.
 */
int32_t kv_remove(uint64_t store, const char *key);
int32_t bridge_kv_remove(uint64_t store, const char *key, bridge_status *status);

/**
 * The value under a key, where the store keeps it, and its bytes in `length`. Until the borrow ends the value cannot be
 * replaced or removed, and the store cannot be released.
 * End the borrow of the result with `store_end_borrow`.
 * On failure: NULL.
 */
const char *store_borrow(const store *store, const char *key, size_t *length);
const char *bridge_store_borrow(const store *store, const char *key, size_t *length, bridge_status *status);

/**
 * Calls a function with each key and value, in the order of the keys, as long as it returns something else than 0.
 * Gives the number of calls. The function may use the store; it sees the entries as they were at the start.
 * `visit` is the address of a `int32_t (*)(const char *, const char *, void *)`.
 * On failure: 2^64 - 1.
 */
size_t store_each(const store *store, size_t visit, void *user_data);
size_t bridge_store_each(const store *store, size_t visit, void *user_data, bridge_status *status);

/**
 * Ends one borrow of a value. An address that is not borrowed from this store is refused.
 * On failure: the status code.
 */
int32_t store_end_borrow(const store *store, const char *value);
int32_t bridge_store_end_borrow(const store *store, const char *value, bridge_status *status);

/**
 * Releases a store, once. Refused while a value is borrowed from it.
 * On failure: the status code.
 */
int32_t store_free(store *store);
int32_t bridge_store_free(store *store, bridge_status *status);

/**
 * A copy of the value under a key.
 * Release the result with `free_mem`.
 * On failure: NULL.
 */
char *store_get(const store *store, const char *key);
char *bridge_store_get(const store *store, const char *key, bridge_status *status);

/**
 * Puts a value under a key; what was there before is replaced, unless it is borrowed.
 * On failure: the status code.
 */
int32_t store_insert(const store *store, const char *key, const char *value);
int32_t bridge_store_insert(const store *store, const char *key, const char *value, bridge_status *status);

/**
 * How many entries there are.
 * On failure: 2^64 - 1.
 */
size_t store_length(const store *store);
size_t bridge_store_length(const store *store, bridge_status *status);

/**
 * Makes an empty store, ordered by key.
 * Release the result with `store_free`.
 * On failure: NULL.
 */
store *store_new(void);
store *bridge_store_new(bridge_status *status);

/**
 * Removes what is under a key, unless it is borrowed.
 * On failure: the status code.
 */
int32_t store_remove(const store *store, const char *key);
int32_t bridge_store_remove(const store *store, const char *key, bridge_status *status);

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
 * Releases a coloration, once. Surfaces made with it keep what they need.
 * On failure: the status code.
 */
int32_t coloration_free(coloration *coloration);
int32_t bridge_coloration_free(coloration *coloration, bridge_status *status);

/**
 * A coloration by a function `void(double u, double v, double *rgb)` or `void(double u, double v, double *rgb, void *)`,
 * which gets `user_data`. It leaves three linear colour parts in `rgb`. Threads of a render call it for every hit, at
 * once: it and what it uses must be good until the coloration and all surfaces and scenes made with it are released. A
 * part that is negative, infinite or NaN ends the render with the status `callback_failed`.
 * `fn_ptr` is the address of a `void (*)(double, double, double *)` or a `void (*)(double, double, double *, void *)`, called from several threads at once, kept until `coloration_free`.
 * Release the result with `coloration_free`.
 * On failure: NULL.
 */
coloration *coloration_procedural(size_t fn_ptr, void *user_data);
coloration *bridge_coloration_procedural(size_t fn_ptr, void *user_data, bridge_status *status);

/**
 * A coloration of one linear colour, each part from 0 (none) upwards.
 * Release the result with `coloration_free`.
 * On failure: NULL.
 */
coloration *coloration_solid(const Vector3 *color);
coloration *bridge_coloration_solid(const Vector3 *color, bridge_status *status);

/**
 * A coloration from a PNG or JPEG file, repeated in all directions.
 * Release the result with `coloration_free`.
 * On failure: NULL.
 */
coloration *coloration_texture(const char *path);
coloration *bridge_coloration_texture(const char *path, bridge_status *status);

/**
 * Adds a light that is infinitely far away and shines in a direction.
 * On failure: the status code.
 */
int32_t scene_add_directional_light(uint64_t scene, const Vector3 *direction, const Vector3 *color, double intensity);
int32_t bridge_scene_add_directional_light(uint64_t scene, const Vector3 *direction, const Vector3 *color, double intensity, bridge_status *status);

/**
 * Adds an infinite plane through a point, square to a normal of any length.
 * On failure: the status code.
 */
int32_t scene_add_plane(uint64_t scene, const Vector3 *origin, const Vector3 *normal, const surface *surface);
int32_t bridge_scene_add_plane(uint64_t scene, const Vector3 *origin, const Vector3 *normal, const surface *surface, bridge_status *status);

/**
 * Adds a light at a place, whose light gets weaker with the square of the distance.
 * On failure: the status code.
 */
int32_t scene_add_point_light(uint64_t scene, const Vector3 *position, const Vector3 *color, double intensity);
int32_t bridge_scene_add_point_light(uint64_t scene, const Vector3 *position, const Vector3 *color, double intensity, bridge_status *status);

/**
 * Adds a sphere. The scene keeps what it needs of the surface.
 * On failure: the status code.
 */
int32_t scene_add_sphere(uint64_t scene, const Vector3 *center, double radius, const surface *surface);
int32_t bridge_scene_add_sphere(uint64_t scene, const Vector3 *center, double radius, const surface *surface, bridge_status *status);

/**
 * An empty scene under a blue sky. The camera is at the origin and looks along -z, with y upwards.
 * Release the result with `scene_free`.
 * On failure: 0.
 */
uint64_t scene_create(const scene_options *options);
uint64_t bridge_scene_create(const scene_options *options, bridge_status *status);

/**
 * Releases a scene, once. A render that is under way ends first, in its own thread.
 * On failure: the status code.
 */
int32_t scene_free(uint64_t scene);
int32_t bridge_scene_free(uint64_t scene, bridge_status *status);

/**
 * Renders into `4 * width * height` bytes: red, green, blue and 255 for each pixel, row by row from the top left.
 * `threads` threads do the work, 0 for as many as the machine has cores; the pixels are the same for any number.
 * `progress(rows_done, rows, user_data)` is called on the caller's thread and ends the render by returning 0. A call
 * that fails leaves in the buffer the rows that were done.
 * `progress` is the address of a `int32_t (*)(uint32_t, uint32_t, void *)`, or 0 for none.
 * On failure: the status code.
 */
int32_t scene_render(uint64_t scene, uint8_t *out, size_t n, uint32_t threads, size_t progress, void *user_data);
int32_t bridge_scene_render(uint64_t scene, uint8_t *out, size_t n, uint32_t threads, size_t progress, void *user_data, bridge_status *status);

/**
 * Sets the colours of the sky, which is what is behind everything.
 * On failure: the status code.
 */
int32_t scene_set_sky(uint64_t scene, const Vector3 *horizon, const Vector3 *zenith);
int32_t bridge_scene_set_sky(uint64_t scene, const Vector3 *horizon, const Vector3 *zenith, bridge_status *status);

/**
 * A surface that scatters light evenly. `albedo` is the share of it that is not swallowed, from 0 to 1.
 * Release the result with `surface_free`.
 * On failure: NULL.
 */
surface *surface_diffuse(const coloration *coloration, double albedo);
surface *bridge_surface_diffuse(const coloration *coloration, double albedo, bridge_status *status);

/**
 * Releases a surface, once. Scenes that use it keep what they need.
 * On failure: the status code.
 */
int32_t surface_free(surface *surface);
int32_t bridge_surface_free(surface *surface, bridge_status *status);

/**
 * A surface that mirrors a share of the light, from 0 to 1, and scatters the rest.
 * Release the result with `surface_free`.
 * On failure: NULL.
 */
surface *surface_reflective(const coloration *coloration, double albedo, double reflectivity);
surface *bridge_surface_reflective(const coloration *coloration, double albedo, double reflectivity, bridge_status *status);

/**
 * A surface that lets a share of the light through, from 0 to 1, bent by an index of refraction from 0.1 to 10, and
 * mirrors as much of it as Fresnel's equations say.
 * Release the result with `surface_free`.
 * On failure: NULL.
 */
surface *surface_refractive(const coloration *coloration, double albedo, double index, double transparency);
surface *bridge_surface_refractive(const coloration *coloration, double albedo, double index, double transparency, bridge_status *status);

/**
 * The numbers for which the function returns true, in order. Gives how many they are; the rest of `output` stays as it
 * was.
 * `fn_ptr` is the address of a `bool (*)(double)`.
 * On failure: 2^64 - 1.
 */
size_t filter_doubles(size_t fn_ptr, const double *input, double *output, size_t n);
size_t bridge_filter_doubles(size_t fn_ptr, const double *input, double *output, size_t n, bridge_status *status);

/**
 * `fn(... fn(fn(start, input[0]), input[1]) ...)`; `start` where there are no numbers.
 * `fn_ptr` is the address of a `double (*)(double, double)`.
 * On failure: NaN.
 */
double fold_doubles(size_t fn_ptr, double start, const double *input, size_t n);
double bridge_fold_doubles(size_t fn_ptr, double start, const double *input, size_t n, bridge_status *status);

/**
 * `output[i] = fn(input[i])` for `n` numbers.
 * `fn_ptr` is the address of a `double (*)(double)`.
 * On failure: the status code.
 */
int32_t map_doubles(size_t fn_ptr, const double *input, double *output, size_t n);
int32_t bridge_map_doubles(size_t fn_ptr, const double *input, double *output, size_t n, bridge_status *status);

/**
 * Sorts `n` numbers in place. `compare(a, b)` returns less than 0 where `a` comes first, more than 0 where `b` does, and
 * 0 where they keep their order. A function that contradicts itself is an error where it is noticed, and harmless
 * where it is not: the same numbers come out.
 * `compare` is the address of a `int32_t (*)(double, double)`.
 * On failure: the status code.
 */
int32_t sort_doubles(size_t compare, double *values, size_t n);
int32_t bridge_sort_doubles(size_t compare, double *values, size_t n, bridge_status *status);

/**
 * The cross product of two vectors.
 * On failure: the status code.
 */
int32_t cross(const Vector3 *left, const Vector3 *right, Vector3 *out);
int32_t bridge_cross(const Vector3 *left, const Vector3 *right, Vector3 *out, bridge_status *status);

/**
 * The cross product by value: vectors in, a vector out.
 * On failure: a structure of zeros.
 */
Vector3 cross_by_value(Vector3 left, Vector3 right);
Vector3 bridge_cross_by_value(Vector3 left, Vector3 right, bridge_status *status);

/**
 * The Euclidean length of a vector. Does not overflow where the length itself does not.
 * On failure: NaN.
 */
double length(const Vector3 *vector);
double bridge_length(const Vector3 *vector, bridge_status *status);

/**
 * The same length, of a vector by value.
 * On failure: NaN.
 */
double length_by_value(Vector3 vector);
double bridge_length_by_value(Vector3 vector, bridge_status *status);

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
 * Calls a registered function on this thread.
 * On failure: NaN.
 */
double callback_call(uint64_t callback, double x);
double bridge_callback_call(uint64_t callback, double x, bridge_status *status);

/**
 * Keeps a function `double(double, void *)`, its user data, and a `void(void *)` or none that takes the user data back.
 * If this call fails the destructor is not called: the user data are the caller's still.
 * `fn_ptr` is the address of a `double (*)(double, void *)`, kept until `callback_unregister`.
 * `destroy` is the address of a `void (*)(void *)`, or 0 for none, kept until `callback_unregister`.
 * Release the result with `callback_unregister`.
 * On failure: 0.
 */
uint64_t callback_register(size_t fn_ptr, void *user_data, size_t destroy);
uint64_t bridge_callback_register(size_t fn_ptr, void *user_data, size_t destroy, bridge_status *status);

/**
 * Unregisters a function, once. The destructor of its user data runs now, or, where calls are under way, at the end of
 * the last of them, on its thread.
 * On failure: the status code.
 */
int32_t callback_unregister(uint64_t callback);
int32_t bridge_callback_unregister(uint64_t callback, bridge_status *status);

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
 * Makes the next call of whichever function panic, before it looks at its arguments. It must end with the status
 * `panic` and do nothing else.
 * On failure: the status code.
 */
int32_t bridge_test_panic_next(void);

/**
 * Starts a thread that calls `fn(0, user_data)`, `fn(1, user_data)`, ... every `interval` microseconds, from 1 to
 * 3600000000 (an hour), until `ticker_stop`. A tick that is late because the one before took long comes at once.
 * `fn_ptr` is the address of a `void (*)(uint64_t, void *)`, called from several threads at once, kept until `ticker_stop`.
 * Release the result with `ticker_stop`.
 * On failure: 0.
 */
uint64_t ticker_start(size_t fn_ptr, void *user_data, uint32_t interval);
uint64_t bridge_ticker_start(size_t fn_ptr, void *user_data, uint32_t interval, bridge_status *status);

/**
 * Stops a ticker, once, waits for the tick that is under way, and gives the number of ticks. After that the function
 * is not called any more. The function itself cannot stop its ticker.
 * On failure: 2^64 - 1.
 */
uint64_t ticker_stop(uint64_t ticker);
uint64_t bridge_ticker_stop(uint64_t ticker, bridge_status *status);

/**
 * Divides integers. A divisor of 0, and -2^63 divided by -1, have no result.
 * On failure: a structure of zeros.
 */
division divide(int64_t dividend, int64_t divisor);
division bridge_divide(int64_t dividend, int64_t divisor, bridge_status *status);

/**
 * The least and the greatest of `n` numbers, of which there must be one, and none may be NaN.
 * On failure: a structure of zeros.
 */
extent_result extent(const double *numbers, size_t n);
extent_result bridge_extent(const double *numbers, size_t n, bridge_status *status);

/**
 * How many numbers there are, and their mean; NaN where there is none.
 * On failure: a structure of zeros.
 */
mean_result mean(const double *numbers, size_t n);
mean_result bridge_mean(const double *numbers, size_t n, bridge_status *status);

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
