// SQLite with functions of our own: a scalar function, an aggregate and a collation, compiled from TypeScript and called by
// SQLite for every row, without entering a JavaScript engine.
import {
  alloc,
  CPointer,
  carray,
  cast,
  cfunc,
  closure,
  float64,
  load,
  type Ptr,
  sizeof,
  stringAt,
  struct,
  uint8,
  voidptr,
} from "@cfunc/core";

// 1. What is used of sqlite3.h. Handles that only SQLite looks into are `void *`. Newer versions of Node
//    hold an SQLite too: `deepbind` lets the library call its own functions, not those.
const sqlite = load(
  "libsqlite3.so.0",
  {
    sqlite3_open: "int sqlite3_open(const char *file, void **db)",
    sqlite3_close: "int sqlite3_close(void *db)",
    sqlite3_errmsg: "const char *sqlite3_errmsg(void *db)",
    sqlite3_prepare_v2: "int sqlite3_prepare_v2(void *db, const char *sql, int bytes, void **statement, void *tail)",
    sqlite3_step: "int sqlite3_step(void *statement)",
    sqlite3_finalize: "int sqlite3_finalize(void *statement)",
    sqlite3_column_count: "int sqlite3_column_count(void *statement)",
    sqlite3_column_text: "const char *sqlite3_column_text(void *statement, int column)",
    sqlite3_create_function_v2:
      "int sqlite3_create_function_v2(void *db, const char *name, int arguments, int flags, void *user, void (*function)(void *, int, void **), void (*step)(void *, int, void **), void (*final)(void *), void (*destroy)(void *))",
    sqlite3_create_collation:
      "int sqlite3_create_collation(void *db, const char *name, int encoding, void *user, int (*compare)(void *, int, const void *, int, const void *))",
    sqlite3_value_double: "double sqlite3_value_double(void *value)",
    sqlite3_result_double: "void sqlite3_result_double(void *context, double value)",
    sqlite3_result_error: "void sqlite3_result_error(void *context, const char *message, int bytes)",
    sqlite3_user_data: "void *sqlite3_user_data(void *context)",
    sqlite3_aggregate_context: "void *sqlite3_aggregate_context(void *context, int bytes)",
  },
  { deepbind: true },
);
const { sqlite3_value_double, sqlite3_result_double, sqlite3_result_error } = sqlite;
const { sqlite3_user_data, sqlite3_aggregate_context } = sqlite;
const [row, utf8, deterministic] = [100, 1, 0x800]; // SQLITE_ROW, SQLITE_UTF8, SQLITE_DETERMINISTIC

// 2. A connection. `sqlite3_open` writes the handle through an out-parameter.
using handle = alloc(voidptr);
check(sqlite.sqlite3_open(":memory:", handle));
const db = handle[0];

function check(status: number): void {
  if (status !== 0) throw new Error(stringAt(sqlite.sqlite3_errmsg(handle[0])) ?? "no memory");
}

/** The rows of a query as texts, or the message of SQLite's error. */
function query(sql: string): string[][] | string {
  using statement = alloc(voidptr);
  check(sqlite.sqlite3_prepare_v2(db, sql, -1, statement, null));
  const rows: string[][] = [];
  const columns = sqlite.sqlite3_column_count(statement[0]);
  while (sqlite.sqlite3_step(statement[0]) === row)
    rows.push(
      Array.from({ length: columns }, (_, i) => stringAt(sqlite.sqlite3_column_text(statement[0], i)) ?? "NULL"),
    );
  return sqlite.sqlite3_finalize(statement[0]) === 0 ? rows : (stringAt(sqlite.sqlite3_errmsg(db)) ?? "");
}

// 3. A scalar function: the distance of two places. SQLite passes the arguments as an array of opaque values; the radius
//    travels as user data, a pointer that SQLite hands back. An error is reported to SQLite, which ends the query with it.
using radius = alloc(float64);
radius[0] = 6371;
const Float64P = CPointer(float64);
const degrees = Math.PI / 180;
const distance = (context: Ptr<void>, _count: number, values: Ptr<Ptr<void> | null>): void => {
  const lat1 = sqlite3_value_double(values[0]) * degrees;
  const lat2 = sqlite3_value_double(values[2]) * degrees;
  const across = (sqlite3_value_double(values[3]) - sqlite3_value_double(values[1])) * degrees;
  if (!(Math.abs(lat1) <= Math.PI / 2 && Math.abs(lat2) <= Math.PI / 2)) {
    sqlite3_result_error(context, "a latitude is from -90 to 90", -1);
    return;
  }
  const [a, b] = [Math.sin((lat2 - lat1) / 2), Math.sin(across / 2)];
  const r = cast(sqlite3_user_data(context), Float64P);
  if (r !== null)
    sqlite3_result_double(context, 2 * r[0] * Math.asin(Math.sqrt(a * a + Math.cos(lat1) * Math.cos(lat2) * b * b)));
};
const scalar = "void(void *context, int count, void **values)";
const compiled = cfunc(scalar, distance);
check(sqlite.sqlite3_create_function_v2(db, "distance", 4, utf8 | deterministic, radius, compiled, null, null, null));

console.log("Paris to New York, km:", query("select round(distance(48.8566, 2.3522, 40.7128, -74.0060))"));
console.log("a bad latitude:", query("select distance(91, 0, 0, 0)"));

// 4. An aggregate: the variance, in one pass (B. P. Welford, Technometrics 4, 1962). Its state lies in memory that SQLite
//    gives for each group, zeroed at first.
const State = struct("State", { n: float64, mean: float64, squares: float64 });
const StateP = CPointer(State);
const stateSize = sizeof(State);
const step = cfunc(scalar, (context, _count, values) => {
  const state = cast(sqlite3_aggregate_context(context, stateSize), StateP);
  if (state === null) return;
  const x = sqlite3_value_double(values[0]);
  const difference = x - state.mean;
  state.n += 1;
  state.mean += difference / state.n;
  state.squares += difference * (x - state.mean);
});
const final = cfunc("void(void *context)", (context) => {
  const state = cast(sqlite3_aggregate_context(context, stateSize), StateP);
  if (state !== null && state.n > 1) sqlite3_result_double(context, state.squares / (state.n - 1));
});
check(sqlite.sqlite3_create_function_v2(db, "variance", 1, utf8 | deterministic, null, null, step, final, null));

query("create table measured (place text, value real)");
query("insert into measured values ('b', 2), ('A', 4), ('b', 4), ('C', 7), ('a', 5.5), ('b', 9)");
const byHand = "(sum(value * value) - sum(value) * sum(value) / count(*)) / (count(*) - 1)";
console.log("variance by place:", query("select place, variance(value) from measured group by place"));
console.log("as SQL has it:", query(`select variance(value) - (${byHand}) < 1e-12 from measured`));

// 5. A collation: texts with their lengths, not NUL-terminated. SQLite's own NOCASE must agree.
const lower = (c: number) => (c >= 65 && c <= 90 ? c + 32 : c);
const ignoringCase = cfunc("int(void *user, int n, const void *a, int m, const void *b)", (_user, n, a, m, b) => {
  const [left, right] = [carray(a, n, uint8), carray(b, m, uint8)];
  for (let i = 0; i < n && i < m; i++) {
    const difference = lower(left[i]) - lower(right[i]);
    if (difference !== 0) return difference;
  }
  return n - m;
});
check(sqlite.sqlite3_create_collation(db, "ignoring_case", utf8, null, ignoringCase));
const order = (collation: string) =>
  query(`select place, value from measured order by place collate ${collation}, value`);
console.log("sorted:", JSON.stringify(order("ignoring_case")));
console.log("as NOCASE sorts:", JSON.stringify(order("ignoring_case")) === JSON.stringify(order("nocase")));

// 6. The same function as a JavaScript closure: SQLite enters the JavaScript engine for every row. What it costs depends on
//    the machine, so it goes to standard error.
using slow = closure(scalar, distance);
check(sqlite.sqlite3_create_function_v2(db, "slow_distance", 4, utf8 | deterministic, radius, slow, null, null, null));
const places = "with recursive place(i) as (select 0 union all select i + 1 from place where i < 20000)";
const total = (name: string): string => {
  const start = performance.now();
  const rows = query(`${places} select sum(${name}(i % 90, i % 180, 48.8566, 2.3522)) from place`);
  console.error(`${name}: ${(performance.now() - start).toFixed(1)} ms for 20001 rows`);
  return String(rows);
};
console.log("both compute the same:", Math.abs(Number(total("distance")) / Number(total("slow_distance")) - 1) < 1e-14);

// 7. A connection whose statements are finished can be closed. The functions must live until then.
console.log("closed:", sqlite.sqlite3_close(db) === 0);
