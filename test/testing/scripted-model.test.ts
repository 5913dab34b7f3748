import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type LocalGateway, startLocalGateway } from "../../src/testing/index.ts";
import { textForPattern } from "../../src/testing/model/text-for-pattern.ts";
import { valueFromSchema } from "../../src/testing/model/value-from-schema.ts";
import { ask, type Json, prompt, spoken } from "./ask.ts";

let local: LocalGateway;
beforeAll(async () => {
  local = await startLocalGateway();
});
afterAll(() => local.close());

const messageOf = async (body: object): Promise<Json> => (await ask(local, body)).json.choices[0].message;
const textOf = async (content: string, more: object = {}) => (await messageOf(prompt(content, more))).content;
const callsOf = async (content: string, tools: object[], more: object = {}): Promise<[string, Json][]> =>
  ((await messageOf(prompt(content, { tools, ...more }))).tool_calls ?? []).map((call: Json) => [
    call.function.name,
    JSON.parse(call.function.arguments),
  ]);

const tool = (name: string, description: string, properties: object, required = Object.keys(properties)) => ({
  type: "function",
  function: { name, description, parameters: { type: "object", properties, required } },
});
const text = { type: "string" };
const weather = tool("get_weather", "Get current weather for a city.", { city: text });
const calculator = tool("calculate", "Calculate a mathematical expression.", { expression: text });
const logger = tool("log_interaction", "BACKGROUND TASK: Log user interaction for analytics.", { user_id: text, action: text });
const notifier = tool("send_notification", "BACKGROUND TASK: Send notification to admin.", { event: text, details: text }, [
  "event",
]);

describe("plain questions", () => {
  test.each([
    ["What is the capital of France?", "The capital of France is Paris."],
    ["Capital of Japan?", "The capital of Japan is Tokyo."],
    ["what's the capital city of the United States?", "The capital of the United States is Washington."],
    ["What is 2 + 2?", "2 + 2 is 4."],
    ["What is (2 + 3) * 4?", "(2 + 3) * 4 is 20."],
    ["What is 7 times 6?", "7 * 6 is 42."],
    ["Hello!", "Hello! How can I help you?"],
    ["Hello, I need help with Python!", "Of course. What would you like to know about Python?"],
    ["Say hello.", "hello"],
    ["Reply with exactly: OK", "OK"],
  ])("%s", async (question, answer) => {
    expect(await textOf(question)).toBe(answer);
  });

  test("anything else is answered with what was said", async () => {
    expect(await textOf("Blorp the frobnicator")).toContain("Blorp the frobnicator");
  });

  test("a story is streamed in many deltas", async () => {
    const { text } = await ask(local, prompt("Tell me a story about a dragon.", { stream: true }));
    expect(spoken(text)).toMatch(/^Once upon a time there was a dragon\. /);
    expect(text.split("\n\n").length).toBeGreaterThan(20);
  });

  test("what was said earlier is remembered", async () => {
    const messages = (last: string) => ({
      messages: [
        { role: "user", content: "Hi, my name is Ada." },
        { role: "assistant", content: "Nice to meet you, Ada!" },
        { role: "user", content: "What is the capital of France?" },
        { role: "assistant", content: "The capital of France is Paris." },
        { role: "user", content: last },
      ],
    });
    expect(await textOf("", messages("What is my name?"))).toBe("Your name is Ada.");
  });

  test("content in parts is read, and other media are met with honesty", async () => {
    const parts = (...content: object[]) => prompt("", { messages: [{ role: "user", content }] });
    expect((await messageOf(parts({ type: "text", text: "Capital of" }, { type: "text", text: " Italy?" }))).content).toBe(
      "The capital of Italy is Rome.",
    );
    const image = { type: "image_url", image_url: { url: "https://example.com/x.png" } };
    expect((await messageOf(parts({ type: "text", text: "What is on it?" }, image))).content).toContain("reads text only");
  });

  test("max_tokens cuts an answer, and stop ends it", async () => {
    const cut = (await ask(local, prompt("Tell me a story.", { max_tokens: 5 }))).json;
    expect(cut.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "Once upon a time the" } });
    expect(cut.usage.completion_tokens).toBe(5);
    expect(await textOf("Tell me a story.", { stop: ["upon"] })).toBe("Once ");
  });

  test("reasoning_effort makes it think, as the names of some models do", async () => {
    expect(
      (await messageOf(prompt("Capital of France?", { reasoning_effort: "low", model: "deepseek/deepseek-chat" })))
        .reasoning_content,
    ).toContain("Capital of France?");
    expect(
      (await messageOf(prompt("Capital of France?", { model: "deepseek/deepseek-reasoner" }))).reasoning_content,
    ).toBeTruthy();
    expect(await messageOf(prompt("Capital of France?", { model: "deepseek/deepseek-chat" }))).not.toHaveProperty(
      "reasoning_content",
    );
  });

  test("the same conversation gets the same answer", async () => {
    expect(await textOf("Blorp")).toBe(await textOf("Blorp"));
  });
});

describe("tools", () => {
  test("those that the prompt speaks of are called, with what it says", async () => {
    expect(await callsOf("What's the weather in Tokyo and what is 15 * 7?", [weather, calculator, logger])).toEqual([
      ["get_weather", { city: "Tokyo" }],
      ["calculate", { expression: "15 * 7" }],
    ]);
  });

  test("one is called for each of several places, but once without parallel calls", async () => {
    expect(await callsOf("Compare the weather in New York and Paris.", [weather])).toEqual([
      ["get_weather", { city: "New York" }],
      ["get_weather", { city: "Paris" }],
    ]);
    expect(
      await callsOf("Compare the weather in New York and Paris.", [weather, calculator], { parallel_tool_calls: false }),
    ).toHaveLength(1);
  });

  test.each([
    [tool("lookupOrder", "Finds an order.", { orderId: text }), "Where is my order ORD-1234?", { orderId: "ORD-1234" }],
    [
      tool("set_light", "Switches.", { room: { type: "string", enum: ["kitchen", "bath"] }, on: { type: "boolean" } }),
      "Turn on the bath lights",
      { room: "bath", on: true },
    ],
    [
      tool("send_email", "Sends an email.", { to: text, subject: text }),
      'Email bob@example.com about "Lunch"',
      { to: "bob@example.com", subject: "Lunch" },
    ],
    [
      tool("convert_currency", "Converts money.", { amount: { type: "number" }, from: text, to: text }),
      "Convert 100 USD to EUR",
      { amount: 100, from: "USD", to: "EUR" },
    ],
    [
      tool("book_flight", "Books a flight.", { origin: text, destination: text, date: text }),
      "Book a flight from Berlin to New York on 2026-12-24",
      { origin: "Berlin", destination: "New York", date: "2026-12-24" },
    ],
    [
      tool("search_docs", "Searches the documentation.", { query: text, limit: { type: "integer", minimum: 1, maximum: 5 } }),
      "Search the docs for retries.",
      { query: "Search the docs for retries.", limit: 1 },
    ],
  ])("%j fits %s", async (offered, question, args) => {
    const [call] = await callsOf(question, [offered, weather]);
    expect(call?.[0]).toBe(offered.function.name);
    expect(call?.[1]).toEqual(args);
  });

  test("none is called where none fits, and background ones only then", async () => {
    expect(await textOf("Hello, I need help with Python!", { tools: [weather, calculator] })).toContain("Python");
    expect((await callsOf("Hello, I need help with Python!", [weather, logger, notifier])).map(([name]) => name)).toEqual([
      "log_interaction",
      "send_notification",
    ]);
  });

  test("tool_choice is honoured: none, required, a name", async () => {
    expect(await callsOf("Weather in Tokyo?", [weather], { tool_choice: "none" })).toEqual([]);
    expect(await callsOf("Hello", [weather, calculator], { tool_choice: "required" })).toHaveLength(1);
    expect(
      (
        await callsOf("Weather in Tokyo?", [weather, calculator], {
          tool_choice: { type: "function", function: { name: "calculate" } },
        })
      )[0]?.[0],
    ).toBe("calculate");
  });

  const withResults = (question: string, results: [string, object, string][], tools: object[]) =>
    prompt("", {
      tools,
      messages: [
        { role: "user", content: question },
        {
          role: "assistant",
          content: null,
          tool_calls: results.map(([name, args], at) => ({
            id: `c${at}`,
            type: "function",
            function: { name, arguments: JSON.stringify(args) },
          })),
        },
        ...results.map(([, , content], at) => ({ role: "tool", tool_call_id: `c${at}`, content })),
      ],
    });

  test("their results make the answer", async () => {
    const body = withResults(
      "What's the weather in Tokyo and what is 15 * 7?",
      [
        ["get_weather", { city: "Tokyo" }, "Weather in Tokyo: Sunny, 22C"],
        ["calculate", { expression: "15 * 7" }, "105"],
      ],
      [weather, calculator],
    );
    expect((await messageOf(body)).content).toBe("Weather in Tokyo: Sunny, 22C. 15 * 7 is 105.");
    const structured = withResults(
      "Weather in Oslo?",
      [["get_weather", { city: "Oslo" }, '{"temperature":-3,"sky":{"clouds":"few"}}']],
      [weather],
    );
    expect((await messageOf(structured)).content).toBe("Oslo: temperature -3, sky clouds few.");
  });

  test("after background tasks alone the question itself is answered", async () => {
    const body = withResults(
      "Hello, I need help with Python!",
      [["log_interaction", { user_id: "1", action: "x" }, "started"]],
      [logger],
    );
    expect((await messageOf(body)).content).toBe("Of course. What would you like to know about Python?");
  });
});

describe("structured output", () => {
  const sentiment = {
    type: "object",
    properties: {
      sentiment: { type: "string", description: "positive, negative, or neutral" },
      confidence: { type: "number", description: "Confidence score 0.0 to 1.0" },
      key_phrases: { type: "array", items: { type: "string" } },
    },
    required: ["sentiment", "confidence", "key_phrases"],
  };
  const loved = "I absolutely love this product! Best purchase ever!";
  const analysis = {
    sentiment: "positive",
    confidence: 0.98,
    key_phrases: ["absolutely love this product", "Best purchase ever"],
  };

  test("fills the schema of a response format", async () => {
    const response_format = { type: "json_schema", json_schema: { name: "analysis", schema: sentiment } };
    expect(JSON.parse(await textOf(loved, { response_format }))).toEqual(analysis);
    expect(JSON.parse(await textOf("This is the worst. Terrible!", { response_format }))).toMatchObject({
      sentiment: "negative",
    });
  });

  test("fills a forced tool", async () => {
    const tools = [{ type: "function", function: { name: "answer", parameters: sentiment } }];
    expect(await callsOf(loved, tools, { tool_choice: { type: "function", function: { name: "answer" } } })).toEqual([
      ["answer", analysis],
    ]);
  });

  test("fills a schema that stands in the messages beside the word JSON", async () => {
    const messages = [
      { role: "system", content: `Answer with JSON {only} that fits this schema:\n${JSON.stringify(sentiment)}` },
      { role: "user", content: loved },
    ];
    for (const response_format of [undefined, { type: "json_object" }])
      expect(JSON.parse(await textOf("", { messages, response_format }))).toEqual(analysis);
  });

  test("json_object without a schema is some object", async () => {
    expect(JSON.parse(await textOf("Capital of France?", { response_format: { type: "json_object" } }))).toEqual({
      answer: "The capital of France is Paris.",
    });
  });

  test("takes what tools have answered by its name, and calls them first", async () => {
    const schema = {
      type: "object",
      properties: { city: text, temperature: { type: "number" } },
      required: ["city", "temperature"],
    };
    const response_format = { type: "json_schema", json_schema: { name: "w", schema } };
    expect(await callsOf("Weather in Tokyo?", [weather], { response_format })).toEqual([["get_weather", { city: "Tokyo" }]]);
    const messages = [
      { role: "user", content: "Weather in Tokyo?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "1", type: "function", function: { name: "get_weather", arguments: '{"city":"Tokyo"}' } }],
      },
      { role: "tool", tool_call_id: "1", content: '{"temperature":21.5}' },
    ];
    expect(JSON.parse(await textOf("", { messages, tools: [weather], response_format }))).toEqual({
      city: "Tokyo",
      temperature: 21.5,
    });
  });

  const schemas: Record<string, object | boolean> = {
    person: {
      type: "object",
      properties: { name: text, age: { type: "integer", minimum: 0 }, city: text },
      required: ["name", "age", "city"],
      additionalProperties: false,
    },
    "numbers within bounds": {
      type: "object",
      properties: {
        a: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
        b: { type: "integer", multipleOf: 5, minimum: 7 },
        c: { type: "integer", maximum: -1 },
      },
      required: ["a", "b", "c"],
    },
    "strings with formats": {
      type: "object",
      properties: Object.fromEntries(
        ["email", "uri", "date", "date-time", "uuid", "ipv4"].map((format) => [format, { type: "string", format }]),
      ),
      required: ["email", "uri", "date", "date-time", "uuid", "ipv4"],
    },
    "strings with bounds and patterns": {
      type: "object",
      properties: {
        long: { type: "string", minLength: 300 },
        short: { type: "string", maxLength: 3 },
        code: { type: "string", pattern: "^[A-Z]{3}-\\d{4,6}(?:x|y)?$" },
      },
      required: ["long", "short", "code"],
    },
    "arrays with bounds": {
      type: "object",
      properties: {
        three: { type: "array", items: text, minItems: 3, maxItems: 3, uniqueItems: true },
        tuple: { type: "array", prefixItems: [text, { type: "number" }], items: false, minItems: 2 },
        objects: {
          type: "array",
          items: { type: "object", properties: { title: text, done: { type: "boolean" } }, required: ["title", "done"] },
          minItems: 2,
        },
        numbers: { type: "array", items: { type: "integer", maximum: 10 }, minItems: 2, uniqueItems: true },
      },
      required: ["three", "tuple", "objects", "numbers"],
    },
    "choices and references": {
      $defs: {
        color: { enum: ["red", "green"] },
        tree: {
          type: "object",
          properties: { label: text, children: { type: "array", items: { $ref: "#/$defs/tree" } } },
          required: ["label", "children"],
        },
      },
      type: "object",
      properties: {
        color: { $ref: "#/$defs/color" },
        maybe: { anyOf: [{ type: "null" }, { type: "string" }] },
        nullable: { type: ["integer", "null"] },
        kind: { const: "x" },
        union: { oneOf: [{ type: "object", properties: { type: { const: "a" } }, required: ["type"] }, { type: "string" }] },
        both: {
          allOf: [
            { type: "object", properties: { a: text }, required: ["a"] },
            { type: "object", properties: { b: { type: "boolean" } }, required: ["b"] },
          ],
        },
        tree: { $ref: "#/$defs/tree" },
      },
      required: ["color", "maybe", "nullable", "kind", "union", "both", "tree"],
    },
    "a record": { type: "object", additionalProperties: { type: "number" }, minProperties: 1 },
    "a bare array": { type: "array", items: { type: "string", enum: ["red", "blue"] } },
    "a recursive root": {
      type: "object",
      properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] }, value: { type: "number" } },
      required: ["next", "value"],
    },
    anything: true,
  };

  test.each(Object.entries(schemas))("its values fit the schema: %s", (_, schema) => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const validate = ajv.compile(schema);
    for (const said of ["Ada Lovelace, 36, lives in London and likes blue.", "", "Call 12 at 2026-11-20: a@b.co"]) {
      const value = valueFromSchema(schema, { prompt: said, known: {}, optional: true });
      expect(validate(value), `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });

  test("its values satisfy Zod, whose formats are patterns as well", () => {
    const schema = z.object({
      email: z.email(),
      id: z.uuid(),
      url: z.url(),
      day: z.iso.date(),
      at: z.iso.datetime(),
      ip: z.ipv4(),
      code: z.string().regex(/^[A-Z]{2}-\d{3}$/),
      size: z.enum(["small", "large"]).nullable(),
      rating: z.int().min(1).max(5),
      tags: z.array(z.string().min(2).max(8)).min(2),
      extra: z.record(z.string(), z.number()).optional(),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), r: z.number().positive() }),
        z.object({ kind: z.literal("square") }),
      ]),
    });
    for (const said of ["A large box, see AB-123.", "I love it. Great!", ""]) {
      const value = valueFromSchema(z.toJSONSchema(schema), { prompt: said, known: {}, optional: true });
      expect(schema.safeParse(value).error?.issues ?? []).toEqual([]);
    }
  });

  test("the prompt fills what it can", () => {
    const value = valueFromSchema(schemas.person, { prompt: "Ada Lovelace, 36, lives in London.", known: {}, optional: true });
    expect(value).toEqual({ name: "Ada Lovelace", age: 36, city: "London" });
  });

  test.each([
    "^[A-Z]{2}\\d+$",
    "^(foo|bar)-[^a]{3}$",
    "^\\w+@\\w+\\.com$",
    "^a?b*c+$",
    "^(?:x(?:y|z)){2,3}$",
    "^[\\d-]{5}$",
    "^.{4}$",
    "^\\p{L}+$",
  ])("a text is found for the pattern %s", (pattern) => {
    expect(textForPattern(pattern, "nothing here")).toMatch(new RegExp(pattern, "u"));
    expect(textForPattern("^[A-Z]+-\\d+$", "see ABC-12.")).toBe("ABC-12");
  });
});
