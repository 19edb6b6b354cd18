// The one table of diagnostic codes. A code never changes its meaning; a new mistake gets a new code.
// A block a stage. Pure.

const signature = {
  CF1101: "the signature does not parse",
  CF1102: "unknown type name in a signature",
  CF1103: "a C type that cannot cross the boundary",
  CF1104: "a type that cannot stand in this place",
  CF1105: "a structure that C cannot have",
  CF1106: "not a type",
} as const;

const source = {
  CF1201: "the function has no source text",
  CF1202: "not a function",
  CF1203: "a class is not a function that can be compiled",
  CF1204: "an async function cannot be compiled",
  CF1205: "a generator cannot be compiled",
  CF1206: "a getter or setter cannot be compiled",
  CF1207: "the function was lowered to an older JavaScript",
  CF1208: "captured variables cannot be read in this process",
} as const;

const parse = {
  CF1301: "syntax error",
  CF1302: "syntax that does not compile to native code",
  CF1303: "assignment to something that cannot change",
} as const;

const check = {
  CF2001: "unknown name",
  CF2002: "a captured value has no value yet",
  CF2003: "number and bigint do not mix",
  CF2004: "a captured value that native code cannot use",
  CF2005: "the function's parameters do not match its signature",
  CF2006: "wrong number of arguments",
  CF2007: "a value that cannot be called",
  CF2008: "unknown member",
  CF2009: "a variable is read before it is assigned",
  CF2010: "a path returns no value",
  CF2011: "an operation that its operands do not have",
  CF2012: "a bigint may need more than 128 bits",
  CF2014: "an array view that cannot be made",
  CF2015: "a C type that compiled code cannot use yet",
  CF2017: "a value that does not convert to the C type",
  CF2018: "a write through a pointer to const",
} as const;

const verify = {
  CF3001: "the intermediate representation broke an invariant",
} as const;

const llvm = {
  CF4001: "libLLVM was not found",
  CF4002: "CFUNC_LLVM names a file that cannot be used",
  CF4003: "native code is not supported on this platform",
  CF4004: "the package ffi-rs could not be loaded",
  CF4005: "the libLLVM that was found cannot be used",
  CF4010: "internal error: LLVM did not accept the generated code",
} as const;

const native = {
  CF5001: "a library could not be opened",
  CF5002: "a library has no such symbol",
  CF5003: "use of native code after it was closed or disposed of",
  CF5004: "not a compiled function",
  CF5005: "a symbol is not what it was declared as",
  CF5010: "wrong number of arguments in a native call",
  CF5011: "an argument of a native call has the wrong type",
  CF5012: "an argument of a native call is out of range",
  CF5013: "a string cannot be passed as a C string",
  CF5014: "a buffer is in use by an asynchronous call",
  CF5015: "an asynchronous call returned a pointer into a copy",
  CF5016: "a string has half of a surrogate pair",
  CF5020: "a type cannot be passed between TypeScript and native code",
  CF5021: "an overload that can never be chosen",
  CF5030: "a closure could not answer another thread",
  CF5031: "a closure returned a value its signature does not allow",
  CF5040: "native code cannot be used in this process",
  CF5060: "an option that `cfunc` does not have",
  CF5061: "an option that `closure` does not have",
  CF5050: "a request for native memory is not valid",
} as const;

const memory = {
  CF5501: "access outside the memory of a view",
  CF5502: "use of memory after it was released",
  CF5503: "a value that the element type cannot hold",
  CF5504: "access through a pointer without an element type",
  CF5505: "the shape of a view is not valid",
  CF5506: "native memory is not available",
  CF5507: "a null pointer was dereferenced",
  CF5508: "bytes that are not UTF-8 text",
  CF5509: "memory is in use by an asynchronous call",
} as const;

/** Notes on speed, which only `remarks()` gives. */
const performance = {
  CF6001: "a variable is held as a double",
  CF6002: "a product of integers is computed as a double",
  CF6003: "a loop was not vectorised",
} as const;

/** Every code with its title. */
export const codes = {
  ...signature,
  ...source,
  ...parse,
  ...check,
  ...verify,
  ...llvm,
  ...native,
  ...memory,
  ...performance,
} as const;

export type Code = keyof typeof codes;
