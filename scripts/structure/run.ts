import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { readArguments } from "../command-line.ts";
import { measureSpans, type Span } from "./spans.ts";

readArguments(`
Usage: npm run structure

Prints measurements of src/ without testing/: files at the top, the longest chain of imports, import cycles, the longest function and class, and type
assertions per 1,000 lines.
`);

const source = new URL("../../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("testing/"))
  .sort();
const parsed = new Map(
  files.map((file) => {
    const text = readFileSync(new URL(file, source), "utf8");
    return [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)];
  }),
);

/** The files of `src` that a file imports, with or without type imports. */
function listImports(file: string, withTypes: boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    const isSkipped = !withTypes && isTypeOnly(node);
    if (!isSkipped && specifier && ts.isStringLiteral(specifier) && specifier.text.startsWith(".")) {
      found.push(posix.normalize(posix.join(posix.dirname(file), specifier.text)));
    }
    ts.forEachChild(node, visit);
  };
  const root = parsed.get(file);
  if (root) visit(root);
  return found.filter((imported) => parsed.has(imported));
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isExportDeclaration(node) && node.isTypeOnly;
}

const imports = new Map(files.map((file) => [file, listImports(file, true)]));
const valueImports = new Map(files.map((file) => [file, listImports(file, false)]));

/** Strongly connected components of the import graph (Tarjan's algorithm), in dependency order. */
function components(): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    stack.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) === index.get(file)) groups.push(stack.splice(stack.indexOf(file)));
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return groups;
}

const groups = components();
const cycles = groups.filter((group) => group.length > 1);

/** The longest chain of imports; a cycle counts as one file. Other entry points are excluded, since they build on `index.ts`. */
function longestChain(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const chains = new Map<string, string[]>();
  const findLongest = (starts: readonly string[]): string[] =>
    starts.map((file) => chains.get(file) ?? []).reduce((a, b) => (b.length > a.length ? b : a), []);
  for (const group of groups) {
    const rest = findLongest(group.flatMap((file) => graph.get(file) ?? []).filter((file) => !group.includes(file)));
    for (const file of group) chains.set(file, [file, ...rest]);
  }
  return findLongest(files.filter((file) => !/^(ai-sdk|batch|cli|mcp|otel|queues|ui)\//.test(file)));
}

const describeChain = (chain: readonly string[]): string => `${chain.length}: ${chain.join(" > ")}`;

const spans = [...parsed].flatMap(([file, root]) => measureSpans(file, root));
const functions = spans.filter(({ kind }) => kind === "function");
const classes = spans.filter(({ kind }) => kind === "class");
let assertions = 0;
let nonNull = 0;
let anyTypes = 0;
let lines = 0;

for (const root of parsed.values()) {
  lines += root.getLineStarts().length - 1;
  const visit = (node: ts.Node): void => {
    const isConst = ts.isAsExpression(node) && ts.isConstTypeReference(node.type);
    if ((ts.isAsExpression(node) && !isConst) || ts.isTypeAssertionExpression(node)) assertions++;
    if (ts.isNonNullExpression(node)) nonNull++;
    if (node.kind === ts.SyntaxKind.AnyKeyword) anyTypes++;
    ts.forEachChild(node, visit);
  };
  visit(root);
}

const longest = (spans: Omit<Span, "kind">[]): string => {
  const [first] = spans.sort((a, b) => b.lines - a.lines);
  return first ? `${first.lines} lines (${first.name} in ${first.file})` : "none";
};
const top = files.filter((file) => !file.includes("/"));
const longestFile = [...parsed].map(([file, root]) => ({ name: file, file, lines: root.getLineStarts().length - 1 }));

const figures: [string, string][] = [
  ["files", `${files.length}, ${lines} lines`],
  ["at the top of src/", `${top.length} (${top.join(", ")})`],
  ["layers of values", describeChain(longestChain(valueImports))],
  ["layers with types", describeChain(longestChain(imports))],
  ["import cycles", cycles.length === 0 ? "0" : cycles.map((group) => group.sort().join(", ")).join("; ")],
  ["longest file", longest(longestFile)],
  ["longest function", longest(functions)],
  ["functions over 60 lines", `${functions.filter((each) => each.lines > 60).length}`],
  ["longest class", longest(classes)],
  ["type assertions", `${assertions}, ${((assertions / lines) * 1000).toFixed(1)} per 1,000 lines`],
  ["non-null assertions", `${nonNull}`],
  ["uses of any", `${anyTypes}`],
];
for (const [name, figure] of figures) console.log(`${name.padEnd(24)} ${figure}`);
