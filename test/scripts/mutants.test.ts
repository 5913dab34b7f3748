import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mutantsOf, withoutAlternatives } from "../../scripts/mutation/mutate.ts";
import { tables } from "../../scripts/mutation/tables.ts";

const changed = (source: string) => mutantsOf(source).map(({ code }) => code);

describe("mutantsOf", () => {
  test.each([
    ["a row", "f({ a: g(), b })", ["f({  b })", "f({ a: g(),  })"]],
    ["a spread", "f({ ...a })", ["f({  })"]],
    ["an element", "f([a, b])", ["f([ b])", "f([a, ])"]],
    ["a flag", "f({ a: true })", ["f({ a: false })"]],
    ["a number, up and down", "f(60)", ["f(61)", "f((59))"]],
    ["a text", 'f({ a: "x" })', ['f({ a: "mutated" })']],
    ["a template", `f(\`x\${a}\`)`, ['f("mutated")']],
    ["a condition", "if (a) b();", ["if (!(a)) b();"]],
    ["a choice", "f(a ? b : c)", ["f((b))", "f((c))"]],
    ["either side of an operator", "f(a ?? b)", ["f((a))", "f((b))"]],
    ["a bound", "f(a <= b)", ["f(a < b)"]],
    ["an equality", "f(a === b)", ["f(a !== b)"]],
    ["a negation", "f(!a)", ["f(a)"]],
    ["a sum", "f(a + b)", ["f(a - b)"]],
    ["a pattern", "f(/a|b/)", ["f(/(?!)/)", "f(/b/)", "f(/a/)"]],
  ])("changes %s", (_, source, codes) => {
    expect(changed(source)).toEqual(codes);
  });

  test("leaves types, imports and keys alone", () => {
    expect(
      changed('import a from "a";\ntype T = { b: "x" | 1 };\ninterface I { c: true }\nlet d: "y";\nexport { d } from "d";'),
    ).toEqual([]);
    expect(changed('f({ "key": a })')).toEqual(["f({  })"]);
  });

  test("tells where and what", () => {
    expect(mutantsOf("\nf(\n  true,\n);")).toMatchObject([{ line: 3, was: "true", now: "false" }]);
  });
});

test.each([
  ["/^(a|b|c)$/i", ["/^(b|c)$/i", "/^(a|c)$/i", "/^(a|b)$/i"]],
  ["/^(?:a|b)x|y/", ["/^(?:b)x|y/", "/^(?:a)x|y/", "/y/", "/^(?:a|b)x/"]],
  ["/[|]\\|(?!a|b)/", ["/[|]\\|(?!b)/", "/[|]\\|(?!a)/"]],
  ["/abc/", []],
])("each alternative of %s is left out once", (pattern, without) => {
  expect(withoutAlternatives(pattern).sort()).toEqual([...without].sort());
});

test.each(tables.map((table) => [table.file, table] as const))(
  "%s is there, and its excuses are still in place",
  (file, { tests, equivalent = [] }) => {
    const mutants = mutantsOf(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
    expect(mutants.length).toBeGreaterThan(5);
    expect(tests.length).toBeGreaterThan(0);
    for (const { was, now, why } of equivalent) {
      expect(why).not.toBe("");
      expect(mutants.some((mutant) => mutant.was === was && mutant.now === now)).toBe(true);
    }
  },
);
