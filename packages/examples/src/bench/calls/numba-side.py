"""The same callbacks compiled by Numba and called by the same C loops. Prints times as JSON."""

import ctypes
import json
import math
import sys
import time

start = time.perf_counter()
from numba import carray, cfunc, types  # noqa: E402


@cfunc("float64(float64)")
def integrand(t):
    return math.exp(-t) / (t * t)


first = (time.perf_counter() - start) * 1e3


@cfunc(types.void(types.CPointer(types.double), types.CPointer(types.double), types.intc, types.intc))
def doubling(source, target, m, n):
    a = carray(source, (m, n))
    b = carray(target, (m, n))
    for i in range(m):
        for j in range(n):
            b[i, j] = 2 * a[i, j]


library = ctypes.CDLL(sys.argv[1])
library.bench_integrand.restype = library.bench_doubling.restype = ctypes.c_double
total = ctypes.c_double()
times = {
    "import to first pointer": first,
    "C calling the integrand": min(
        library.bench_integrand(ctypes.c_void_p(integrand.address), ctypes.c_int64(10_000_000), ctypes.byref(total))
        for _ in range(5)
    ),
}
for m, n, repeat in ((2, 3, 20_000_000), (32, 32, 2_000_000), (1000, 1000, 300)):
    source = (ctypes.c_double * (m * n))(*[1.5] * (m * n))
    target = (ctypes.c_double * (m * n))()
    times[f"matrix doubling {m}x{n}"] = min(
        library.bench_doubling(ctypes.c_void_p(doubling.address), source, target, m, n, ctypes.c_int64(repeat))
        for _ in range(5)
    )
print(json.dumps(times))
