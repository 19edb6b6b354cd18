// Three callbacks that LLVM calls while it works, as LLVM text: they note what happened in memory that JavaScript
// reads afterwards, because no JavaScript can run while ffi-rs is inside a call. Without them LLVM prints to standard
// error, or ends the process. Pure text.

/** Words of the noted memory, counted from its start. */
export const noted = { lookupError: 0, address: 1, diagnostic: 2, sessionError: 3 } as const;

/** `severity` and `description` are addresses of `LLVMGetDiagInfoSeverity` and `LLVMGetDiagInfoDescription`. */
export const supportText = (severity: bigint, description: bigint): string => `
define void @on_lookup(ptr %error, ptr %pairs, i64 %count, ptr %out) nounwind {
  store ptr %error, ptr %out
  %none = icmp eq i64 %count, 0
  br i1 %none, label %done, label %copy
copy:
  %from = getelementptr i8, ptr %pairs, i64 8
  %address = load i64, ptr %from
  %to = getelementptr i8, ptr %out, i64 ${8 * noted.address}
  store i64 %address, ptr %to
  br label %done
done:
  ret void
}
define void @on_diagnostic(ptr %info, ptr %out) nounwind {
  %severity = call i32 inttoptr (i64 ${severity} to ptr)(ptr %info)
  %error = icmp eq i32 %severity, 0
  %slot = getelementptr i8, ptr %out, i64 ${8 * noted.diagnostic}
  %before = load ptr, ptr %slot
  %first = icmp eq ptr %before, null
  %note = and i1 %error, %first
  br i1 %note, label %keep, label %done
keep:
  %text = call ptr inttoptr (i64 ${description} to ptr)(ptr %info)
  store ptr %text, ptr %slot
  br label %done
done:
  ret void
}
define void @on_session_error(ptr %out, ptr %error) nounwind {
  %slot = getelementptr i8, ptr %out, i64 ${8 * noted.sessionError}
  %before = load ptr, ptr %slot
  %first = icmp eq ptr %before, null
  br i1 %first, label %keep, label %done
keep:
  store ptr %error, ptr %slot
  br label %done
done:
  ret void
}`;
