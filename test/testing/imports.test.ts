import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** All modules that are loaded along with a module through static imports; dynamic imports don't count. */
function loadedWith(module: URL, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(module.href)) return seen;
  const source = readFileSync(module, "utf8");
  seen.set(module.href, source);
  for (const [, from = ""] of source.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]+)";/gm))
    loadedWith(new URL(from, module), seen);
  return seen;
}

const entry = new URL("../../src/testing/index.ts", import.meta.url);

test("the entry has no static import from node:, so that the handlers load in browsers and Workers", () => {
  const modules = loadedWith(entry);
  expect(modules.size).toBeGreaterThan(20);
  const offenders = [...modules]
    .filter(([, source]) => /^import\s(?!type\b)[^;]*?from "(node:|ajv)/m.test(source))
    .map(([module]) => module);
  expect(offenders).toEqual([]);
});
