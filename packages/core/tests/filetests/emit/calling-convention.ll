
define zeroext i8 @"cfunc_narrow"(i8 signext %t0, i16 zeroext %t1, i1 zeroext %t2) #0 {
entry:
  %l0 = alloca i32
  %l1 = alloca i32
  %l2 = alloca i1
  %l3 = alloca i32
  %t3 = sext i8 %t0 to i32
  store i32 %t3, ptr %l0
  %t4 = zext i16 %t1 to i32
  store i32 %t4, ptr %l1
  store i1 %t2, ptr %l2
  %t5 = load i1, ptr %l2
  br i1 %t5, label %then1, label %else2
then1:
  %t6 = load i32, ptr %l0
  %t7 = load i32, ptr %l1
  %t8 = add i32 %t6, %t7
  store i32 %t8, ptr %l3
  br label %end3
else2:
  %t9 = load i32, ptr %l0
  %t10 = load i32, ptr %l1
  %t11 = sub i32 %t9, %t10
  store i32 %t11, ptr %l3
  br label %end3
end3:
  %t12 = load i32, ptr %l3
  %t13 = trunc i32 %t12 to i8
  ret i8 %t13
}

attributes #0 = { nounwind }


define float @"cfunc_floats"(float %t0, double %t1) #0 {
entry:
  %l0 = alloca double
  %l1 = alloca double
  %t2 = fpext float %t0 to double
  store double %t2, ptr %l0
  store double %t1, ptr %l1
  %t3 = load double, ptr %l0
  %t4 = load double, ptr %l1
  %t5 = fadd double %t3, %t4
  %t6 = fptrunc double %t5 to float
  ret float %t6
}

attributes #0 = { nounwind }


define zeroext i1 @"cfunc_negates"(i1 zeroext %t0) #0 {
entry:
  %l0 = alloca i1
  store i1 %t0, ptr %l0
  %t1 = load i1, ptr %l0
  %t2 = xor i1 %t1, true
  ret i1 %t2
}

attributes #0 = { nounwind }


define void @"cfunc_stores"(ptr %t0, ptr %t1, i32 %t2) #0 {
entry:
  %l0 = alloca ptr
  %l1 = alloca ptr
  %l2 = alloca i32
  store ptr %t0, ptr %l0
  store ptr %t1, ptr %l1
  store i32 %t2, ptr %l2
  %t3 = load ptr, ptr %l0
  %t4 = getelementptr inbounds [2 x i8], ptr %t3, i64 0
  %t5 = load i32, ptr %l2
  %t6 = trunc i32 %t5 to i16
  store i16 %t6, ptr %t4
  %t7 = load ptr, ptr %l1
  %t8 = load i32, ptr %l2
  %t9 = and i32 %t8, 3
  %t10 = sext i32 %t9 to i64
  %t11 = getelementptr inbounds i8, ptr %t7, i64 %t10
  %t12 = load i8, ptr %t11
  %t13 = zext i8 %t12 to i32
  %t14 = load i32, ptr %l2
  %t15 = add i32 %t13, %t14
  %t16 = trunc i32 %t15 to i8
  store i8 %t16, ptr %t11
  ret void
}

attributes #0 = { nounwind }


define double @"cfunc_callsPlain"(double %t0) #0 {
entry:
  %l0 = alloca double
  store double %t0, ptr %l0
  %t1 = load double, ptr %l0
  %t2 = call double @"fn.0.f64"(double %t1)
  %t3 = load double, ptr %l0
  %t4 = call double @hypot(double %t3, double 0x3FF0000000000000)
  %t5 = fadd double %t2, %t4
  ret double %t5
}

define internal double @"fn.0.f64"(double %t0) #0 {
entry:
  %l0 = alloca double
  store double %t0, ptr %l0
  %t1 = load double, ptr %l0
  %t2 = fmul double %t1, 0x4000000000000000
  ret double %t2
}

declare double @hypot(double, double) memory(none) nounwind willreturn
attributes #0 = { nounwind }


@"cfunc_callsPointer.status" = global i64 0
@"cfunc_callsPointer.error" = global i64 0
define i32 @"cfunc_callsPointer"(ptr %t0, i32 %t1) #0 {
entry:
  %t2 = alloca [8 x i8], align 8
  store i32 0, ptr %t2
  %t3 = call i32 @"cfunc_callsPointer.body"(ptr %t0, i32 %t1, ptr %t2)
  %t4 = load i32, ptr %t2
  %t5 = icmp ne i32 %t4, 0
  br i1 %t5, label %failed1, label %went2
failed1:
  call void @runtime.record(ptr @"cfunc_callsPointer.error", i32 %t4)
  br label %went2
went2:
  ret i32 %t3
}

define internal i32 @"cfunc_callsPointer.checked"(ptr %t0, i32 %t1) #0 {
entry:
  store i32 0, ptr @"cfunc_callsPointer.status"
  %t2 = call i32 @"cfunc_callsPointer.body"(ptr %t0, i32 %t1, ptr @"cfunc_callsPointer.status")
  %t3 = load i32, ptr @"cfunc_callsPointer.status"
  %t4 = icmp ne i32 %t3, 0
  br i1 %t4, label %failed1, label %went2
failed1:
  call void @runtime.record(ptr @"cfunc_callsPointer.error", i32 %t3)
  br label %went2
went2:
  ret i32 %t2
}

define internal i32 @"cfunc_callsPointer.body"(ptr %t0, i32 %t1, ptr %t2) #0 {
entry:
  %l0 = alloca ptr
  %l1 = alloca i32
  store ptr %t0, ptr %l0
  store i32 %t1, ptr %l1
  %t3 = load ptr, ptr %l0
  %t4 = load i32, ptr %l1
  %t5 = trunc i32 %t4 to i8
  %t6 = fptrunc double 0x3FB999999999999A to float
  %t7 = icmp eq ptr %t3, null
  br i1 %t7, label %null1, label %callable2
null1:
  store i32 1, ptr %t2
  ret i32 0
callable2:
  %t8 = call i32 %t3(i8 zeroext %t5, float %t6)
  %t9 = add i32 %t8, 1
  ret i32 %t9
}

define internal void @runtime.record(ptr %word, i32 %site) noinline cold nounwind {
  %thread = call i32 @gettid()
  %wide = zext i32 %thread to i64
  %high = shl i64 %wide, 32
  %low = zext i32 %site to i64
  %report = or i64 %high, %low
  store atomic i64 %report, ptr %word release, align 8
  ret void
}

declare i32 @gettid()
attributes #0 = { nounwind }


define i64 @"cfunc_sizes"(i64 %t0, i64 %t1) #0 {
entry:
  %l0 = alloca i64
  %l1 = alloca i64
  store i64 %t0, ptr %l0
  store i64 %t1, ptr %l1
  %t2 = load i64, ptr %l0
  %t3 = sitofp i64 %t2 to double
  %t4 = fmul double %t3, 0x4000000000000000
  %t5 = load i64, ptr %l1
  %t6 = sitofp i64 %t5 to double
  %t7 = fadd double %t4, %t6
  %t8 = fptosi double %t7 to i64
  ret i64 %t8
}

attributes #0 = { nounwind }
