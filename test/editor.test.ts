import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { providers } from "../src/request/providers.ts";

/* What an editor shows: one short, relevant error for a mistake in a call, type names in hovers, and completions. */

const mistakes: readonly (readonly [name: string, statement: string, words: string])[] = [
  ["a role that does not exist", 'gateway.chat({ messages: [{ role: "robot", content: "Hello" }] });', '"robot"'],
  ["messages typed by a wrong interface", "gateway.chat({ messages: lines });", "ChatLine"],
  ["a missing content", 'gateway.chat({ messages: [{ role: "user" }] });', "'content' is missing"],
  ["a part that does not exist", "gateway.stream({ messages: [{ role: 'user', content: [{ type: 'video' }] }] });", '"video"'],
  [
    "a tool call without its id",
    'gateway.chat({ messages: [{ role: "assistant", tool_calls: [{ type: "function", function: { name: "f", arguments: "{}" } }] }] });',
    "id",
  ],
  ["a tool message without its call", 'gateway.chat({ messages: [{ role: "tool", content: "17" }] });', "tool_call_id"],
  [
    "one wrong message among many",
    'gateway.chat({ messages: [{ role: "system", content: "a" }, { role: "user", content: "b" }, { role: "user", content: 4 }] });',
    "number",
  ],
  ["tools that are a list", 'gateway.chat({ prompt: "Hello", tools: [weather] });', "Tool"],
  ["a tool without parameters", 'gateway.chat({ prompt: "Hello", tools: { weather: { execute: () => 1 } } });', "parameters"],
  [
    "a tool whose execute takes other arguments",
    'tool({ parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] }, execute: (args: { city: number }) => args.city });',
    "number",
  ],
  ["a choice of tool that does not exist", 'gateway.chat({ prompt: "Hello", toolChoice: "any" });', '"any"'],
  ["an output that is no schema", 'gateway.chat({ prompt: "Hello", output: "json" });', "string"],
  ["a gateway option of the wrong type", 'gateway.chat({ prompt: "Hello", gateway: { cacheTtl: "1h" } });', "number"],
  [
    "an output read as another type",
    'gateway.chat({ prompt: "Hello", output: schema }).then(({ output }) => output.naem);',
    "naem",
  ],
  [
    "a wrong message beside tools and an output",
    'gateway.chat({ messages: [{ role: "robot", content: "Hello" }], tools: { weather }, output: schema });',
    '"robot"',
  ],
  ["an option of the wrong type", 'gateway.chat({ prompt: "Hello", temperature: "hot" });', "'number'"],
  ["an option that does not exist", 'gateway.stream({ prompt: "Hello", temprature: 1 });', "temprature"],
  ["a misspelt provider", 'gateway.chat({ prompt: "Hello", providr: "openai" });', "Did you mean to write 'provider'?"],
  ["a model that is no string", 'gateway.chat({ prompt: "Hello", model: 4 });', "'string'"],
  ["no options at all", "gateway.chat();", "Expected 1 arguments"],
  ["a misspelt execute", 'tool({ parameters: { type: "object" }, exectue: () => 1 });', "Did you mean to write 'execute'?"],
  ["parameters that are a name", 'tool({ parameters: "object", execute: () => 1 });', "'Schema'"],
  ["extraBody that is a string", 'gateway.chat({ prompt: "Hello", extraBody: "top_k=4" });', "'ExtraBody | undefined'"],
  ["a stream format that does not exist", 'gateway.stream({ prompt: "Hello" }).toResponse({ format: "sse" });', '"sse"'],
  ["a misspelt option of createGateway", 'createGateway({ accountID: "x" });', "Did you mean to write 'accountId'?"],
  ["an endpoint that does not exist", 'createGateway({ endpoint: "responses" });', '"compat" | "rest"'],
  ["a misspelt field of a provider", "createGateway({ providers: { house: { unsuported: [] } } });", "'unsupported'"],
  ["a misspelt override", 'gateway.with({ provder: "openai" });', "Did you mean to write 'provider'?"],
  ["a tool message of a user interface", "gateway.chat({ messages: shown });", "tool_call_id"],
  ["settings of the wrong type, spread", 'gateway.chat({ prompt: "Hello", ...settings });', "temperature"],
  [
    "fallbacks that are names",
    'gateway.chat({ prompt: "Hello", fallbacks: ["openai/gpt-4o"] });',
    "provider: Provider; model: string",
  ],
  ["a time limit that is a number", 'gateway.chat({ prompt: "Hello", timeout: 5000 });', "'TimeoutOptions'"],
  [
    "background tasks without a dispatcher",
    'gateway.chat({ prompt: "Hello", backgroundTasks: { tasks: { weather } } });',
    "dispatcher",
  ],
  ["a controller in place of its signal", 'gateway.chat({ prompt: "Hello", signal: new AbortController() });', "'AbortSignal'"],
];

const before = `import { createGateway, tool } from "cf-ai-gateway";
const weather = tool({ parameters: { type: "object", properties: { city: { type: "string" } } }, execute: () => 24 });
const schema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] } as const;
interface ChatLine { role: "user" | "robot"; content: string }
declare const lines: ChatLine[];
interface ShownMessage { role: "tool"; toolCallId: string; content: string }
declare const shown: ShownMessage[];
declare const settings: { temperature: string };
const gateway = createGateway();
`;

/** Code in which `|` marks the cursor position. */
const places = {
  provider: 'gateway.chat({ prompt: "Hello", provider: "|" });',
  extraBody: "gateway.chat({ prompt: 'Hello', extraBody: { | } });",
  messages: "gateway.chat({ mess|ages: [] });",
  message: "gateway.chat({ prompt: 'Hello' }).then(({ messages: [fi|rst] }) => first);",
} as const;

const statements = [...mistakes.map(([, statement]) => statement), ...Object.values(places)].map((each) => each.replace("|", ""));
const code = `${before}${statements.join("\n")}\n`;
const fileName = fileURLToPath(new URL("./editor.virtual.ts", import.meta.url));
const service = createService(fileURLToPath(new URL("../", import.meta.url)));

function createService(root: string): ts.LanguageService {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const readFile = (name: string) => (name === fileName ? code : ts.sys.readFile(name));
  return ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noErrorTruncation: true }),
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [fileName],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (name) => name === fileName || ts.sys.fileExists(name),
    readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
}

const errors = service.getSemanticDiagnostics(fileName);

function listErrors(statement: string): string[] {
  const start = code.indexOf(statement);
  return errors
    .filter((error) => (error.start ?? 0) >= start && (error.start ?? 0) < start + statement.length)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const getPosition = (place: string) => code.indexOf(place.replace("|", "")) + place.indexOf("|");

const completions = (place: string) =>
  service.getCompletionsAtPosition(fileName, getPosition(place), undefined)?.entries.map(({ name }) => name) ?? [];

const hover = (place: string) =>
  ts.displayPartsToString(service.getQuickInfoAtPosition(fileName, getPosition(place))?.displayParts ?? []);

describe("the compiler's error for a mistake in a call", () => {
  test.each(mistakes.map(([name, statement, words]) => ({ name, words, statement })))(
    "is short and reported once: $name",
    ({ words, statement }) => {
      const own = listErrors(statement);
      expect(own).toHaveLength(1);
      expect(own[0]).toContain(words);
      expect(own[0]?.length).toBeLessThan(700);
    },
  );
});

describe("an editor", () => {
  test("completes every row of the provider table in `provider`", () => {
    expect(completions(places.provider).sort()).toEqual(Object.keys(providers).sort());
  });

  test("completes the request's fields in `extraBody`, except those that the client sets itself", () => {
    const fields = completions(places.extraBody);
    expect(fields).toEqual(expect.arrayContaining(["logit_bias", "verbosity", "web_search_options", "reasoning", "n"]));
    expect(fields).not.toContain("messages");
  });

  test("shows message types by name", () => {
    expect(hover(places.messages)).toMatch(/messages\?: readonly ChatCompletionRequestMessage\[\]/);
    expect(hover(places.message)).toBe("(parameter) first: ChatCompletionRequestMessage | undefined");
  });
});
