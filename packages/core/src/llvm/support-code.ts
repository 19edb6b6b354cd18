// Three callbacks that LLVM calls while it works, as LLVM text: they note what happened in memory that JavaScript
// reads afterwards, because no JavaScript can run while ffi-rs is inside a call. Without them LLVM prints to standard
// error, or ends the process. Pure text.

/** Words of the noted memory, counted from its start. */
export const noted = { lookupError: 0, address: 1, diagnostic: 2, sessionError: 3 } as const;

/** Where optimisation remarks are noted, in words of the same memory: how many, then the text of each. */
export const notedRemarks = { count: 32, first: 33, most: 440 } as const;

/** A handler that notes what LLVM has to say about a module, errors as `on_diagnostic` does. */
export const remarkText = (severity: bigint, description: bigint, onDiagnostic: bigint): string => `
define void @on_remark(ptr %info, ptr %out) nounwind {
  %severity = call i32 inttoptr (i64 ${severity} to ptr)(ptr %info)
  %remark = icmp eq i32 %severity, 2
  br i1 %remark, label %room, label %other
other:
  call void inttoptr (i64 ${onDiagnostic} to ptr)(ptr %info, ptr %out)
  br label %done
room:
  %counter = getelementptr i8, ptr %out, i64 ${8 * notedRemarks.count}
  %count = load i64, ptr %counter
  %fits = icmp ult i64 %count, ${notedRemarks.most}
  br i1 %fits, label %keep, label %done
keep:
  %text = call ptr inttoptr (i64 ${description} to ptr)(ptr %info)
  %first = getelementptr i8, ptr %out, i64 ${8 * notedRemarks.first}
  %slot = getelementptr ptr, ptr %first, i64 %count
  store ptr %text, ptr %slot
  %next = add i64 %count, 1
  store i64 %next, ptr %counter
  br label %done
done:
  ret void
}`;

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
