// The interface of libcfunc_bridge.so. Generated from its contract; do not edit.
import { array, char, float64, int32, struct, uint32 } from "@cfunc/core";

/** The structures that cross. */
export const types = {
  Vector3: struct("Vector3", {
    x: float64,
    y: float64,
    z: float64,
  }),
  bridge_status: struct("bridge_status", {
    code: int32,
    message_length: uint32,
    message: array(char, 504),
  }),
  quad_result: struct("quad_result", {
    result: float64,
    error: float64,
    evaluations: int32,
    status: int32,
  }),
};

/** The C prototypes of every symbol. */
export const declarations = {
  call_on_threads: "int32_t call_on_threads(size_t fn_ptr, int32_t n_threads, int32_t n_calls, double *out)",
  bridge_call_on_threads: "int32_t bridge_call_on_threads(size_t fn_ptr, int32_t n_threads, int32_t n_calls, double *out, bridge_status *status)",
  compute_from_rust: "int32_t compute_from_rust(size_t fn_ptr, const double *input, double *output, int32_t m, int32_t n)",
  bridge_compute_from_rust: "int32_t bridge_compute_from_rust(size_t fn_ptr, const double *input, double *output, int32_t m, int32_t n, bridge_status *status)",
  length: "double length(const Vector3 *vector)",
  bridge_length: "double bridge_length(const Vector3 *vector, bridge_status *status)",
  bridge_ledger_checkpoint: "uint64_t bridge_ledger_checkpoint(void)",
  bridge_ledger_flush: "int32_t bridge_ledger_flush(void)",
  ledger_live: "char *ledger_live(uint64_t checkpoint)",
  bridge_ledger_live: "char *bridge_ledger_live(uint64_t checkpoint, bridge_status *status)",
  bridge_live_bytes: "uint64_t bridge_live_bytes(void)",
  bridge_live_count: "uint64_t bridge_live_count(void)",
  bridge_live_since: "uint64_t bridge_live_since(uint64_t checkpoint)",
  print_int: "int32_t print_int(const int32_t *number)",
  bridge_print_int: "int32_t bridge_print_int(const int32_t *number, bridge_status *status)",
  start_procedure: "char *start_procedure(const char *request)",
  bridge_start_procedure: "char *bridge_start_procedure(const char *request, bridge_status *status)",
  quad: "int32_t quad(size_t fn_ptr, void *user_data, double a, double b, double epsabs, double epsrel, quad_result *out)",
  bridge_quad: "int32_t bridge_quad(size_t fn_ptr, void *user_data, double a, double b, double epsabs, double epsrel, quad_result *out, bridge_status *status)",
  free_mem: "int32_t free_mem(char *text)",
  bridge_free_mem: "int32_t bridge_free_mem(char *text, bridge_status *status)",
  print_string: "int32_t print_string(const char *text)",
  bridge_print_string: "int32_t bridge_print_string(const char *text, bridge_status *status)",
  test_panic: "int32_t test_panic(const char *message)",
  bridge_test_panic: "int32_t bridge_test_panic(const char *message, bridge_status *status)",
} as const;

/** The types that a function's callback may have, and where it is called. */
export const callbacks = {
  call_on_threads: { signatures: ["double f(int32_t)"], threads: "any" },
  compute_from_rust: { signatures: ["void f(double *, double *, int32_t, int32_t)"], threads: "caller" },
  quad: { signatures: ["double f(double)", "double f(double, void *)"], threads: "caller" },
} as const;

/** Status codes by name. */
export const statuses = {
  ok: 0,
  null_pointer: 1,
  misaligned_pointer: 2,
  invalid_argument: 3,
  invalid_utf8: 4,
  unknown_pointer: 5,
  interior_pointer: 6,
  wrong_kind: 7,
  already_released: 8,
  no_thread: 9,
  output_failed: 10,
  invalid_json: 20,
  missing_field: 21,
  unknown_field: 22,
  wrong_field_type: 23,
  field_out_of_range: 24,
  unknown_action: 25,
  panic: 90,
} as const;
