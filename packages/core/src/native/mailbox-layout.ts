// Where things lie in the memory of a mailbox and of the items in it, which JavaScript and generated code share.
// Numbers only: nothing here touches memory.

/** Offsets in the mailbox's memory, in bytes. The parts of libuv are smaller than the room they have here. */
export const mailbox = {
  mutex: 0,
  condition: 64,
  /** int32: whether the environment still answers. */
  open: 128,
  first: 136,
  last: 144,
  /** Of N-API: the asynchronous context, the clean-up hook, the reference to what is told of finished jobs. */
  context: 152,
  hook: 160,
  finished: 168,
  handle: 256,
  size: 1024,
} as const;

/** Offsets in an item, a request or a job, in bytes. */
export const item = {
  next: 0,
  kind: 8,
  state: 12,
  /** Of a request: the closure's cell. Of a job: the code that makes the call. */
  cell: 16,
  body: 16,
  /** `pthread_self()` of the thread that asks or calls. */
  thread: 24,
  /** Of a request: how many argument words there are. Of a job: `errno` after the call. */
  count: 32,
  errno: 32,
  result: 40,
  /** Of a job: the function to call, and memory to be freed with it. */
  target: 48,
  /** Of a request: how many words the result takes where it is an aggregate; it is put in place of the arguments. */
  answerWords: 48,
  payload: 56,
  arguments: 64,
} as const;

/** Which of the two an item is. */
export const itemKind = { request: 0, job: 1 } as const;
/** How far a request has come. */
export const requestState = { queued: 0, running: 1, done: 2, abandoned: 3 } as const;
