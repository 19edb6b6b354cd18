import { type AnyNode, parseExpressionAt } from "acorn";
import { describe, expect, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { sourceText } from "../../src/diagnostics/source-text.ts";
import { normalize } from "../../src/parse/normalize.ts";

function normalized(text: string): AnyNode {
  return normalize(parseExpressionAt(text, 0, { ecmaVersion: "latest" }), sourceText("f.js", text));
}

/** A tree without positions and raw texts, to compare what was written differently. */
function shape(tree: AnyNode): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (["start", "end", "raw"].includes(key) ? undefined : value)));
}

function plain(text: string): AnyNode {
  return parseExpressionAt(text, 0, { ecmaVersion: "latest" });
}

describe("normalize", () => {
  it.each([
    ["CommonJS, vitest", "(p) => (0, lib_1.carray)(p, 2)", "(p) => lib_1.carray(p, 2)"],
    ["CommonJS, one name", "(p) => (0, carray)(p)", "(p) => carray(p)"],
    ["sucrase", "(p) => _lib.carray.call(void 0, p, 2)", "(p) => _lib.carray(p, 2)"],
    ["sucrase ??", "(p) => _nullishCoalesce(p, () => ( 0))", "(p) => p ?? 0"],
    [
      "esbuild names",
      '(p) => { const g = __name((x) => x, "g"); return g(p); }',
      "(p) => { const g = (x) => x; return g(p); }",
    ],
    ["esbuild declared names", '() => { function g() {} __name(g, "g"); }', "() => { function g() {} }"],
    ["webpack", '(p) => ns["default"](p["a b"])', '(p) => ns.default(p["a b"])'],
    [
      "webpack 4",
      '(p) => Object(_lib__WEBPACK_IMPORTED_MODULE_0__["carray"])(p)',
      "(p) => _lib__WEBPACK_IMPORTED_MODULE_0__.carray(p)",
    ],
    ["minifiers", "(p) => p === void 0 ? !0 : !1", "(p) => p === undefined ? true : false"],
    ["directives", '() => { "use strict"; return 1; }', "() => { return 1; }"],
    [
      "istanbul",
      "(a) => { cov_1x2y().f[0]++; const b = (cov_1x2y().s[1]++, a); cov_1x2y().s[2]++; if (b) { cov_1x2y().b[0][0]++; cov_1x2y().s[3]++; return (cov_1x2y().b[1][0]++, b) && (cov_1x2y().b[1][1]++, a); } else { cov_1x2y().b[0][1]++; } }",
      "(a) => { const b = a; if (b) { return b && a; } }",
    ],
    ["old istanbul", "(a) => { __cov_x.f['0']++; __cov_x.b['1'][0]++; return a; }", "(a) => { return a; }"],
    [
      "minified constants",
      "(p) => { let a = f(p), b, c = 0; for (let r of a) { c += r; } for (let i = 0, n = 2; i < n; i++) {} }",
      "(p) => { const a = f(p); let b; let c = 0; for (const r of a) { c += r; } for (let i = 0, n = 2; i < n; i++) {} }",
    ],
    ["nested", "(p) => (0, a.b)((0, c.d)(p))", "(p) => a.b(c.d(p))"],
  ])("undoes %s", (_, text, written) => {
    expect(shape(normalized(text))).toEqual(shape(plain(written)));
  });

  it.each([
    "(a) => { let x = 1; { let x = 2; x++; } let [y, z] = a; [y] = a; for (let w of a) w = 2; }",
    "(a) => { let x, y = 0; for (y of a) {} for (let k = 0; k < 2;) k += 1; }",
    "(a, i) => { a[i]++; a.s[i]++; cover().s[0]++; cov_1.x[0]++; }",
    "(p) => (1, f)(p)",
    "(p) => { const x = (0, p); return x; }",
    "(f, y) => f.call(y, 2)",
    "(a) => (f(a), g(a))",
    "(a) => !a && !2 && void a",
    '(a, b) => named(a, "b")',
    "(a) => { const [, b] = a; for (;;) {} }",
    "function f(_this) { var _this = 1; return _this; }",
    "(a) => a.__proto__ + a._extends",
  ])("leaves alone %s", (text) => {
    const tree = plain(text);
    expect(normalize(tree, sourceText("f.js", text))).toBe(tree);
  });

  it("keeps the positions of the text", () => {
    const text = "(p) => (0, lib.f)(p)";
    const tree = normalized(text);
    expect(text.slice(tree.start, tree.end)).toBe(text);
    expect(JSON.stringify(tree)).toContain(`"start":${text.indexOf("lib.f")},"end":${text.indexOf("lib.f") + 5}`);
  });

  it("computes what it computed before", () => {
    // The counters, wrappers and short forms are live code: run both, by way of the positions of what is left.
    const lib = { twice: (x: number) => 2 * x };
    const text = '(x) => (0, lib.twice)(x) + lib.twice.call(void 0, x) + lib["twice"](x) + (!0 ? 1 : 2)';
    const before = new Function("lib", `return ${text}`)(lib)(5);
    expect(shape(normalized(text))).toEqual(
      shape(plain("(x) => lib.twice(x) + lib.twice(x) + lib.twice(x) + (true ? 1 : 2)")),
    );
    expect(before).toBe(
      new Function("lib", "return (x) => lib.twice(x) + lib.twice(x) + lib.twice(x) + (true ? 1 : 2)")(lib)(5),
    );
  });

  it.each([
    ["tsc", "function (a) { return __spreadArray([], __read(a), false); }", "__spreadArray"],
    ["tslib", "function (a) { for (var b = tslib_1.__values(a), c = b.next(); ;) {} }", "__values"],
    ["tsc, async", "function (a) { return __awaiter(this, void 0, void 0, function () {}); }", "__awaiter"],
    ["tsc, this", "function (a) { return _this.x + a; }", "_this"],
    ["esbuild", "(a) => __async(this, null, function* () {})", "__async"],
    ["swc", "function (a) { var _a = (0, _sliced_to_array._)(a, 2); }", "_sliced_to_array"],
    ["Babel", "function (a) { var _a = _slicedToArray(a, 2); }", "_slicedToArray"],
    ["Babel, for-of", "function (a) { var _it = _createForOfIteratorHelper(a); }", "_createForOfIteratorHelper"],
  ])("refuses text lowered by %s", (_, text, helper) => {
    let caught: unknown;
    try {
      normalized(text);
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof CFuncError)) throw new Error(`not refused: ${caught}`);
    expect(caught.code).toBe("CF1207");
    expect(caught.diagnostics[0]?.primary?.span.start).toBe(text.indexOf(helper));
    expect(caught.message).toContain("target to ES2022");
  });
});
