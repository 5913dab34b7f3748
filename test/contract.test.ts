import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/*
 * Checks the package's types against a declaration file of its public contract, if one exists beside the repository: whatever the contract
 * declares must be exported here and be assignable to it; for types that callers pass in, the other way round.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const contractFile = fileURLToPath(new URL("../../shared/contract.d.ts", import.meta.url));
const isPresent = existsSync(contractFile);

/** The exports of the entries other than the main one. */
const entries: Readonly<Record<string, readonly string[]>> = {
  testing: [
    "startLocalGateway",
    "LocalGatewayOptions",
    "LocalGateway",
    "RequestMatcher",
    "ScriptRequest",
    "ScriptedReply",
    "gatewayHandlers",
    "localBinding",
    "recordFixtures",
    "fixtureHandlers",
  ],
  ui: ["readEventStream", "fromUIMessages", "fromAgUi"],
  "ai-sdk": ["createCloudflareGateway"],
  otel: ["otelTelemetry"],
  mcp: ["mcpTools"],
  batch: ["runBatch", "BatchJob", "BatchAnswer"],
};
const getEntry = (name: string) => Object.keys(entries).find((entry) => entries[entry]?.includes(name));
const getNamespace = (entry: string) => entry.replaceAll("-", "_");

/** Types that callers pass in: theirs must be assignable to ours. */
const handedIn = [
  "GatewayConfig",
  "AiBinding",
  "ChatDefaults",
  "ChatOptions",
  "ProviderProfile",
  "OutputStrategy",
  "Provider",
  "GatewayOptions",
  "ModelRule",
  "TextPart",
  "TurnOverrides",
  "BackgroundTasks",
  "TaskDispatcher",
  "Feedback",
  "SchemaValidator",
  "LocalGatewayOptions",
  "ScriptedReply",
  "Message",
  "JsonSchema",
  "Schema",
];

/**
 * Members that accept more than the contract says (undefined headers, since that removes a default; readonly arrays; metadata
 * typed by an interface), and those whose inference TypeScript can't compare.
 */
const wider: Readonly<Record<string, string>> = {
  GatewayConfig: '"headers" | "gateway"',
  Gateway: '"chat" | "stream" | "with" | "logs" | "options"',
  ChatDefaults: '"headers" | "gateway"',
  ChatOptions: '"headers" | "gateway" | "messages"',
  GatewayOptions: '"metadata"',
  Feedback: '"metadata"',
  Logs: '"feedback" | "list"',
  LogFilter: '"filters"',
  BatchJob: '"chat"',
};

/**
 * Declarations whose types here are more precise than TypeScript can compare: `chat` and `stream` infer the output from its schema and from
 * the options that may end a chat without one, and a tracer is a Tracer rather than any object. Separate type tests cover them.
 */
const inferred: ReadonlySet<string> = new Set(["createGateway", "createCloudflareGateway", "otelTelemetry", "runBatch"]);

interface Declared {
  name: string;
  kind: "class" | "function" | "type";
  generic: boolean;
}

/** The declarations that the contract exports. */
function declared(): Declared[] {
  const source = ts.createSourceFile("contract.d.ts", readFileSync(contractFile, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement): Declared[] => {
    const isExported =
      ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isClassDeclaration(statement) && statement.name) return [{ name: statement.name.text, kind: "class", generic: false }];
    if (ts.isFunctionDeclaration(statement) && statement.name)
      return [{ name: statement.name.text, kind: "function", generic: false }];
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [{ name: statement.name.text, kind: "type", generic: statement.typeParameters !== undefined }];
    throw new Error(`The contract holds a declaration of an unknown kind: ${statement.getText().slice(0, 80)}`);
  });
}

/** One assignment per claim, each on its own line, so that a compile error can be traced to its claim. */
function claims(): { claim: string; line: string }[] {
  const assign = (to: string, from: string) => `(null! as (value: ${to}) => void)(null! as ${from});`;
  return declared().flatMap(({ name, kind, generic }) => {
    const ours = getNamespace(getEntry(name) ?? "ours");
    // Its inference is more precise than the contract's, and TypeScript can compare the two only once both are inferred.
    if (name === "tool")
      return ["ours.StandardSchemaV1<unknown, { a: string }>", "ours.JsonSchema", "{ type: 'object' }"].map((schema) => ({
        claim: `tool can be called with ${schema}`,
        line: assign(`typeof contract.tool<${schema}>`, `typeof ours.tool<${schema}>`),
      }));
    if (inferred.has(name)) return [];
    if (kind === "function")
      return [{ claim: `${name} can be called as declared`, line: assign(`typeof contract.${name}`, `typeof ${ours}.${name}`) }];
    if (kind === "class")
      return [
        { claim: `${name} has every member that is declared`, line: assign(`contract.${name}`, `ours.${name}`) },
        { claim: `${name} is a subclass of what it should be`, line: assign("contract.GatewayError", `ours.${name}`) },
      ];
    const forms = generic ? ["<undefined>", "<{ a: string }>"] : [""];
    return forms.flatMap((form) => {
      const mine = `${ours}.${name}${form}`;
      const theirs = `contract.${name}${form}`;
      const kept = (type: string) => (wider[name] ? `Omit<${type}, ${wider[name]}>` : type);
      const out = { claim: `${name}${form} is at least as precise as declared`, line: assign(kept(theirs), kept(mine)) };
      const back = { claim: `${name}${form} can be written as declared`, line: assign(mine, theirs) };
      return handedIn.includes(name) ? [out, back] : [out];
    });
  });
}

/** Compile errors by line, for a program with the contract and our sources. */
function compile(lines: readonly string[]): Map<number, string> {
  const folder = posix.join(root.replaceAll("\\", "/"), "test", "contract");
  const virtual = new Map([
    [
      posix.join(folder, "contract.ts"),
      // The placeholders are replaced by the types generated from the spec.
      readFileSync(contractFile, "utf8")
        .replace("type paths = object", 'type paths = import("./the-spec").paths')
        .replaceAll('"./the-spec"', '"./the-spec.ts"'),
    ],
    [posix.join(folder, "the-spec.ts"), 'export type { ChatCompletionRequestMessage, paths } from "../../src/wire.ts";'],
    [
      posix.join(folder, "claims.ts"),
      [
        [
          'import type * as contract from "./contract.ts"; import type * as ours from "../../src/index.ts";',
          ...Object.keys(entries).map((entry) => `import type * as ${getNamespace(entry)} from "../../src/${entry}/index.ts";`),
        ].join(" "),
        ...lines,
      ].join("\n"),
    ],
  ]);
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  // The contract's optional members include undefined.
  const options: ts.CompilerOptions = { ...config.options, exactOptionalPropertyTypes: false, isolatedModules: false };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  host.readFile = (file) => virtual.get(file) ?? readFile(file);
  host.directoryExists = (path) => path === folder || ts.sys.directoryExists(path);
  const program = ts.createProgram([...virtual.keys()], options, host);
  const found = new Map<number, string>();
  for (const file of virtual.keys()) {
    const source = program.getSourceFile(file);
    for (const { start = 0, messageText } of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      const line = source && file.endsWith("claims.ts") ? source.getLineAndCharacterOfPosition(start).line - 1 : -1;
      found.set(line, ts.flattenDiagnosticMessageText(messageText, "\n"));
    }
  }
  return found;
}

describe.skipIf(!isPresent)("the public contract (skipped where ../shared/contract.d.ts is absent)", () => {
  const all = isPresent ? claims() : [];
  const wrong = ["(null! as (value: contract.Usage) => void)(null! as { provider: string });"];
  const complaints = isPresent ? compile([...all.map(({ line }) => line), ...wrong]) : new Map<number, string>();

  test("is compiled, and an incompatible type is reported", () => {
    expect(all.length).toBeGreaterThan(60);
    expect(complaints.get(-1)).toBeUndefined();
    expect(complaints.get(all.length)).toMatch(/Property 'model' is missing/);
  });

  test.for(all.map(({ claim }, index) => [claim, index] as const))("%s", ([, index]) => {
    expect(complaints.get(index)).toBeUndefined();
  });
});
