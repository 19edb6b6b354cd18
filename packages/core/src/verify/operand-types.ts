// The types that every instruction takes and gives.
import type { Instruction, IrType, Operand } from "../ir/ir.ts";

const widths: Readonly<Record<string, number>> = {
  i1: 1,
  i8: 8,
  i16: 16,
  i32: 32,
  i64: 64,
  i128: 128,
  f32: 32,
  f64: 64,
};
const isInt = (type: IrType) => type.startsWith("i");
const isFloat = (type: IrType) => type.startsWith("f");
const width = (type: IrType) => widths[type] ?? 0;

/** What is wrong with an instruction's types, or undefined. */
export function typesMatch(i: Instruction): string | undefined {
  const want = (holds: boolean, what: string) => (holds ? undefined : what);
  switch (i.op) {
    case "get":
      return want(i.dest.type === i.local.type, "reads a local at another type");
    case "set":
      return want(i.value.type === i.local.type, `writes ${i.value.type} to a local of type ${i.local.type}`);
    case "stack":
      return want(i.dest.type === "ptr" && i.bytes > 0, "gives a pointer to at least one byte");
    case "zero":
      return want(i.to.type === "ptr" && i.bytes >= 0, "takes a pointer");
    case "copy":
      return want(i.to.type === "ptr" && i.from.type === "ptr" && i.bytes >= 0, "takes two pointers");
    case "load":
      return want(i.address.type === "ptr", "the address is no pointer");
    case "store":
      return want(i.address.type === "ptr", "the address is no pointer");
    case "offset":
      return want(
        i.address.type === "ptr" && i.index.type === "i64" && i.dest.type === "ptr",
        "takes a ptr and an i64",
      );
    case "fadd":
    case "fsub":
    case "fmul":
    case "fdiv":
    case "frem":
      return want(
        isFloat(i.left.type) && i.left.type === i.right.type && i.dest.type === i.left.type,
        "takes two floats of one type",
      );
    case "fneg":
      return want(isFloat(i.value.type) && i.dest.type === i.value.type, "takes a float");
    case "icmp":
      return want(!isFloat(i.left.type) && i.left.type === i.right.type, "takes two integers or pointers of one type");
    case "fcmp":
      return want(isFloat(i.left.type) && i.left.type === i.right.type, "takes two floats of one type");
    case "select": {
      const same = i.then.type === i.otherwise.type && i.dest.type === i.then.type;
      return want(i.test.type === "i1" && same, "takes an i1 and two values of one type");
    }
    case "sext":
    case "zext":
      return want(
        isInt(i.value.type) && isInt(i.dest.type) && width(i.value.type) < width(i.dest.type),
        "must widen an integer",
      );
    case "trunc":
      return want(
        isInt(i.value.type) && isInt(i.dest.type) && width(i.value.type) > width(i.dest.type),
        "must narrow an integer",
      );
    case "sitofp":
    case "uitofp":
      return want(isInt(i.value.type) && isFloat(i.dest.type), "converts an integer to a float");
    case "fptosi":
      return want(isFloat(i.value.type) && isInt(i.dest.type), "converts a float to an integer");
    case "fpext":
      return want(i.value.type === "f32" && i.dest.type === "f64", "converts f32 to f64");
    case "fptrunc":
      return want(i.value.type === "f64" && i.dest.type === "f32", "converts f64 to f32");
    case "ptrtoint":
      return want(i.value.type === "ptr" && i.dest.type === "i64", "converts a ptr to i64");
    case "inttoptr":
      return want(i.value.type === "i64" && i.dest.type === "ptr", "converts an i64 to a ptr");
    case "math":
      return want(i.args.every((a) => a.type === "f64") && i.dest.type === "f64", "takes and gives f64");
    case "clz":
      return want(i.value.type === "i32" && i.dest.type === "i32", "takes and gives i32");
    case "call":
      return undefined;
    default: {
      const same = isInt(i.left.type) && i.left.type === i.right.type && i.dest.type === i.left.type;
      return want(same, `takes two integers of one type, not ${i.left.type} and ${i.right.type}`);
    }
  }
}

export const resultMatches = (value: Operand | undefined, result: IrType | "void"): boolean =>
  (value?.type ?? "void") === result;
