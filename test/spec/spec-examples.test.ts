import { readFile } from "node:fs/promises";
import { Validator } from "@cfworker/json-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadSchemas } from "../../src/wire.ts";

type Node = Record<string, unknown>;
interface Example {
  where: string;
  schema: unknown;
  value: unknown;
}

const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8")) as Node;
const { $defs } = await loadSchemas();
const ajv = new Ajv2020({ strict: false }).addSchema({ $id: "spec", $defs });

const isObject = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const node = (value: unknown): Node => (isObject(value) ? value : {});

function resolve(value: unknown): Node {
  const { $ref } = node(value);
  if (typeof $ref !== "string") return node(value);
  return resolve(
    $ref
      .slice(2)
      .split("/")
      .reduce<Node>((parent, key) => node(parent[key]), spec),
  );
}

const refersTo = (defs: string, schema: unknown): Node =>
  JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", defs));

const validators = new Map<string, ReturnType<typeof ajv.compile>>();

function complaints(schema: unknown, value: unknown): unknown {
  const key = JSON.stringify(schema);
  const validate = validators.get(key) ?? ajv.compile(refersTo("spec#/$defs/", schema));
  validators.set(key, validate);
  return validate(value) ? [] : validate.errors;
}

const events = (stream: string): unknown[] =>
  stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice("data: ".length)));

const operations = Object.entries(node(spec.paths)).flatMap(([path, item]) =>
  ["get", "post", "patch"]
    .filter((method) => method in node(item))
    .map((method) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation: node(node(item)[method]),
      parameters: [node(item).parameters, node(node(item)[method]).parameters]
        .flatMap((list) => (list ?? []) as unknown[])
        .map(resolve),
    })),
);

function contentExamples(where: string, holder: unknown): Example[] {
  return Object.entries(node(resolve(holder).content)).flatMap(([mediaType, content]) =>
    Object.entries(node(node(content).examples)).map(([name, example]) => ({
      where: `${where} ${mediaType} ${name}`,
      schema: node(content).schema,
      value: resolve(example).value,
    })),
  );
}

const bodyExamples = operations.flatMap(({ name, operation }) => [
  ...contentExamples(`${name} request`, operation.requestBody),
  ...Object.entries(node(operation.responses)).flatMap(([status, response]) => contentExamples(`${name} ${status}`, response)),
]);

const parameterExamples = [
  ...operations.flatMap(({ parameters }) => parameters),
  ...Object.entries(node(node(spec.components).headers)).map(([name, header]): Node => ({ name, ...node(header) })),
].map((parameter) => ({ where: String(parameter.name), schema: parameter.schema, value: parameter.example }));

describe("the spec's examples", () => {
  test("are present for every request body and every response of every operation", () => {
    const bare = operations.flatMap(({ name, operation }) => [
      ...("requestBody" in operation ? [[`${name} request`, operation.requestBody] as const] : []),
      ...Object.entries(node(operation.responses)).map(([status, response]) => [`${name} ${status}`, response] as const),
    ]);
    const withoutExamples = bare.flatMap(([where, holder]) =>
      Object.entries(node(resolve(holder).content))
        .filter(([, content]) => Object.keys(node(node(content).examples)).length === 0)
        .map(([mediaType]) => `${where} ${mediaType}`),
    );
    expect(bare.length).toBeGreaterThan(20);
    expect(withoutExamples).toEqual([]);
  });

  test("of bodies match their schema", () => {
    expect(bodyExamples.length).toBeGreaterThan(50);
    const wrong = bodyExamples.map(({ where, schema, value }) => ({ where, errors: complaints(schema, value) }));
    expect(wrong.filter(({ errors }) => Array.isArray(errors) && errors.length > 0)).toEqual([]);
  });

  test("of event streams have a chunk in every event", () => {
    const streams = bodyExamples.filter(({ where }) => where.includes("text/event-stream"));
    expect(streams.length).toBeGreaterThan(0);
    for (const { where, value } of streams) {
      const chunks = events(String(value));
      expect(chunks.length, where).toBeGreaterThan(1);
      for (const chunk of chunks) expect(complaints({ $ref: "spec#/$defs/ChatCompletionChunk" }, chunk), where).toEqual([]);
    }
  });

  test("of parameters and headers are present and match their schema", () => {
    for (const { where, schema, value } of parameterExamples) {
      expect(value, where).not.toBeUndefined();
      expect(complaints(schema, value), where).toEqual([]);
    }
  });
});

describe("the spec's descriptions", () => {
  function* undescribed(where: string, schema: unknown): Generator<string> {
    if (Array.isArray(schema)) {
      for (const [index, item] of schema.entries()) yield* undescribed(`${where}/${index}`, item);
    } else if (isObject(schema)) {
      for (const [name, field] of Object.entries(node(schema.properties))) {
        if (!node(field).description) yield `${where}.${name}`;
        yield* undescribed(`${where}.${name}`, field);
      }
      for (const keyword of ["items", "oneOf", "anyOf", "allOf", "additionalProperties"])
        yield* undescribed(where, schema[keyword]);
    }
  }

  test("are present for every schema and every field", () => {
    const schemas = Object.entries(node(node(spec.components).schemas));
    expect(schemas.filter(([, schema]) => !node(schema).description).map(([name]) => name)).toEqual([]);
    expect(schemas.flatMap(([name, schema]) => [...undescribed(name, schema)])).toEqual([]);
  });

  test("are present for every operation, parameter, header, response and request body", () => {
    const components = node(spec.components);
    const described = [
      ...operations.map(({ name, operation }) => [name, operation] as const),
      ...operations.flatMap(({ name, parameters }) =>
        parameters.map((parameter) => [`${name} ${parameter.name}`, parameter] as const),
      ),
      ...["headers", "responses", "requestBodies", "securitySchemes"].flatMap((kind) => Object.entries(node(components[kind]))),
    ];
    expect(described.filter(([, holder]) => !node(holder).description).map(([name]) => name)).toEqual([]);
  });
});

describe("the spec's schemas", () => {
  const accepts = (name: string, value: unknown): boolean => ajv.compile({ $ref: `spec#/$defs/${name}` })(value);
  const request = { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] };

  test.each<[string, unknown]>([
    ["a wrong role", { ...request, messages: [{ role: "robot", content: "Hello" }] }],
    ["messages that are no array", { ...request, messages: "Hello" }],
    ["no messages", { ...request, messages: [] }],
    ["null for an unset option", { ...request, temperature: null }],
    ["a tool message without its call", { ...request, messages: [{ role: "tool", content: "17" }] }],
    [
      "tool-call arguments that are no text",
      {
        ...request,
        messages: [
          { role: "assistant", tool_calls: [{ id: "1", type: "function", function: { name: "weather", arguments: {} } }] },
        ],
      },
    ],
    ["an empty list of tools", { ...request, tools: [] }],
    ["an unknown response format", { ...request, response_format: { type: "xml" } }],
  ])("reject a request with %s", (_, value) => {
    expect(accepts("ChatCompletionRequest", value)).toBe(false);
  });

  test("accept provider-specific fields in a request, its messages, parts and tools", () => {
    const cached = { cache_control: { type: "ephemeral" } };
    const value = {
      ...request,
      top_k: 40,
      messages: [{ role: "user", content: [{ type: "text", text: "Hello", ...cached }], ...cached }],
      tools: [{ type: "function", function: { name: "weather" }, ...cached }],
    };
    expect(accepts("ChatCompletionRequest", value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["nothing at all", {}],
    ["null choices", { choices: null, usage: null }],
    ["usage at Groq's place only", { x_groq: { usage: { prompt_tokens: 1 } } }],
    ["a bare delta with an empty role", { choices: [{ delta: { role: "" } }] }],
    ["no delta", { choices: [{ index: 0, finish_reason: "stop" }] }],
    ["a null delta", { choices: [{ delta: null }] }],
    ["a tool call without index, type and id", { choices: [{ delta: { tool_calls: [{ function: { name: "weather" } }] } }] }],
    [
      "arguments that are an object",
      { choices: [{ delta: { tool_calls: [{ function: { arguments: { location: "Rome" } } }] } }] },
    ],
    [
      "a tool call of nulls",
      {
        choices: [
          {
            delta: {
              tool_calls: [{ index: 0, id: "", type: null, function: { name: null, arguments: null } }, { function: null }],
            },
          },
        ],
      },
    ],
    ["null tool calls", { choices: [{ delta: { content: "", tool_calls: null } }] }],
    [
      "a thought signature",
      { choices: [{ delta: { tool_calls: [{ extra_content: { google: { thought_signature: "a" } } }] } }] },
    ],
    ["a thought signature of its own", { choices: [{ delta: { extra_content: { google: { thought_signature: "a" } } } }] }],
    ["thinking parts", { choices: [{ delta: { content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] } }] }],
    [
      "reasoning in three places",
      {
        choices: [
          { delta: { reasoning: "a", reasoning_content: "b", reasoning_details: [{ type: "reasoning.encrypted", data: "c" }] } },
        ],
      },
    ],
    ["an error text", { error: "overloaded" }],
    [
      "an error beside choices",
      { choices: [{ delta: {}, error: { code: 502 } }], error: { code: "502", message: "bad", metadata: { raw: {} } } },
    ],
    ["a closing object name", { object: "chat.completion.done", choices: [], citations: ["https://example.org", { url: "x" }] }],
  ])("accept a chunk with %s", (_, value) => {
    expect(accepts("ChatCompletionChunk", value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["no id, created, index or role", { choices: [{ message: { content: "Hello" } }] }],
    ["no choice", { choices: [] }],
    ["a number as content", { choices: [{ message: { content: 42 } }] }],
    ["an object as content", { choices: [{ message: { content: { born: 1815 } } }] }],
    [
      "audio, logprobs and annotations",
      {
        choices: [
          {
            message: {
              content: null,
              audio: { id: "a", data: "", transcript: "Hi" },
              annotations: [{ type: "url_citation", url_citation: { url: "x" } }],
            },
            logprobs: { content: [{ token: "Hi", logprob: -0.1, bytes: [72, 105], top_logprobs: [] }], refusal: null },
          },
        ],
      },
    ],
    [
      "every way to count cached tokens",
      {
        choices: [],
        usage: {
          prompt_cache_hit_tokens: 1,
          num_cached_tokens: 1,
          cached_tokens: 1,
          cache_read_input_tokens: 1,
          cache_creation_input_tokens: 1,
          prompt_tokens_details: { cached_tokens: 1 },
          num_sources_used: 0,
        },
      },
    ],
    ["null details of usage", { choices: [], usage: { prompt_tokens_details: null, completion_tokens_details: null } }],
    ["a reason unheard of", { choices: [{ message: {}, finish_reason: "insufficient_system_resource" }] }],
  ])("accept a completion with %s", (_, value) => {
    expect(accepts("ChatCompletion", value)).toBe(true);
  });

  test.each<[string, string, unknown]>([
    ["a completion without choices", "ChatCompletion", { error: { message: "overloaded" } }],
    ["choices that are no array", "ChatCompletionChunk", { choices: "Hello" }],
    ["a count that is text", "ChatCompletionChunk", { usage: { prompt_tokens: "12" } }],
    ["feedback of 2", "LogPatch", { feedback: 2 }],
    ["empty feedback", "LogPatch", {}],
    ["nested metadata", "LogPatch", { metadata: { team: { name: "search" } } }],
  ])("reject %s", (_, name, value) => {
    expect(accepts(name, value)).toBe(false);
  });

  test.each<[string, string, unknown]>([
    [
      "GatewayErrorArrayBody",
      "gateway",
      { success: false, result: [], messages: [], error: [{ code: 2009, message: "Unauthorized" }] },
    ],
    [
      "GatewayErrorNamedBody",
      "gateway, named",
      {
        success: false,
        error: [{ code: 2021, message: "" }],
        name: "AiGatewayError",
        httpCode: 402,
        internalCode: 2021,
        message: "",
      },
    ],
    ["GatewayPolicyErrorBody", "policy", { success: false, error: { message: "Access denied by policy" } }],
    [
      "SpendingLimitErrorBody",
      "spending limit",
      { success: false, error: { message: "Spending limit exceeded", bucket: "b", spent: 1000.42, limit: 1000 } },
    ],
    ["ApiErrorBody", "API", { success: false, errors: [{ code: 9106, message: "" }], messages: [], result: null }],
    ["OpenAIErrorBody", "OpenAI", { error: { message: "", type: "requests", param: null, code: null } }],
    ["AnthropicErrorBody", "Anthropic", { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }],
    ["GoogleErrorBody", "Google", [{ error: { code: 400, message: "", status: "INVALID_ARGUMENT" } }]],
    ["MistralErrorBody", "Mistral", { object: "error", message: "", type: "", param: null, code: "1000" }],
    ["MistralErrorBody", "Mistral, detail", { detail: [{ type: "missing", loc: ["body", "messages"], msg: "" }] }],
    ["CohereErrorBody", "Cohere", { message: "invalid request" }],
    ["XaiErrorBody", "xAI", { code: "denied", error: "text" }],
  ])("accept the error body %s (%s)", (name, _, value) => {
    expect(accepts(name, value)).toBe(true);
    expect(accepts("ErrorBody", value)).toBe(true);
  });

  test("give the same verdict in the interpreting validator", () => {
    for (const { where, schema, value } of bodyExamples) {
      const validator = new Validator({ $defs, ...refersTo("#/$defs/", schema) }, "2020-12");
      expect(validator.validate(value).valid, where).toBe(true);
    }
    const broken = new Validator({ $defs, $ref: "#/$defs/ChatCompletionRequest" }, "2020-12");
    expect(broken.validate({ ...request, messages: [{ role: "robot", content: "Hello" }] }).valid).toBe(false);
  });
});

describe("the spec's discriminators", () => {
  const schemas = node(node(spec.components).schemas);
  const discriminated = Object.entries(schemas).filter(([, schema]) => "discriminator" in node(schema));

  test.each(discriminated)("of %s map the constants of its branches", (_, schema) => {
    const { discriminator, oneOf } = node(schema) as { discriminator: Node; oneOf: Node[] };
    const constants = oneOf.map((branch) => {
      const property = node(node(resolve(branch).properties)[String(discriminator.propertyName)]);
      return [property.enum, branch.$ref];
    });
    expect(constants).toEqual(Object.entries(node(discriminator.mapping)).map(([value, $ref]) => [[value], $ref]));
  });
});

describe("x-providers", () => {
  const sources = node(spec["x-provider-sources"]);
  const used = [...JSON.stringify(spec).matchAll(/"x-providers":(\[[^\]]*\])/g)].flatMap(([, list]) => JSON.parse(list ?? "[]"));

  test("names only providers whose documentation is listed as a source", () => {
    expect(used.length).toBeGreaterThan(90);
    expect(used.filter((provider) => !String(sources[provider]).startsWith("https://"))).toEqual([]);
    expect(Object.keys(sources).filter((provider) => !used.includes(provider) && provider !== "cohere")).toEqual([]);
  });
});
