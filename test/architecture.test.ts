import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { measureSpans } from "../scripts/structure/spans.ts";

/**
 * The folders of `src`, from the top down. A folder may import values from the folders below its own; types may cross. A name stands for a
 * folder, or for a single file at the top of `src`.
 */
const order: readonly string[] = [
  "index",
  "client",
  "chat",
  "logs",
  "tools",
  "output",
  "response",
  "transport",
  "request",
  "options",
  "fetch-client",
  "errors",
  "schema",
  "wire",
  "abort",
];

/** Entries of their own, above `index`. */
const entries = ["testing", "queues", "ui", "otel", "mcp", "ai-sdk", "batch", "cli"];

/** What other entries import besides `index.ts` and their own files: other entries, and stateless files, which are bundled into them. */
const usedByEntries: Readonly<Record<string, readonly string[]>> = {
  "ai-sdk": ["chat/formats/delta-blocks.ts", "response/cited-pages.ts", "ui/media-part.ts"],
  // The command line stands above the other entries.
  cli: ["batch/index.ts", "testing/index.ts", "errors/redact.ts", "options/suggest-option.ts", "request/user-agent.ts"],
};

interface Import {
  from: string;
  /** The path of a file within `src`, or the specifier of any other import. */
  to: string;
  kind: "value" | "type" | "lazy";
}

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .sort();

/** A file's code without comments, since their examples contain imports. */
const readCode = (file: string) => readFileSync(new URL(file, source), "utf8").replace(/^\s*(\*|\/\/|\/\*).*$/gm, "");

function listImports(from: string): Import[] {
  const code = readCode(from);
  const resolve = (specifier: string) =>
    specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier;
  const found: Import[] = [];
  for (const [, type, specifier] of code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?"([^"]+)"/gm))
    found.push({ from, to: resolve(specifier as string), kind: type ? "type" : "value" });
  for (const [, type, specifier] of code.matchAll(/(typeof\s+)?\bimport\(\s*"([^"]+)"\s*\)/g))
    found.push({ from, to: resolve(specifier as string), kind: type ? "type" : "lazy" });
  return found;
}

const imports = files.flatMap(listImports);
const runtime = imports.filter(({ kind }) => kind !== "type");
const shown = ({ from, to }: Import) => `${from} -> ${to}`;
const house = (file: string) => entries.find((name) => file.startsWith(`${name}/`)) ?? "runtime";
const room = (file: string) => (file.split("/")[0] as string).replace(/\.ts$/, "");
const level = (file: string) => order.indexOf(room(file));
const isFile = ({ to }: Import) => files.includes(to);

/** The files of an import cycle, if there is one. */
function cycle(edges: readonly Import[]): string[] {
  const done = new Set<string>();
  function visit(file: string, way: string[]): string[] {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of edges.filter(({ from }) => from === file)) {
      const found = visit(to, [...way, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  }
  for (const file of files) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

/** The longest chain of imports that starts with a file. */
function longestChain(file: string, edges: readonly Import[], known = new Map<string, string[]>()): string[] {
  const chain = known.get(file) ?? [
    file,
    ...edges
      .filter(({ from }) => from === file)
      .map(({ to }) => longestChain(to, edges, known))
      .reduce((longest, each) => (each.length > longest.length ? each : longest), []),
  ];
  known.set(file, chain);
  return chain;
}

function reachable(start: string): Set<string> {
  const seen = new Set([start]);
  for (const file of seen) for (const { from, to } of runtime) if (from === file) seen.add(to);
  return seen;
}

describe("the import scanner", () => {
  test("finds every import of the source files", () => {
    expect(imports.length).toBeGreaterThan(200);
    // Loading a user's module by its path is not an import between source files.
    const count = (file: string) => readCode(file).match(/ from "[^"]+";$|\bimport\((?!pathToFileURL\()/gm)?.length ?? 0;
    expect(files.map((file) => [file, listImports(file).length])).toEqual(files.map((file) => [file, count(file)]));
  });

  test("resolves every relative import to a file", () => {
    const missing = imports.filter(({ to }) => /^\.|\.ts$/.test(to) && !to.startsWith("../generated/") && !files.includes(to));
    expect(missing.map(shown)).toEqual([]);
  });
});

describe("imports", () => {
  const inRuntime = imports.filter(({ from }) => house(from) === "runtime");

  test("are between folders that have a place in the order", () => {
    const unplaced = files.filter((file) => house(file) === "runtime" && level(file) < 0);
    expect(unplaced, "add the folder to the order in this test").toEqual([]);
  });

  test("of values go down only", () => {
    const upward = runtime
      .filter(isFile)
      .filter(({ from, to }) => house(from) === "runtime" && room(from) !== room(to) && level(from) >= level(to));
    expect(upward.map(shown)).toEqual([]);
  });

  test("reach generated/ through wire.ts alone", () => {
    const generated = imports.filter(({ to }) => to.includes("generated/"));
    expect([...new Set(generated.map(({ from }) => from))]).toEqual(["wire.ts"]);
  });

  test("never lead from the runtime into src/testing or another entry", () => {
    expect(inRuntime.filter(({ to }) => house(to) !== "runtime").map(shown)).toEqual([]);
  });

  test("of the other entries lead to index.ts, their own files and the few that are listed", () => {
    const others = imports.filter(({ from }) => !["runtime", "testing"].includes(house(from))).filter(isFile);
    const isAllowed = ({ from, to }: Import) =>
      to === "index.ts" || house(from) === house(to) || usedByEntries[house(from)]?.includes(to) === true;
    expect(others.filter((each) => !isAllowed(each)).map(shown)).toEqual([]);
  });

  test("form no cycle between files, types included", () => {
    expect(cycle(imports.filter(isFile))).toEqual([]);
  });

  test("of the runtime form chains of at most 11 files, types included", () => {
    const chain = longestChain("index.ts", inRuntime.filter(isFile));
    expect(chain.length).toBeGreaterThan(5);
    expect(chain.length, chain.join(" > ")).toBeLessThanOrEqual(11);
  });
});

describe("functions and classes", () => {
  const limits = { function: 60, class: 150 };
  const spans = files.flatMap((file) => {
    const text = readFileSync(new URL(file, source), "utf8");
    return measureSpans(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  });

  test.each(["function", "class"] as const)("a %s is short enough to be read in one go", (kind) => {
    const all = spans.filter((span) => span.kind === kind);
    expect(all.length).toBeGreaterThan(20);
    const tooLong = all.filter(({ lines }) => lines > limits[kind]);
    expect(tooLong.map(({ name, file, lines }) => `${name} in ${file}: ${lines} lines`)).toEqual([]);
  });
});

describe("what an import of the package loads", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
  };
  const validators = ["output/validator-ajv.ts", "output/validator-interpreting.ts"];
  const loaded = new Set(["index.ts", ...validators].flatMap((file) => [...reachable(file)]));

  test("contains no Node module, immediately or later", () => {
    expect(loaded.size).toBeGreaterThan(30);
    expect([...loaded].filter((name) => name.startsWith("node:"))).toEqual([]);
  });

  test("contains only packages that package.json declares", () => {
    // The validators are bundled into one file each, with their dependencies.
    const bundled = ["ajv", "ajv-formats"];
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).concat(bundled);
    const packages = [...loaded].filter((name) => !/^\.|\.ts$|^#/.test(name));
    const undeclared = packages.filter((name) => !declared.some((known) => name === known || name.startsWith(`${known}/`)));
    expect(undeclared).toEqual([]);
    expect([...loaded].filter((name) => name.startsWith("#"))).toEqual(["#validator"]);
  });
});
