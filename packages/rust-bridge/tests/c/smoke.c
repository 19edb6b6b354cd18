/* The header and the library, as a C program sees them: layouts, every function once, and every refusal. */
#include "bridge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(bridge_status) == 512 && offsetof(bridge_status, message) == 8, "bridge_status");
_Static_assert(sizeof(Vector3) == 24 && offsetof(Vector3, z) == 16, "Vector3");
_Static_assert(sizeof(scene_options) == 32 && offsetof(scene_options, recursion_depth) == 24, "scene_options");
_Static_assert(sizeof(quad_result) == 24 && offsetof(quad_result, status) == 20, "quad_result");

static int failures = 0;
#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      failures++; \
    } \
  } while (0)

static void transpose(double *input, double *output, int32_t m, int32_t n) {
  for (int32_t i = 0; i < m; i++)
    for (int32_t j = 0; j < n; j++) output[j * m + i] = input[i * n + j];
}
static double tail(double t) { return exp(-t) / (t * t); }
static double power(double x, void *exponent) { return pow(x, *(double *)exponent); }
static double square(int32_t i) { return (double)i * i; }

static void refuses(bridge_status *status, int32_t code, const char *part) {
  if (status->code != code || strstr(status->message, part) == NULL || strlen(status->message) != status->message_length) {
    fprintf(stderr, "expected %d with \"%s\", got %d: %s\n", code, part, status->code, status->message);
    failures++;
  }
}

static void numbers_and_strings(bridge_status *status) {
  int32_t number = -7;
  CHECK(print_int(&number) == 0);
  CHECK(bridge_print_int(NULL, status) == BRIDGE_NULL_POINTER);
  refuses(status, BRIDGE_NULL_POINTER, "print_int: number is null");
  CHECK(print_string("gr\xc3\xbc\xc3\x9f dich") == 0);
  CHECK(bridge_print_string("a\xff", status) == BRIDGE_INVALID_UTF8);
  refuses(status, BRIDGE_INVALID_UTF8, "print_string: text is not UTF-8: the byte at offset 1");
  char bytes[16];
  int32_t *crooked = (int32_t *)(void *)(((uintptr_t)bytes | 3) - 2);
  CHECK(bridge_print_int(crooked, status) == BRIDGE_MISALIGNED_POINTER);
  Vector3 ones = {1, 1, 1};
  CHECK(length(&ones) == 1.7320508075688772);
  CHECK(isnan(length(NULL)));
  CHECK(bridge_length(&ones, NULL) == length(&ones));
}

static void values(bridge_status *status) {
  CHECK(bridge_double(9, status) == 18 && status->code == 0);
  CHECK(bridge_double(1 << 30, status) == INT32_MAX);
  refuses(status, BRIDGE_OVERFLOW, "double: twice 1073741824 does not fit");
  CHECK(identity_int64(INT64_MIN) == INT64_MIN && identity_uint64(UINT64_MAX) == UINT64_MAX);
  CHECK(identity_bool(true) && !identity_bool(false));
  CHECK(isnan(identity_float32(NAN)) && identity_float64(5e-324) == 5e-324);
  uint8_t byte = 200;
  CHECK(double_uint8(&byte) == BRIDGE_OVERFLOW && byte == 200);
  int32_t numbers[5] = {1, 2, 3, 4, -6};
  CHECK(sum_of_even(numbers, 5) == 0 && sum_of_even(NULL, 0) == 0);
  CHECK(string_length("e\xcc\x81!") == 2);
  char *reversed = string_reverse("e\xcc\x81!");
  CHECK(strcmp(reversed, "!e\xcc\x81") == 0);
  CHECK(free_mem(reversed) == 0 && free_mem(reversed) == BRIDGE_ALREADY_RELEASED);
  double_vector vector;
  CHECK(vector_range(0, 0.5, 3, &vector) == 0 && vector.data[2] == 1.0 && vector.length == 3);
  CHECK(vector_push(&vector, 7) == 0 && vector_push(&vector, 8) == 0 && vector.data[4] == 8);
  double_vector copy = vector;
  CHECK(bridge_vector_free(&vector, status) == 0 && vector.data == NULL);
  bridge_vector_free(&copy, status);
  refuses(status, BRIDGE_ALREADY_RELEASED, "was already released by vector_free");
  Vector3 both[2] = {{3, 0, 4}, {0, 0, 0}};
  bridge_normalize_all(both, both, 2, status);
  refuses(status, BRIDGE_INVALID_ARGUMENT, "vectors[1] has length 0");
  CHECK(normalize_all(both, both, 1) == 0 && both[0].x == 0.6);
  Vector3 a = {1, 2, 3}, b = {-4, 5, 0.5}, product = cross_by_value(a, b);
  CHECK(product.x == -14 && product.y == -12.5 && product.z == 13);
  CHECK(length_by_value(a) == length(&a));
  division result = divide(-7, 2);
  CHECK(result.quotient == -3 && result.remainder == -1);
  result = bridge_divide(1, 0, status);
  refuses(status, BRIDGE_INVALID_ARGUMENT, "divide: divisor is 0");
  CHECK(result.quotient == 0 && result.remainder == 0);
  double three[3] = {2, -1, 5};
  CHECK(extent(three, 3).least == -1 && extent(three, 3).greatest == 5);
  CHECK(mean(three, 3).count == 3 && mean(three, 3).mean == 2);
}

static int32_t count(const char *key, const char *value, void *sum) {
  *(size_t *)sum += strlen(key) + strlen(value);
  return 1;
}

static void stores(bridge_status *status) {
  store *by_pointer = store_new();
  uint64_t by_handle = kv_open();
  CHECK(store_insert(by_pointer, "key", "value") == 0 && kv_insert(by_handle, "key", "value") == 0);
  size_t length = 0, sum = 0;
  const char *value = store_borrow(by_pointer, "key", &length);
  CHECK(strcmp(value, "value") == 0 && length == 5);
  CHECK(store_insert(by_pointer, "key", "other") == BRIDGE_STILL_BORROWED);
  bridge_store_free(by_pointer, status);
  refuses(status, BRIDGE_STILL_BORROWED, "is still borrowed, last by store_borrow");
  CHECK(store_end_borrow(by_pointer, value) == 0 && store_end_borrow(by_pointer, value) == BRIDGE_UNKNOWN_POINTER);
  CHECK(store_each(by_pointer, (size_t)count, &sum) == 1 && sum == 8);
  bridge_kv_borrow(by_handle, "other", &length, status);
  refuses(status, BRIDGE_NOT_FOUND, "there is nothing under \"other\"");
  char *copy = kv_get(by_handle, "key");
  CHECK(strcmp(copy, "value") == 0 && free_mem(copy) == 0);
  CHECK(store_free(by_pointer) == 0 && kv_close(by_handle) == 0);
  CHECK(store_free(by_pointer) == BRIDGE_ALREADY_RELEASED && kv_close(by_handle) == BRIDGE_ALREADY_RELEASED);
  CHECK(kv_length(by_handle) == SIZE_MAX);
}

static void half(double u, double v, double *rgb, void *factor) {
  rgb[0] = rgb[1] = rgb[2] = (u + v > -1e9 ? 0.5 : 0) * *(double *)factor;
}
static int32_t stop(uint32_t done, uint32_t rows, void *user_data) {
  (void)user_data;
  return done < rows / 2;
}

static void scenes(bridge_status *status) {
  scene_options options = {8, 8, 60, 1e-6, 4, 1};
  Vector3 forward = {0, 0, -3}, white = {1, 1, 1};
  double factor = 1;
  uint8_t pixels[4 * 8 * 8] = {0};
  uint64_t scene = scene_create(&options);
  coloration *grey = coloration_procedural((size_t)half, &factor);
  surface *matt = surface_diffuse(grey, 0.8);
  CHECK(coloration_free(grey) == 0);
  CHECK(scene_add_sphere(scene, &forward, 1, matt) == 0 && scene_add_directional_light(scene, &forward, &white, 3) == 0);
  CHECK(bridge_scene_add_sphere(scene, &forward, -1, matt, status) == BRIDGE_INVALID_ARGUMENT);
  CHECK(surface_free(matt) == 0);
  CHECK(bridge_scene_render(scene, pixels, sizeof pixels, 2, 0, NULL, status) == 0);
  CHECK(pixels[4 * (4 * 8 + 4)] > 100 && pixels[3] == 255);
  CHECK(scene_render(scene, pixels, sizeof pixels - 1, 2, 0, NULL) == BRIDGE_WRONG_LENGTH);
  CHECK(scene_render(scene, pixels, sizeof pixels, 2, (size_t)stop, NULL) == BRIDGE_CANCELLED);
  factor = NAN;
  bridge_scene_render(scene, pixels, sizeof pixels, 2, 0, NULL, status);
  refuses(status, BRIDGE_CALLBACK_FAILED, "the procedural coloration gave (NaN, NaN, NaN)");
  CHECK(coloration_texture("/nowhere.png") == NULL && scene_create(NULL) == 0);
  CHECK(scene_free(scene) == 0 && scene_free(scene) == BRIDGE_ALREADY_RELEASED);
}

static int32_t ascending(double a, double b) { return (a > b) - (a < b); }
static bool positive(double x) { return x > 0; }
static double add(double x, void *counter) { return x + ++*(int *)counter; }
static void destroy(void *counter) { *(int *)counter = -1; }

static _Atomic uint64_t own_ticker, refusals, ticked;
static void tick(uint64_t count, void *user_data) {
  (void)user_data;
  if (own_ticker != 0 && ticker_stop(own_ticker) == UINT64_MAX) refusals++;
  ticked = count + 1;
}

static void kept(bridge_status *status) {
  double values[4] = {3, -1, 2, 0}, out[4] = {0};
  CHECK(sort_doubles((size_t)ascending, values, 4) == 0 && values[0] == -1 && values[3] == 3);
  CHECK(filter_doubles((size_t)positive, values, out, 4) == 2 && out[0] == 2 && out[1] == 3 && out[2] == 0);
  int counter = 0;
  uint64_t callback = callback_register((size_t)add, &counter, (size_t)destroy);
  CHECK(callback_call(callback, 1) == 2 && callback_call(callback, 1) == 3);
  CHECK(callback_unregister(callback) == 0 && counter == -1);
  CHECK(isnan(bridge_callback_call(callback, 1, status)));
  refuses(status, BRIDGE_ALREADY_RELEASED, "was already released by callback_unregister");
  bridge_ledger_fail_nth(1);
  counter = 0;
  CHECK(bridge_callback_register((size_t)add, &counter, (size_t)destroy, status) == 0 && counter == 0);
  refuses(status, BRIDGE_OUT_OF_MEMORY, "there is no memory for a callback");
  own_ticker = ticker_start((size_t)tick, NULL, 100);
  while (ticked < 3 || refusals < 2) {}
  uint64_t ticks = ticker_stop(own_ticker);
  CHECK(ticks == ticked && ticker_stop(own_ticker) == UINT64_MAX);
}

static void callbacks(bridge_status *status) {
  double input[6] = {1, 2, 3, 4, 5, 6}, output[6] = {0}, sums[4];
  CHECK(compute_from_rust((size_t)transpose, input, output, 2, 3) == 0);
  CHECK(output[0] == 1 && output[1] == 4 && output[4] == 3 && output[5] == 6);
  CHECK(compute_from_rust((size_t)transpose, NULL, NULL, 0, 3) == 0);
  bridge_compute_from_rust(0, input, output, 2, 3, status);
  refuses(status, BRIDGE_NULL_POINTER, "compute_from_rust: fn_ptr is null");
  bridge_compute_from_rust((size_t)transpose, input, NULL, 2, 3, status);
  refuses(status, BRIDGE_NULL_POINTER, "output is null");
  bridge_compute_from_rust((size_t)transpose, input, output, -2, 3, status);
  refuses(status, BRIDGE_INVALID_ARGUMENT, "m is -2");
  CHECK(call_on_threads((size_t)square, 4, 5, sums) == 0);
  for (int i = 0; i < 4; i++) CHECK(sums[i] == 30);
  bridge_call_on_threads((size_t)square, 2000, 1, sums, status);
  refuses(status, BRIDGE_INVALID_ARGUMENT, "at most 1024");
}

static void integrals(bridge_status *status) {
  quad_result out;
  CHECK(quad((size_t)tail, NULL, 1, INFINITY, 1.49e-8, 1.49e-8, &out) == 0);
  CHECK(out.status == 0 && fabs(out.result - 0.14849550677592205) < 1e-16);
  double exponent = 3;
  CHECK(quad((size_t)power, &exponent, 0, 2, 1e-10, 1e-10, &out) == 0);
  CHECK(out.status == 0 && fabs(out.result - 4) < 1e-14);
  bridge_quad((size_t)tail, NULL, 1, 2, NAN, 1e-8, &out, status);
  refuses(status, BRIDGE_INVALID_ARGUMENT, "quad: epsabs is NaN");
  CHECK(out.status == 6 && isnan(out.result));
}

static void ownership(bridge_status *status) {
  uint64_t before = bridge_live_count(), mark = bridge_ledger_checkpoint();
  char *answer = start_procedure("{\"timeout\":1,\"retries\":0,\"host_list\":[\"h\"],\"action\":\"reboot\",\"job_id\":5}");
  CHECK(strcmp(answer, "{\"result\":\"success\",\"message\":\"1 host failed\",\"failed_hosts\":[\"h\"],\"job_id\":5}") == 0);
  CHECK(bridge_live_count() == before + 1 && bridge_live_since(mark) == 1 && bridge_live_bytes() >= strlen(answer) + 1);
  char *list = ledger_live(mark);
  CHECK(strstr(list, "\"site\":\"start_procedure\"") != NULL && strstr(list, "ledger_live") == NULL);
  CHECK(free_mem(list) == 0);
  bridge_free_mem(answer + 1, status);
  refuses(status, BRIDGE_INTERIOR_POINTER, "the pointer is 1 bytes inside string #");
  CHECK(bridge_free_mem(answer, status) == 0 && status->code == 0 && status->message[0] == 0);
  CHECK((unsigned char)answer[0] == 0xDD);
  CHECK(free_mem(answer) == BRIDGE_ALREADY_RELEASED);
  bridge_free_mem(answer, status);
  refuses(status, BRIDGE_ALREADY_RELEASED, "made by start_procedure");
  refuses(status, BRIDGE_ALREADY_RELEASED, "was already released by free_mem");
  bridge_free_mem(NULL, status);
  refuses(status, BRIDGE_NULL_POINTER, "the pointer is null");
  char *foreign = malloc(8);
  bridge_free_mem(foreign, status);
  refuses(status, BRIDGE_UNKNOWN_POINTER, "is not a string that this library handed out");
  free(foreign);
  CHECK(bridge_live_count() == before);
  CHECK(bridge_ledger_flush() == 0);
}

static void failures_are_statuses(bridge_status *status) {
  CHECK(bridge_start_procedure("{", status) == NULL);
  refuses(status, BRIDGE_INVALID_JSON, "start_procedure: the request: ");
  char *error = start_procedure("{\"timeout\":300}");
  CHECK(strstr(error, "\"code\":\"field_out_of_range\",\"pointer\":\"/timeout\"") != NULL);
  CHECK(free_mem(error) == 0);
  CHECK(test_panic("boom") == BRIDGE_PANIC);
  bridge_test_panic("boom", status);
  refuses(status, BRIDGE_PANIC, "test_panic: panicked: boom (");
  char *long_text = malloc(2000);
  memset(long_text, 'x', 1999);
  long_text[1999] = 0;
  bridge_test_panic(long_text, status);
  CHECK(status->message_length == 503 && status->message[503] == 0);
  free(long_text);
}

int main(void) {
  bridge_status status;
  memset(&status, 0xAA, sizeof status);
  numbers_and_strings(&status);
  values(&status);
  stores(&status);
  scenes(&status);
  kept(&status);
  callbacks(&status);
  integrals(&status);
  ownership(&status);
  failures_are_statuses(&status);
  if (failures == 0) puts("every check passed");
  return failures != 0;
}
