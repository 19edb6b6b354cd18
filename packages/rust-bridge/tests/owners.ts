// How to call each function that hands something out which its caller must release. The scenarios that are made of
// these are in ownership.test.ts; a function of the contract that is missing here fails them.
import { cfunc } from "@cfunc/core";
import { library } from "../src/library.ts";
import { checked } from "../src/status.ts";

type Status = DataView<ArrayBuffer>;

/** What was handed out: an address, or a handle. */
export interface Made {
  readonly value: bigint;
  /** The argument by which the destructor gets another address or handle in its place. */
  readonly as: (value: bigint) => unknown;
}

export interface Owner {
  /** Calls it. */
  readonly make: () => Made;
  /** Ends what `make` had to make besides. */
  readonly end?: () => void;
}

const pointer = (value: { readonly address: bigint } | null): Made => ({
  value: value?.address ?? 0n,
  as: (address) => (address === 0n ? null : { address }),
});
const handle = (value: bigint): Made => ({ value, as: (other) => other });
const text = (call: (status: Status) => { readonly address: bigint } | null) => ({
  make: () => pointer(checked(call)),
});

const rust = library;
const options = () => {
  const block = new DataView(new ArrayBuffer(32));
  for (const offset of [0, 4, 28]) block.setUint32(offset, 1, true);
  block.setFloat64(8, 60, true);
  return block;
};
const white = () => Float64Array.of(1, 1, 1).buffer;
const request = '{"timeout":1,"retries":1,"host_list":[],"action":"ping","job_id":1}';
const paint = cfunc("void(double, double, CPointer(double))", (u, v, rgb) => {
  rgb[0] = u;
  rgb[1] = v;
  rgb[2] = 0;
});
const kept = cfunc("double(double, CPointer(double))", (x, data) => x + data[0]);
const tick = cfunc("void(uint64, CPointer(double))", (_count, data) => {
  data[0] = 1;
});
const data = Float64Array.of(0, 0);

/** With a store that has an entry. */
function withStore<T>(
  open: () => T,
  insert: (store: T) => void,
  get: (store: T) => Made,
  end: (store: T) => void,
): Owner {
  let store: T | undefined;
  const opened = () => {
    if (store === undefined) {
      store = open();
      insert(store);
    }
    return store;
  };
  return {
    make: () => get(opened()),
    end: () => {
      if (store !== undefined) end(store);
      store = undefined;
    },
  };
}

function withColoration(
  make: (coloration: { readonly address: bigint } | null, status: Status) => ReturnType<Solid>,
): Owner {
  const open = () => checked((s) => rust().bridge_coloration_solid(white(), s));
  const end = (coloration: ReturnType<typeof open>) =>
    void checked((s) => rust().bridge_coloration_free(coloration, s));
  return withStore(
    open,
    () => undefined,
    (coloration) => pointer(checked((s) => make(coloration, s))),
    end,
  );
}
type Solid = ReturnType<typeof library>["bridge_coloration_solid"];

/** By the name of the function that hands out. `texture` is the path of an image. */
export function owners(texture: string): Readonly<Record<string, Owner>> {
  return {
    string_reverse: text((s) => rust().bridge_string_reverse("abc", s)),
    string_concat: text((s) => rust().bridge_string_concat("abc", "def", s)),
    start_procedure: text((s) => rust().bridge_start_procedure(request, s)),
    ledger_live: text((s) => rust().bridge_ledger_live(0n, s)),
    ledger_census: text((s) => rust().bridge_ledger_census(s)),
    ledger_trace_stop: text((s) => rust().bridge_ledger_trace_stop(s)),
    store_get: withStore(
      () => checked((s) => rust().bridge_store_new(s)),
      (store) => void checked((s) => rust().bridge_store_insert(store, "key", "value", s)),
      (store) => pointer(checked((s) => rust().bridge_store_get(store, "key", s))),
      (store) => void checked((s) => rust().bridge_store_free(store, s)),
    ),
    kv_get: withStore(
      () => checked((s) => rust().bridge_kv_open(s)),
      (store) => void checked((s) => rust().bridge_kv_insert(store, "key", "value", s)),
      (store) => pointer(checked((s) => rust().bridge_kv_get(store, "key", s))),
      (store) => void checked((s) => rust().bridge_kv_close(store, s)),
    ),
    store_new: text((s) => rust().bridge_store_new(s)),
    kv_open: { make: () => handle(checked((s) => rust().bridge_kv_open(s))) },
    vector_range: {
      make: () => {
        const block = new DataView(new ArrayBuffer(24));
        checked((s) => rust().bridge_vector_range(0, 1, 5, block, s));
        const as = (address: bigint) => {
          const copy = new DataView(block.buffer.slice(0));
          copy.setBigUint64(0, address, true);
          return copy;
        };
        return { value: block.getBigUint64(0, true), as };
      },
    },
    coloration_solid: text((s) => rust().bridge_coloration_solid(white(), s)),
    coloration_texture: text((s) => rust().bridge_coloration_texture(texture, s)),
    coloration_procedural: text((s) => rust().bridge_coloration_procedural(Number(paint.address), null, s)),
    surface_diffuse: withColoration((coloration, s) => rust().bridge_surface_diffuse(coloration, 1, s)),
    surface_reflective: withColoration((coloration, s) => rust().bridge_surface_reflective(coloration, 1, 1, s)),
    surface_refractive: withColoration((coloration, s) => rust().bridge_surface_refractive(coloration, 1, 1.5, 1, s)),
    scene_create: { make: () => handle(checked((s) => rust().bridge_scene_create(options(), s))) },
    callback_register: {
      make: () => handle(checked((s) => rust().bridge_callback_register(Number(kept.address), data, 0, s))),
    },
    ticker_start: {
      make: () => handle(checked((s) => rust().bridge_ticker_start(Number(tick.address), data, 1_000_000, s))),
    },
  };
}
