// A loop that LLVM vectorises for the machine it runs on: b[i] = 2 * a[i].
import { llvm } from "../../src/llvm/index.ts";

export const doublingLoop = () => {
  const { cpu, features } = llvm().target();
  return `define void @twice(ptr noalias %a, ptr noalias %b, i64 %n) nounwind "target-cpu"="${cpu}" "target-features"="${features}" {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr inbounds double, ptr %a, i64 %i
  %x = load double, ptr %p
  %y = fmul double %x, 2.0
  %q = getelementptr inbounds double, ptr %b, i64 %i
  store double %y, ptr %q
  %next = add nuw nsw i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}`;
};
