import { type } from "arktype";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ChatOptions } from "../../src/options/chat-options.ts";
import { checkCombinations, checkTurnOverrides } from "../../src/options/validate-combinations.ts";
import { checkChatOptions, isChatDefault } from "../../src/options/validate-options.ts";
import { checkProviders } from "../../src/options/validate-providers.ts";
import { tool } from "../../src/tools/tool.ts";

const weather = tool({ parameters: { type: "object", properties: {} }, execute: () => "sunny" });
const dispatcher = { dispatch: async () => {} };
const listProblems = (options: Record<string, unknown>) => checkChatOptions(options, "compat");

const good: [option: string, ...values: unknown[]][] = [
  ["provider", "openai", "custom-house"],
  ["model", "gpt-4o-mini", "@cf/meta/llama"],
  ["temperature", 0, 0.7, 2],
  ["maxTokens", 1, 100_000],
  ["topP", 0, 1],
  ["stop", "END", ["END"], ["END", "\n"]],
  ["seed", 0, -7],
  ["frequencyPenalty", -2, 2],
  ["presencePenalty", -2, 2],
  ["reasoningEffort", "minimal"],
  ["maxTurns", 1],
  ["toolConcurrency", 1],
  ["toolTimeout", 0.5, 30_000],
  ["parallelToolCalls", false],
  ["outputStrategy", "auto", "json-schema", "tool", "json-object", "prompt"],
  ["outputRetries", 0],
  ["maxRetries", 0, 5],
  ["timeout", {}, { firstByte: 1 }, { idle: 1, total: undefined }, { total: Number.POSITIVE_INFINITY }],
  ["fallbacks", [], [{ provider: "openai", model: "gpt-4o" }]],
  ["gateway", {}, { cacheTtl: 60 }],
  ["headers", {}, { "x-team": "search" }, { "x-ville": "Orl\u00e9ans", "X-Team": undefined }],
  ["extraBody", {}, { top_k: 40, logprobs: true }],
  ["prepareTurn", () => {}],
  ["stopWhen", async () => true],
  ["onTurn", () => {}],
  ["onToolCall", () => {}],
  ["onRetry", () => {}],
  ["onBackgroundTaskError", () => {}],
  ["system", "", "Be brief."],
  ["prompt", "Hello"],
  ["messages", [{ role: "user", content: "Hello" }], [{ role: "developer", content: "x" }]],
  [
    "messages",
    [
      { role: "user", content: "Hello" },
      { role: "function", name: "weather", content: null },
    ],
  ],
  ["tools", {}, { weather, "get_weather-2": weather, ["x".repeat(64)]: weather }],
  ["backgroundTasks", {}, { weather }, { tasks: { weather }, dispatcher }],
  ["toolChoice", "auto", "none", "required", { tool: "weather" }],
  ["output", z.string(), type("string"), { type: "string" }, true, false],
  ["signal", new AbortController().signal],
];

const number = (min: number, max: number, got: string) => `must be a number between ${min} and ${max}, got ${got}`;
const whole = (min: number, got: string) => `must be an integer of at least ${min}, got ${got}`;
const milliseconds = (got: string) => `must be a number of milliseconds greater than 0, got ${got}`;
const text = (got: string) => `must be a non-empty string, got ${got}`;
const spaceless = "must not contain spaces, line breaks or other control characters";
const callable = (got: string) => `must be a function, got ${got}`;
const object = (got: string) => `must be an object, got ${got}`;
const stop = (got: string) => `must be a non-empty string or a non-empty array of strings, got ${got}`;
const target = (got: string) => `must be an array of { provider, model }, got ${got}`;
const choice = (got: string) => `must be "auto", "none", "required" or { tool: name }, got ${got}`;
const role = "must be one of developer, system, user, assistant, tool, got ";
const unsafeHeader =
  "must not contain line breaks, other control characters or characters beyond Latin-1, or start or end with a space: it is sent as a header";
const notPlain = "must be a plain object: pass Object.fromEntries(value) instead of value";
const toolName = (name: string) => `has the name "${name}": names are 1 to 64 letters, digits, _ and -`;

/** An option, a value that it rejects, the message, and the name in the error if it differs. */
const bad: [option: string, value: unknown, message: string, named?: string][] = [
  ["provider", 1, text("1")],
  ["provider", "", text("an empty string")],
  ["provider", "open ai", spaceless],
  ["provider", "openai\n", spaceless],
  ["model", null, text("null")],
  ["model", "gpt\u007f", spaceless],
  ["temperature", "hot", number(0, 2, "string")],
  ["temperature", -0.1, number(0, 2, "-0.1")],
  ["temperature", 2.1, number(0, 2, "2.1")],
  ["temperature", Number.NaN, number(0, 2, "NaN")],
  ["maxTokens", 0, whole(1, "0")],
  ["maxTokens", 1.5, whole(1, "1.5")],
  ["maxTokens", Number.POSITIVE_INFINITY, whole(1, "Infinity")],
  ["topP", 1.1, number(0, 1, "1.1")],
  ["topP", -0.1, number(0, 1, "-0.1")],
  ["stop", "", stop("an empty string")],
  ["stop", [], stop("an empty array")],
  ["stop", ["END", ""], stop("array")],
  ["stop", 1, stop("1")],
  ["seed", 1.5, "must be an integer, got 1.5"],
  ["seed", "7", "must be an integer, got string"],
  ["frequencyPenalty", 2.1, number(-2, 2, "2.1")],
  ["frequencyPenalty", -2.1, number(-2, 2, "-2.1")],
  ["presencePenalty", true, number(-2, 2, "boolean")],
  ["presencePenalty", -2.1, number(-2, 2, "-2.1")],
  ["presencePenalty", 2.1, number(-2, 2, "2.1")],
  ["reasoningEffort", 3, text("3")],
  ["maxTurns", 0, whole(1, "0")],
  ["maxTurns", -1, whole(1, "-1")],
  ["toolConcurrency", 0, whole(1, "0")],
  ["toolTimeout", 0, milliseconds("0")],
  ["toolTimeout", "1000", milliseconds("string")],
  ["toolTimeout", "1s", milliseconds("string")],
  ["parallelToolCalls", "no", "must be true or false, got string"],
  ["outputStrategy", "yaml", 'must be one of "auto", "json-schema", "tool", "json-object", "prompt", got string'],
  ["outputRetries", -1, whole(0, "-1")],
  ["maxRetries", -1, whole(0, "-1")],
  ["timeout", 1000, "must be an object, got 1000: write { total: 1000 } to limit the whole chat"],
  ["timeout", { firstbyte: 1 }, 'has the unknown limit "firstbyte"; did you mean "firstByte"?'],
  ["timeout", { firstByte: 0 }, milliseconds("0"), "timeout.firstByte"],
  ["timeout", { total: "1s" }, milliseconds("string"), "timeout.total"],
  ["fallbacks", { provider: "openai", model: "gpt-4o" }, target("object")],
  ["fallbacks", [{ provider: "openai" }], text("undefined"), "fallbacks[0].model"],
  ["fallbacks", [{ provider: "open ai", model: "x" }], spaceless, "fallbacks[0].provider"],
  [
    "fallbacks",
    [null],
    'must be { provider, model }, got null: write { provider: "openai", model: "gpt-4o-mini" }',
    "fallbacks[0]",
  ],
  [
    "fallbacks",
    ["openrouter/openai/gpt-4o"],
    'must be { provider, model }, got string: write { provider: "openrouter", model: "openai/gpt-4o" }',
    "fallbacks[0]",
  ],
  ["gateway", "cache", "must be an options object, got string: the gateway's name goes in gatewayId"],
  [
    "gateway",
    { cacheTtl: 1 },
    "must be an integer between 60 and 2592000 (seconds), got 1 (header cf-aig-cache-ttl)",
    "gateway.cacheTtl",
  ],
  ["headers", ["x"], object("array")],
  ["headers", new Headers({ "x-team": "search" }), notPlain],
  ["headers", new Map([["x-team", "search"]]), notPlain],
  ["gateway", new Map([["cacheTtl", 60]]), notPlain],
  ["timeout", new Map([["idle", 1]]), notPlain],
  ["extraBody", new Map([["a", 1]]), notPlain],
  ["headers", { "x-team": 1 }, "must be a string, got 1", "headers.x-team"],
  ["headers", { "x-team": "a\nb" }, unsafeHeader, "headers.x-team"],
  ["headers", { "x-team": " a" }, unsafeHeader, "headers.x-team"],
  ["headers", { "x-team": "\u6771" }, unsafeHeader, "headers.x-team"],
  ["headers", { "x team": "a" }, "is not a valid header name", "headers.x team"],
  ["headers", { "x\nteam": "a" }, "is not a valid header name", "headers.x?team"],
  ["headers", { "": "a" }, "is not a valid header name", "headers."],
  ["extraBody", [], object("an empty array")],
  ["extraBody", { model: "x" }, 'must not contain "model": use the options provider and model'],
  ["extraBody", { messages: [] }, 'must not contain "messages": use the options system, prompt and messages'],
  ["extraBody", { stream: true }, 'must not contain "stream": call stream() or chat()'],
  ["extraBody", { tools: [] }, 'must not contain "tools": use the options tools and providerTools'],
  ["prepareTurn", {}, callable("object")],
  ["stopWhen", 3, callable("3")],
  ["onTurn", null, callable("null")],
  ["onToolCall", "x", callable("string")],
  ["onRetry", [], callable("an empty array")],
  ["onBackgroundTaskError", true, callable("boolean")],
  ["system", 1, "must be a string or an array of text parts, got 1"],
  ["prompt", "", text("an empty string")],
  ["prompt", ["Hello"], text("array")],
  ["messages", "Hello", "must be a non-empty array of messages, got string"],
  ["messages", [], "must be a non-empty array of messages, got an empty array"],
  ["messages", [{ role: "user", content: "x" }, { role: "robot" }], `${role}"robot"`, "messages[1].role"],
  ["messages", [{ role: "function", content: "17" }], "must be a non-empty string, got undefined", "messages[0].name"],
  ["messages", [null], "must be an object with role and content, got null", "messages[0]"],
  ["tools", [], "must be an object of tools by name, got array: write { name: tool({ … }) }"],
  ["tools", { "get weather": weather }, toolName("get weather")],
  ["tools", { "": weather }, toolName("")],
  ["tools", { ["x".repeat(65)]: weather }, toolName("x".repeat(65))],
  ["tools", { weather: () => "sunny" }, "must be made by tool({ parameters, … }), got function", "tools.weather"],
  ["tools", { weather: null }, "must be made by tool({ parameters, … }), got null", "tools.weather"],
  [
    "tools",
    { weather: Object.assign(() => {}, { parameters: {} }) },
    "must be made by tool({ parameters, … }), got function",
    "tools.weather",
  ],
  ["tools", { weather: {} }, "must be made by tool({ parameters, … }): it has no parameters", "tools.weather"],
  ["tools", { weather: { inputSchema: {} } }, "is called parameters here", "tools.weather.inputSchema"],
  ["tools", { weather: { parameters: {}, handler: () => "sunny" } }, "is called execute here", "tools.weather.handler"],
  ["tools", { weather: { paramters: {} } }, "is called parameters here", "tools.weather.paramters"],
  ["backgroundTasks", { mail: 1 }, "must be made by tool({ parameters, … }), got 1", "backgroundTasks.mail"],
  [
    "backgroundTasks",
    { tasks: { mail: 1 }, dispatcher },
    "must be made by tool({ parameters, … }), got 1",
    "backgroundTasks.mail",
  ],
  ["backgroundTasks", { tasks: {}, dispatcher: {} }, "must have a dispatch function", "backgroundTasks.dispatcher"],
  ["toolChoice", "weather", choice("string")],
  ["toolChoice", { name: "weather" }, choice("object")],
  ["toolChoice", null, choice("null")],
  ["toolChoice", Object.assign(["x"], { tool: "weather" }), choice("array")],
  ["output", "json", "must be a Standard Schema (Zod, Valibot, ArkType, …) or a JSON Schema, got string"],
  ["signal", null, "must be an AbortSignal, got null"],
  ["signal", 7, "must be an AbortSignal, got 7"],
  ["signal", { aborted: true }, "must be an AbortSignal, got object"],
  ["signal", { addEventListener() {} }, "must be an AbortSignal, got object"],
  ["signal", new AbortController(), "must be an AbortSignal, got object"],
];

describe("checkChatOptions", () => {
  test.each(good)("accepts valid values of %s", (option, ...values) => {
    for (const value of values) expect(listProblems({ [option]: value })).toEqual([]);
  });

  test.each(bad)("rejects %s: %j", (option, value, message, named = option) => {
    expect(listProblems({ [option]: value })).toEqual([{ option: named, message }]);
  });

  test("validates every option that exists", () => {
    const options = new Set([...good, ...bad].map(([option]) => option));
    expect([...options].filter((option) => bad.every(([refused]) => refused !== option))).toEqual([]);
    expect([...options].filter((option) => good.every(([taken]) => taken !== option))).toEqual([]);
  });

  test("treats undefined as not set", () => {
    expect(listProblems(Object.fromEntries(good.map(([option]) => [option, undefined])))).toEqual([]);
  });

  test("reports every problem at once", () => {
    expect(listProblems({ temperature: 3, maxTurns: 0, system: 1 }).map(({ option }) => option)).toEqual([
      "temperature",
      "maxTurns",
      "system",
    ]);
  });

  test.each(["authorization", "Authorization", "AUTHORIZATION"])(
    "rejects the header %s, which would be sent to the provider instead of the stored key",
    (header) => {
      for (const endpoint of ["compat", "rest"] as const) {
        const [problem] = checkChatOptions({ headers: { [header]: "Bearer secret-value" } }, endpoint);
        expect(problem?.option).toBe(`headers.${header}`);
        expect(problem?.message).toMatch(
          /^must not be set: on compat it would replace the provider key .* use gatewayToken or apiToken$/,
        );
        expect(JSON.stringify(problem)).not.toContain("secret-value");
      }
    },
  );

  test("rejects the gateway token as a header, since it has its own option", () => {
    expect(listProblems({ headers: { "CF-AIG-Authorization": "Bearer secret-value" } })).toEqual([
      { option: "headers.CF-AIG-Authorization", message: "must not be set; use gatewayToken" },
    ]);
  });

  test("never quotes a header's value", () => {
    expect(JSON.stringify(listProblems({ headers: { "x-key": "secret-value\r\nx-injected: 1" } }))).not.toContain("secret-value");
  });

  test("validates gateway options for the given endpoint", () => {
    expect(checkChatOptions({ gateway: { byokAlias: "team" } }, "rest")).toHaveLength(1);
    expect(checkChatOptions({ gateway: { byokAlias: "team" } }, "compat")).toEqual([]);
  });

  test.each([
    ["max_tokens", "maxTokens"],
    ["max_completion_tokens", "maxTokens"],
    ["top_p", "topP"],
    ["frequency_penalty", "frequencyPenalty"],
    ["presence_penalty", "presencePenalty"],
    ["reasoning_effort", "reasoningEffort"],
    ["parallel_tool_calls", "parallelToolCalls"],
    ["tool_choice", "toolChoice"],
    ["response_format", "output"],
    ["background_tasks", "backgroundTasks"],
    ["system_prompt", "system"],
    ["user_message", "prompt"],
    ["maxtokens", "maxTokens"],
    ["OnTurn", "onTurn"],
    ["temprature", "temperature"],
    ["mesages", "messages"],
    ["maxOutputTokens", "maxTokens"],
    ["abortSignal", "signal"],
    ["systemPrompt", "system"],
    ["instructions", "system"],
    ["maxSteps", "maxTurns"],
    ["stopSequences", "stop"],
    ["providerOptions", "extraBody"],
    ["min_p", "extraBody.min_p"],
    ["minP", "extraBody.min_p"],
    ["cacheTtl", "gateway.cacheTtl"],
  ])("suggests for %s the option %s", (written, meant) => {
    expect(listProblems({ [written]: 1 })).toEqual([
      { option: written, message: `Unknown option "${written}". Did you mean "${meant}"?` },
    ]);
  });

  test.each(["toString", "__proto__", "colour"])("suggests extraBody for the unknown option %s", (written) => {
    const options = Object.fromEntries([[written, 1]]);
    expect(listProblems(options)).toEqual([
      { option: written, message: `Unknown option "${written}". Fields of the request body go in extraBody.` },
    ]);
  });
});

describe("option combinations", () => {
  const check = (options: ChatOptions<unknown>) => checkCombinations(options);

  test("require exactly one of prompt and messages", () => {
    expect(check({ prompt: "Hello" })).toEqual([]);
    expect(check({ messages: [{ role: "user", content: "Hello" }] })).toEqual([]);
    expect(check({})).toEqual([{ option: "prompt", message: "is missing: pass prompt or messages" }]);
    expect(check({ prompt: "Hello", messages: [{ role: "user", content: "Hello" }] })).toEqual([
      { option: "prompt", message: "and messages are mutually exclusive; pass one of them" },
    ]);
  });

  test("reject a name shared by a tool and a background task", () => {
    const problem = {
      option: "backgroundTasks.weather",
      message: "is also defined in tools; names must be unique across tools and backgroundTasks",
    };
    expect(check({ prompt: "x", tools: { weather }, backgroundTasks: { weather } })).toEqual([problem]);
    expect(check({ prompt: "x", tools: { weather }, backgroundTasks: { tasks: { weather }, dispatcher } })).toEqual([problem]);
    expect(check({ prompt: "x", tools: { weather }, backgroundTasks: { mail: weather } })).toEqual([]);
  });

  test("reject a background task without execute or dispatcher", () => {
    const mail = tool({ parameters: { type: "object" } });
    expect(check({ prompt: "x", backgroundTasks: { mail } })).toEqual([
      {
        option: "backgroundTasks.mail",
        message: "has no execute function; add one or pass a dispatcher",
      },
    ]);
    expect(check({ prompt: "x", backgroundTasks: { tasks: { mail }, dispatcher } })).toEqual([]);
  });

  test("reject forcing an unknown tool, and list the known ones", () => {
    const toolChoice = { tool: "mail" };
    expect(check({ prompt: "x", toolChoice, tools: { weather }, backgroundTasks: { log: weather } })).toEqual([
      { option: "toolChoice", message: 'names "mail", which is not among the tools (weather, log)' },
    ]);
    expect(check({ prompt: "x", toolChoice })).toEqual([
      { option: "toolChoice", message: 'names "mail", which is not among the tools (none)' },
    ]);
    expect(check({ prompt: "x", toolChoice, backgroundTasks: { mail: weather } })).toEqual([]);
    expect(check({ prompt: "x", toolChoice, tools: { mail: weather } })).toEqual([]);
  });

  test("reject requiring a tool when there is none", () => {
    expect(check({ prompt: "x", toolChoice: "required" })).toEqual([
      { option: "toolChoice", message: 'is "required", but there are no tools' },
    ]);
    expect(check({ prompt: "x", toolChoice: "required", tools: { weather } })).toEqual([]);
  });
});

describe("checkTurnOverrides", () => {
  const message = /^can't change per turn; prepareTurn may return provider, model, temperature, .*, toolChoice$/;
  const check = (overrides: object, options: ChatOptions<unknown> = { prompt: "x", tools: { weather } }) =>
    checkTurnOverrides(overrides, options);

  test("accepts what may change from turn to turn", () => {
    const messages = [{ role: "user", content: "Hello" }];
    expect(check({ provider: "openai", model: "gpt-4o", messages, tools: { mail: weather }, toolChoice: "none" })).toEqual([]);
    expect(check({ temperature: undefined })).toEqual([]);
  });

  test("rejects options of the whole chat, and invalid values, each under the hook's name", () => {
    expect(check({ maxTurns: 1, model: 7, tools: { mail: 1 }, messages: [{ role: "robot" }] })).toEqual([
      { option: "prepareTurn.maxTurns", message: expect.stringMatching(message) },
      { option: "prepareTurn.model", message: text("7") },
      { option: "prepareTurn.tools.mail", message: "must be made by tool({ parameters, … }), got 1" },
      { option: "prepareTurn.messages[0].role", message: `${role}"robot"` },
    ]);
  });

  test("rejects forcing a tool that the turn does not have", () => {
    const forced = { toolChoice: { tool: "weather" } };
    expect(check(forced)).toEqual([]);
    expect(check({ ...forced, tools: { mail: weather } })).toEqual([
      { option: "toolChoice", message: 'names "weather", which is not among the tools (mail)' },
    ]);
    expect(check(forced, { prompt: "x", backgroundTasks: { weather } })).toEqual([]);
    expect(check({ tools: { weather } }, { prompt: "x", backgroundTasks: { weather } })).toMatchObject([
      { option: "backgroundTasks.weather" },
    ]);
    expect(check({ toolChoice: 7 })).toEqual([{ option: "prepareTurn.toolChoice", message: choice("7") }]);
  });
});

describe("checkProviders", () => {
  test("accepts rows with every field", () => {
    const row = {
      compat: "custom-house",
      rest: "house",
      outputStrategies: ["tool", "prompt"],
      toolsWithOutput: false,
      maxTokensField: "max_completion_tokens",
      unsupported: ["seed"],
    };
    expect(checkProviders({ house: row, other: {}, third: { compat: undefined, maxTokensField: "max_tokens" } })).toEqual([]);
  });

  test.each([
    [[], "providers", object("an empty array")],
    [{ house: "custom-house" }, "providers.house", object("string")],
    [{ house: { compat: "" } }, "providers.house.compat", text("an empty string")],
    [{ house: { rest: "a b" } }, "providers.house.rest", spaceless],
    [
      { house: { outputStrategies: ["auto"] } },
      "providers.house.outputStrategies[0]",
      /^must be one of "json-schema", "tool", "json-object", "prompt", got string$/,
    ],
    [{ house: { outputStrategies: ["yaml"] } }, "providers.house.outputStrategies[0]", /^must be one of/],
    [{ house: { outputStrategies: "tool" } }, "providers.house.outputStrategies", "must be an array of strategies, got string"],
    [{ house: { toolsWithOutput: 0 } }, "providers.house.toolsWithOutput", "must be true or false, got 0"],
    [
      { house: { maxTokensField: "maxTokens" } },
      "providers.house.maxTokensField",
      'must be one of "max_tokens", "max_completion_tokens", got string',
    ],
    [{ house: { unsupported: [1] } }, "providers.house.unsupported[0]", text("1")],
    [
      { house: { slug: "x" } },
      "providers.house.slug",
      "is not a field; the fields are compat, rest, models, outputStrategies, toolsWithOutput, maxTokensField, unsupported",
    ],
  ])("rejects %j, naming row and field", (providers, option, message) => {
    const expected = message instanceof RegExp ? expect.stringMatching(message) : message;
    expect(checkProviders(providers)).toEqual([{ option, message: expected }]);
  });
});

test("only options that apply to more than one call may be defaults", () => {
  const ofCall = ["system", "prompt", "messages", "tools", "backgroundTasks", "toolChoice", "output", "signal"];
  for (const [option] of good) expect(isChatDefault(option)).toBe(!ofCall.includes(option));
  expect(isChatDefault("toString")).toBe(false);
});
