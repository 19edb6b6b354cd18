// The constant arrays of a module: one for each captured array, however often it is used.
import type { ConstantArray } from "../check/fact.ts";
import { symbol } from "../ir/builder.ts";
import { memoryType } from "../ir/c-types.ts";
import type { ConstantData, Operand } from "../ir/ir.ts";
import type { CType } from "../types/ctype.ts";

export class ConstantPool {
  private readonly texts = new Map<string, ConstantData>();
  private readonly entries = new Map<object, ConstantData>();

  /** The address of the array's first element. */
  address(data: ConstantArray, element: CType): Operand {
    const known = this.entries.get(data.identity);
    const entry = known ?? { name: `constant.${this.entries.size}`, type: memoryType(element), values: data.values };
    this.entries.set(data.identity, entry);
    return symbol(entry.name);
  }

  /** The address of a text, NUL-terminated and in UTF-8. */
  text(value: string): Operand {
    const known = this.texts.get(value);
    const bytes = [...new TextEncoder().encode(value), 0];
    const entry = known ?? { name: `text.${this.texts.size}`, type: "i8" as const, values: bytes };
    this.texts.set(value, entry);
    return symbol(entry.name);
  }

  all(): ConstantData[] {
    return [...this.entries.values(), ...this.texts.values()];
  }
}
