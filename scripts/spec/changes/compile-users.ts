import { fileURLToPath } from "node:url";
import ts from "typescript";
import { generateTypes } from "../../generate/run.ts";
import type { Change, Direction } from "./change.ts";
import { componentSchemas, type Document, type Operation, operations, schemaUses, toNode } from "./document.ts";

/** A line of a user's code, written for the old types. */
interface Line {
  code: string;
  path: string;
  direction: Direction;
}

const imports = `import type * as Before from "./before.ts";
import type * as After from "./after.ts";
type Known<T> = Before.KnownFields<T>;
declare function take<T>(value: T): void;
`;

/**
 * Finds breaking changes with the compiler: code that sends and reads everything that the old types allow is compiled against the new ones.
 * What is sent must be assignable to the new type; what is read must still exist, and must not be wider than before.
 */
export async function compileUsers(before: Document, after: Document): Promise<Change[]> {
  const lines = usersCode(before);
  const [oldTypes, newTypes] = await Promise.all([generateTypesOnce(before), generateTypesOnce(after)]);
  const files = {
    "before.ts": oldTypes,
    "after.ts": newTypes,
    "user.ts": `${imports}${lines.map(({ code }) => code).join("\n")}\n`,
  };
  const firstLine = imports.split("\n").length - 1;
  return compile(files).map(({ line, message }) => {
    const { path, direction } = lines[line - firstLine] ?? { path: "imports", direction: undefined };
    return { level: "breaking", direction, path, message: `does not compile: ${message}` };
  });
}

const generated = new WeakMap<Document, Promise<string>>();

/** Caches the types of a document that is compared with many others. */
function generateTypesOnce(document: Document): Promise<string> {
  const types = generated.get(document) ?? generateTypes(document.text);
  generated.set(document, types);
  return types;
}

function usersCode(document: Document): Line[] {
  const uses = schemaUses(document);
  const schemas = componentSchemas(document);
  const ofSchemas = Object.keys(schemas).flatMap((name) => [
    ...(uses.request.has(name) ? schemaLines(name, schemas[name], "request") : []),
    ...(uses.response.has(name) ? schemaLines(name, schemas[name], "response") : []),
  ]);
  return [...ofSchemas, ...operations(document).flatMap(operationLines)];
}

function schemaLines(name: string, schema: unknown, direction: Direction): Line[] {
  const [from, to] = direction === "request" ? ["Before", "After"] : ["After", "Before"];
  const whole = { path: name, direction, code: `take<Known<${to}.${name}>>({} as Known<${from}.${name}>);` };
  const fields = propertyPaths(schema).map((path) => ({
    path: [name, ...path].join("."),
    direction,
    code: `take<unknown>({} as ${path.reduce((type, key) => `NonNullable<${type}>[${JSON.stringify(key)}]`, `Known<After.${name}>`)});`,
  }));
  return [whole, ...fields];
}

/** The properties of a schema and of the objects written inside it. */
function propertyPaths(schema: unknown): string[][] {
  return Object.entries(toNode(toNode(schema).properties)).flatMap(([name, property]) => [
    [name],
    ...propertyPaths(property).map((rest) => [name, ...rest]),
  ]);
}

function operationLines({ name, node, parameters }: Operation): Line[] {
  const operation = (from: string) => `${from}.operations[${JSON.stringify(node.operationId)}]`;
  const sent = ["query", "header", "path"].flatMap((place) => {
    const type = (from: string) => `NonNullable<${operation(from)}["parameters"][${JSON.stringify(place)}]>`;
    const own = parameters.filter((parameter) => parameter.in === place).map((parameter) => parameter.name);
    if (own.length === 0) return [];
    return [
      `take<${type("After")}>({} as ${type("Before")});`,
      ...own.map((key) => `take<unknown>({} as ${type("After")}[${JSON.stringify(key)}]);`),
    ];
  });
  const read = Object.keys(toNode(node.responses))
    .filter((status) => status.startsWith("2"))
    .map((status) => `take<unknown>({} as ${operation("After")}["responses"][${status}]);`);
  return [
    ...sent.map((code): Line => ({ code, path: name, direction: "request" })),
    ...read.map((code): Line => ({ code, path: name, direction: "response" })),
  ];
}

/** TypeScript's own declarations, parsed once. */
const libraries = new Map<string, ts.SourceFile>();

function compile(files: Readonly<Record<string, string>>): { line: number; message: string }[] {
  const folder = fileURLToPath(new URL("./", import.meta.url));
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    lib: ["lib.es2022.d.ts"],
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const own = new Map(
    Object.entries(files).map(([name, text]) => [
      `${folder}${name}`,
      ts.createSourceFile(`${folder}${name}`, text, ts.ScriptTarget.ES2022),
    ]),
  );
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) => {
    const file = own.get(name) ?? libraries.get(name) ?? getSourceFile.call(host, name, ...rest);
    if (file && !own.has(name)) libraries.set(name, file);
    return file;
  };
  host.fileExists = (name) => own.has(name) || fileExists.call(host, name);
  const file = own.get(`${folder}user.ts`);
  const program = ts.createProgram([`${folder}user.ts`], options, host);
  return program.getSemanticDiagnostics(file).map(({ start = 0, messageText }) => ({
    line: file?.getLineAndCharacterOfPosition(start).line ?? 0,
    message: ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/g, " ").slice(0, 200),
  }));
}
