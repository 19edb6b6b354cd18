// Routines that compiled code calls, as LLVM text. A module gets those it uses; all of them inline.
import type { RuntimeRoutine } from "../ir/ir.ts";

interface Routine {
  readonly text: string;
  /** Declarations and routines that the text needs. */
  readonly declares: readonly string[];
}

/** Modulo 2^bits of a double, by the rules of ECMAScript's ToInt32: NaN and infinities give 0. */
const toInt = (name: string, bits: 32 | 64): Routine => ({
  declares: ["declare double @llvm.fabs.f64(double)"],
  text: `define internal i${bits} @${name}(double %x) alwaysinline nounwind {
entry:
  %magnitude = call double @llvm.fabs.f64(double %x)
  %fits = fcmp olt double %magnitude, 0x43E0000000000000
  br i1 %fits, label %direct, label %large
direct:
  %whole = fptosi double %x to i64
  ${bits === 32 ? "%low = trunc i64 %whole to i32\n  ret i32 %low" : "ret i64 %whole"}
large:
  %finite = fcmp olt double %magnitude, 0x7FF0000000000000
  br i1 %finite, label %shift, label %zero
shift:
  ; at or above 2^63 the value is its 53-bit significand shifted left by its exponent
  %bits = bitcast double %x to i64
  %e = lshr i64 %bits, 52
  %exponent = and i64 %e, 2047
  %by = sub i64 %exponent, 1075
  %out = icmp ugt i64 %by, 63
  %amount = select i1 %out, i64 0, i64 %by
  %fraction = and i64 %bits, 4503599627370495
  %significand = or i64 %fraction, 4503599627370496
  %shifted = shl i64 %significand, %amount
  %value = select i1 %out, i64 0, i64 %shifted
  %negated = sub i64 0, %value
  %negative = icmp slt i64 %bits, 0
  %signed = select i1 %negative, i64 %negated, i64 %value
  ${bits === 32 ? "%result = trunc i64 %signed to i32\n  ret i32 %result" : "ret i64 %signed"}
zero:
  ret i${bits} 0
}`,
});

/** Prints one value to C's standard output. */
const print = (name: string, type: string, format: string): Routine => ({
  declares: ["declare i32 @printf(ptr, ...)"],
  text: `@runtime.format.${name} = private constant [${format.length + 1} x i8] c"${format}\\00"
define internal void @runtime.print.${name}(${type} %value) nounwind {
  call i32 (ptr, ...) @printf(ptr @runtime.format.${name}, ${type} %value)
  ret void
}`,
});

/** Math.min and Math.max: NaN wins, and -0 is below 0 (ECMAScript 21.3.2.24). */
const extreme = (name: "min" | "max"): Routine => {
  const first = name === "min" ? "olt" : "ogt";
  // equal operands differ at most in the sign of zero: or-ing the bits gives -0, and-ing gives 0
  const merge = name === "min" ? "or" : "and";
  return {
    declares: [],
    text: `define internal double @runtime.${name}(double %a, double %b) alwaysinline nounwind memory(none) {
  %first = fcmp ${first} double %a, %b
  %second = fcmp ${first} double %b, %a
  %equal = fcmp oeq double %a, %b
  %ia = bitcast double %a to i64
  %ib = bitcast double %b to i64
  %im = ${merge} i64 %ia, %ib
  %same = bitcast i64 %im to double
  %nan = fadd double %a, %b
  %rest = select i1 %equal, double %same, double %nan
  %other = select i1 %second, double %b, double %rest
  %result = select i1 %first, double %a, double %other
  ret double %result
}`,
  };
};

const routines: Readonly<Record<RuntimeRoutine, Routine>> = {
  record: {
    declares: ["declare i32 @gettid()"],
    // one atomic word, thread and site, so that a reader never sees halves of two reports
    text: `define internal void @runtime.record(ptr %word, i32 %site) noinline cold nounwind {
  %thread = call i32 @gettid()
  %wide = zext i32 %thread to i64
  %high = shl i64 %wide, 32
  %low = zext i32 %site to i64
  %report = or i64 %high, %low
  store atomic i64 %report, ptr %word release, align 8
  ret void
}`,
  },
  "print.text": print("text", "ptr", "%s"),
  "print.float": print("float", "double", "%.17g"),
  "print.int": print("int", "i64", "%lld"),
  "print.uint": print("uint", "i64", "%llu"),
  "print.end": {
    declares: ["declare i32 @fflush(ptr)", "declare i32 @putchar(i32)"],
    text: `define internal void @runtime.print.end() nounwind {
  call i32 @putchar(i32 10)
  call i32 @fflush(ptr null)
  ret void
}`,
  },
  toint32: toInt("runtime.toint32", 32),
  toint64: toInt("runtime.toint64", 64),
  min: extreme("min"),
  max: extreme("max"),
  round: {
    declares: ["declare double @llvm.floor.f64(double)", "declare double @llvm.copysign.f64(double, double)"],
    // half way rounds up; the sign of zero is kept (ECMAScript 21.3.2.28)
    text: `define internal double @runtime.round(double %x) alwaysinline nounwind memory(none) {
  %floor = call double @llvm.floor.f64(double %x)
  %rest = fsub double %x, %floor
  %up = fcmp oge double %rest, 5.0e-1
  %next = fadd double %floor, 1.0
  %rounded = select i1 %up, double %next, double %floor
  %result = call double @llvm.copysign.f64(double %rounded, double %x)
  ret double %result
}`,
  },
  pow: {
    declares: ["declare double @llvm.pow.f64(double, double)", "declare double @llvm.fabs.f64(double)"],
    // C gives 1 for pow(1, NaN) and pow(-1, +-Infinity); JavaScript gives NaN (ECMAScript 6.1.6.1.3)
    text: `define internal double @runtime.pow(double %x, double %y) alwaysinline nounwind memory(none) {
  %c = call double @llvm.pow.f64(double %x, double %y)
  %ax = call double @llvm.fabs.f64(double %x)
  %ay = call double @llvm.fabs.f64(double %y)
  %one = fcmp oeq double %ax, 1.0
  %infinite = fcmp oeq double %ay, 0x7FF0000000000000
  %odd = and i1 %one, %infinite
  %unordered = fcmp uno double %y, 0.0
  %nan = or i1 %odd, %unordered
  %result = select i1 %nan, double 0x7FF8000000000000, double %c
  ret double %result
}`,
  },
};

/** The text of the routines used, and the declarations they need. */
export function runtimeText(used: Iterable<RuntimeRoutine>): { readonly text: string[]; readonly declares: string[] } {
  const text: string[] = [];
  const declares: string[] = [];
  for (const name of used) {
    text.push(routines[name].text);
    declares.push(...routines[name].declares);
  }
  return { text, declares };
}
