import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The house, from the roof down. A file may import from the floors below its own, and within its own room. `request` and the like are rooms:
 * folders, or a file alone.
 */
const floors: readonly string[][] = [
  ["index"],
  ["client", "fetch-client"],
  ["calls", "chat-stream"],
  ["turn-loop"],
  ["answer-calls"],
  ["plan-turn", "read-turn"],
  ["call-result"],
  ["conversation"],
  ["turn-ending", "turn-delivery", "transcript", "logs", "output-by-model"],
  ["run-turn"],
  ["read-answer", "response-drift"],
  ["pieces"],
  ["config", "merge-options", "request", "transport", "stream", "tools", "output"],
  ["result", "usage", "options", "schema", "gateway-metadata", "redact", "token-problem", "abort"],
  ["make-error", "load-part", "environment"],
  ["errors", "error-table", "client-failures", "wire"],
];

/** What a room may import from its neighbours on the same floor. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  config: ["request"],
  transport: ["config"],
  tools: ["output"],
  result: ["usage", "gateway-metadata", "options"],
  options: ["result", "schema"],
  "error-table": ["client-failures"],
  "client-failures": ["error-table"],
  errors: ["error-table", "client-failures"],
};

/** The words that speak of one another, as types do: an error holds what a result had, a result the errors on its way. */
const mutual = new Set(["errors.ts", "result.ts", "options.ts", "error-table.ts", "client-failures.ts"]);

const houses = ["testing", "queues", "otel", "mcp", "cli"];

interface Import {
  from: string;
  /** A file of `src`, as its path there, or whatever stood in the import. */
  to: string;
  kind: "value" | "type" | "lazy";
}

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .sort();

/** A file without its comments, whose examples import as well. */
const codeOf = (file: string) => readFileSync(new URL(file, source), "utf8").replace(/^\s*(\*|\/\/|\/\*).*$/gm, "");

function importsOf(from: string): Import[] {
  const code = codeOf(from);
  const resolve = (specifier: string) =>
    specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier;
  const found: Import[] = [];
  for (const [, type, specifier] of code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?"([^"]+)"/gm))
    found.push({ from, to: resolve(specifier as string), kind: type ? "type" : "value" });
  for (const [, type, specifier] of code.matchAll(/(typeof\s+)?\bimport\(\s*"([^"]+)"\s*\)/g))
    found.push({ from, to: resolve(specifier as string), kind: type ? "type" : "lazy" });
  return found;
}

const imports = files.flatMap(importsOf);
const runtime = imports.filter(({ kind }) => kind !== "type");
const shown = ({ from, to }: Import) => `${from} -> ${to}`;
const house = (file: string) => houses.find((name) => file.startsWith(`${name}/`)) ?? "runtime";
const room = (file: string) => (file.split("/")[0] as string).replace(/\.ts$/, "");
const floor = (file: string) => floors.findIndex((rooms) => rooms.includes(room(file)));
const isFile = ({ to }: Import) => files.includes(to);

/** The files on a way that leads back to its start, or none. */
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

function reachable(start: string): Set<string> {
  const seen = new Set([start]);
  for (const file of seen) for (const { from, to } of runtime) if (from === file) seen.add(to);
  return seen;
}

describe("the scanner", () => {
  test("sees every import of the sources", () => {
    expect(imports.length).toBeGreaterThan(200);
    const count = (file: string) => codeOf(file).match(/ from "[^"]+";$|\bimport\(/gm)?.length ?? 0;
    expect(files.map((file) => [file, importsOf(file).length])).toEqual(files.map((file) => [file, count(file)]));
  });

  test("resolves every relative import to a file", () => {
    const missing = imports.filter(({ to }) => /^\.|\.ts$/.test(to) && !to.startsWith("../generated/") && !files.includes(to));
    expect(missing.map(shown)).toEqual([]);
  });
});

describe("imports", () => {
  const inRuntime = imports.filter(({ from }) => house(from) === "runtime");

  test("know every file of the runtime", () => {
    const homeless = files.filter((file) => house(file) === "runtime" && floor(file) < 0);
    expect(homeless, "give each its floor in this test").toEqual([]);
  });

  test("go down only", () => {
    const wrong = inRuntime.filter(isFile).filter(({ from, to }) => {
      if (room(from) === room(to) || floor(from) < floor(to)) return false;
      return floor(from) > floor(to) || !neighbours[room(from)]?.includes(room(to));
    });
    // An error's `partial` is a result, by type alone.
    const allowed = ["errors.ts -> result.ts", "errors.ts -> gateway-metadata.ts"];
    expect(wrong.map(shown).filter((edge) => !allowed.includes(edge))).toEqual([]);
    expect(wrong.filter((edge) => allowed.includes(shown(edge))).every(({ kind }) => kind === "type")).toBe(true);
  });

  test("never lead from stream/ to tools/, or from tools/ to transport/", () => {
    expect(inRuntime.filter(({ from, to }) => room(from) === "stream" && room(to) === "tools").map(shown)).toEqual([]);
    expect(inRuntime.filter(({ from, to }) => room(from) === "tools" && room(to) === "transport").map(shown)).toEqual([]);
  });

  test("reach generated/ through wire.ts alone", () => {
    const generated = imports.filter(({ to }) => to.includes("generated/"));
    expect([...new Set(generated.map(({ from }) => from))]).toEqual(["wire.ts"]);
  });

  test("never lead from the runtime into src/testing or another entry", () => {
    expect(inRuntime.filter(({ to }) => house(to) !== "runtime").map(shown)).toEqual([]);
  });

  test("lead from the further entries to index.ts and their own files alone", () => {
    const others = imports.filter(({ from }) => !["runtime", "testing"].includes(house(from))).filter(isFile);
    expect(others.filter(({ from, to }) => to !== "index.ts" && house(from) !== house(to)).map(shown)).toEqual([]);
  });

  test("make no circle between files, types among the words of the house aside", () => {
    expect(cycle(runtime.filter(isFile))).toEqual([]);
    expect(cycle(imports.filter(isFile).filter(({ from, to }) => !(mutual.has(from) && mutual.has(to))))).toEqual([]);
  });
});

describe("what an import of the package loads", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
  };
  const validators = ["output/validator-ajv.ts", "output/validator-interpreting.ts"];
  const loaded = new Set(["index.ts", ...validators].flatMap((file) => [...reachable(file)]));

  test("is no module of Node, at once or later", () => {
    expect(loaded.size).toBeGreaterThan(30);
    expect([...loaded].filter((name) => name.startsWith("node:"))).toEqual([]);
  });

  test("comes from packages that package.json declares", () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const packages = [...loaded].filter((name) => !/^\.|\.ts$|^#/.test(name));
    const undeclared = packages.filter((name) => !declared.some((known) => name === known || name.startsWith(`${known}/`)));
    expect(undeclared).toEqual([]);
    expect([...loaded].filter((name) => name.startsWith("#"))).toEqual(["#validator"]);
  });
});
