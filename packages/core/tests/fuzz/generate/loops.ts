// Random loops: counted, conditional, over views and captured arrays. Every loop ends: a wild one, whose counter its body
// may assign, counts fuel.
import { c, e, h, list, s, type Tree, tick } from "../tree.ts";
import { condition } from "./conditions.ts";
import { number } from "./numbers.ts";
import type { Scope } from "./scope.ts";
import { block } from "./statements.ts";

type Head = { readonly kind: "for"; readonly text: Tree } | { readonly kind: "do"; readonly test: Tree };

export function loop(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const i = scope.fresh();
  const label = random.oneIn(2) ? `L${i}` : undefined;
  const prefix = label === undefined ? "" : `${label}: `;
  const wild = random.oneIn(3);
  const fuel = wild ? `fuel${i}` : undefined;
  const before: Tree[] = fuel === undefined ? [] : [s`let ${fuel} = ${random.pick(["9", "17", "33"])};\n`];
  const head = headOf(scope, i, before, wild);
  const body = scope.loop(label, () => {
    scope.numbers.push(i);
    if (wild) scope.assignable.push(i);
    const guard = fuel === undefined ? tick : `${tick} if (${fuel}-- <= 0) break; `;
    return s`{ ${guard}${block(scope, depth, 2)} }`;
  });
  if (head.kind === "do") return s`{ ${list(before)}${prefix}do ${body} while (${head.test}); }\n`;
  return s`{ ${list(before)}${prefix}${head.text} ${body} }\n`;
}

function headOf(scope: Scope, i: string, before: Tree[], wild: boolean): Head {
  const { random } = scope;
  const bound = () => number(scope, 1);
  const counted = (text: Tree): Head => ({ kind: "for", text });
  const start = (value: Tree | string) => before.push(s`let ${i} = ${value};\n`);
  switch (random.below(13)) {
    case 0:
    case 1:
      return counted(h`for (let ${i} = 0; ${i} < ((${bound()}) & 15); ${i}++)`);
    case 2:
      return counted(h`for (let ${i} = (${bound()}) & 15; ${i} >= 0; ${i}--)`);
    case 3: {
      const from = random.pick(["-3", "0", "2147483640", "4294967290", "-2147483655"]);
      const end = `${i} + ${random.pick(["12", "7.5", "1"])}`;
      return counted(
        h`for (let ${i} = ${from}, end = ${end}; ${i} <= end; ${i} += ${random.pick(["2", "1", "0.5", "3"])})`,
      );
    }
    case 4: {
      const step = random.pick([`${i}++`, `++${i}`, `${i} += 1`, `${i} = ${i} + 1`]);
      return counted(h`for (let ${i} = 0; ${i} < Math.min(${bound()}, 12); ${step})`);
    }
    case 5:
      return counted(h`for (let ${i} = 1; ${i} !== 9; ${i}++)`);
    case 6:
      start(e`(${bound()}) & 7`);
      return counted(h`while (${i}-- > 0)`);
    case 7:
      start(`${random.pick(["0", "-4", "2147483640", "-2147483655", "0.5"])}, end = ${i} + 9`);
      return counted(h`while (${random.pick([`${i}++`, `++${i}`])} < end)`);
    case 8:
      start("0");
      return { kind: "do", test: c`${i}++ < ${random.pick(["5", "9.5"])}` };
    case 9:
      if (!wild) break;
      start(bound());
      return counted(h`while (${condition(scope, 2)})`);
    case 10:
      if (!wild) break;
      start(bound());
      return { kind: "do", test: condition(scope, 2) };
    case 11:
      if (!wild) break;
      return counted(
        h`for (let ${i} = ${bound()}; ${condition(scope, 1)}; ${i} ${random.pick(["+= 3", "*= 2", `= ~~${i}`, "-= 1"])})`,
      );
    case 12: {
      if (!scope.hasBigints) break;
      const big = `b${i}`;
      before.push(s`let ${i} = 0;\n`);
      const step = random.pick([`${big}++`, `${big} += 1n`, `${big} += 2n`]);
      return counted(h`for (let ${big} = 0n; ${big} < ${random.pick(["5n", "9n"])}; ${step})`);
    }
  }
  return counted(h`for (let ${i} = 0; ${i} < ${random.pick(["4", "10", "16"])}; ${i}++)`);
}

/** `for..of` over a view, a row, a list in a structure or a captured array; rows are taken apart. */
export function forOf(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const { text, element } = random.pick(scope.iterables);
  const over = text(scope);
  const names = Array.from({ length: typeof element === "number" ? element : 1 }, () => scope.fresh());
  const label = `L${names[0]}`;
  const [kind, isVariable] = random.oneIn(3) ? ["let", true] : ["const", false];
  const body = scope.loop(label, () => {
    const [values, assignable] =
      element === "bigint" ? [scope.bigints, scope.assignableBigints] : [scope.numbers, scope.assignable];
    values.push(...names);
    if (isVariable) assignable.push(...names);
    return block(scope, depth, 2);
  });
  const pattern = typeof element === "number" ? `[${names.join(", ")}]` : names.join("");
  return s`${label}: for (${kind} ${pattern} of ${over}) { ${tick} ${body} }\n`;
}
