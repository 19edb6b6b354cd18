// A Node addon as one would write it by hand for the functions of functions.h: C and N-API, arguments checked by the
// status of each conversion. The peer for calls from TypeScript.
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>

#include "functions.h"

#define TRY(call)                                           \
  do {                                                      \
    if ((call) != napi_ok) {                                \
      napi_throw_type_error(env, NULL, "a wrong argument"); \
      return NULL;                                          \
    }                                                       \
  } while (0)

static napi_value call_add(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2], result;
  int32_t a, b;
  TRY(napi_get_cb_info(env, info, &count, arguments, NULL, NULL));
  TRY(napi_get_value_int32(env, arguments[0], &a));
  TRY(napi_get_value_int32(env, arguments[1], &b));
  TRY(napi_create_int32(env, add(a, b), &result));
  return result;
}

static napi_value call_text_length(napi_env env, napi_callback_info info) {
  size_t count = 1, length;
  napi_value argument, result;
  char small[1024], *text = small;
  TRY(napi_get_cb_info(env, info, &count, &argument, NULL, NULL));
  TRY(napi_get_value_string_utf8(env, argument, small, sizeof small, &length));
  if (length >= sizeof small - 4) { // perhaps it was cut off
    TRY(napi_get_value_string_utf8(env, argument, NULL, 0, &length));
    text = malloc(length + 1);
    TRY(napi_get_value_string_utf8(env, argument, text, length + 1, &length));
  }
  size_t answer = text_length(text);
  if (text != small) free(text);
  TRY(napi_create_double(env, (double)answer, &result));
  return result;
}

static napi_value call_color_name(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  int32_t index;
  TRY(napi_get_cb_info(env, info, &count, &argument, NULL, NULL));
  TRY(napi_get_value_int32(env, argument, &index));
  TRY(napi_create_string_utf8(env, color_name(index), NAPI_AUTO_LENGTH, &result));
  return result;
}

static napi_status read_point(napi_env env, napi_value object, struct point *p) {
  napi_value x, y;
  napi_status status = napi_get_named_property(env, object, "x", &x);
  if (status == napi_ok) status = napi_get_named_property(env, object, "y", &y);
  if (status == napi_ok) status = napi_get_value_double(env, x, &p->x);
  if (status == napi_ok) status = napi_get_value_double(env, y, &p->y);
  return status;
}

static napi_value call_squared_norm(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  struct point p;
  TRY(napi_get_cb_info(env, info, &count, &argument, NULL, NULL));
  TRY(read_point(env, argument, &p));
  TRY(napi_create_double(env, squared_norm(&p), &result));
  return result;
}

static napi_value call_scaled(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2], x, y, result;
  struct point p;
  double factor;
  TRY(napi_get_cb_info(env, info, &count, arguments, NULL, NULL));
  TRY(read_point(env, arguments[0], &p));
  TRY(napi_get_value_double(env, arguments[1], &factor));
  p = scaled(p, factor);
  TRY(napi_create_object(env, &result));
  TRY(napi_create_double(env, p.x, &x));
  TRY(napi_create_double(env, p.y, &y));
  TRY(napi_set_named_property(env, result, "x", x));
  TRY(napi_set_named_property(env, result, "y", y));
  return result;
}

// C has no closures: the environment and the function travel beside the call.
static napi_env current_env;
static napi_value current_function;

static int32_t run_function(int32_t x) {
  napi_env env = current_env;
  napi_handle_scope scope;
  napi_value argument, result;
  int32_t value = 0;
  if (napi_open_handle_scope(env, &scope) != napi_ok) return 0;
  if (napi_create_int32(env, x, &argument) == napi_ok &&
      napi_call_function(env, current_function, current_function, 1, &argument, &result) == napi_ok)
    napi_get_value_int32(env, result, &value);
  napi_close_handle_scope(env, scope);
  return value;
}

static napi_value call_sum_of(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2], result;
  int32_t n;
  TRY(napi_get_cb_info(env, info, &count, arguments, NULL, NULL));
  TRY(napi_get_value_int32(env, arguments[1], &n));
  current_env = env;
  current_function = arguments[0];
  TRY(napi_create_int32(env, sum_of(run_function, n), &result));
  return result;
}

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"add", NULL, call_add, NULL, NULL, NULL, napi_enumerable, NULL},
      {"textLength", NULL, call_text_length, NULL, NULL, NULL, napi_enumerable, NULL},
      {"colorName", NULL, call_color_name, NULL, NULL, NULL, napi_enumerable, NULL},
      {"squaredNorm", NULL, call_squared_norm, NULL, NULL, NULL, napi_enumerable, NULL},
      {"scaled", NULL, call_scaled, NULL, NULL, NULL, napi_enumerable, NULL},
      {"sumOf", NULL, call_sum_of, NULL, NULL, NULL, napi_enumerable, NULL},
  };
  TRY(napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions));
  return exports;
}
