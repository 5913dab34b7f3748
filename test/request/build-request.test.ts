import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ChatDefaults } from "../../src/options/chat-options.ts";
import { buildRequest, type Omissions, type TurnRequest } from "../../src/request/build-request.ts";
import { type ModelId, modelId } from "../../src/request/model-id.ts";
import type { FunctionTool, Message } from "../../src/wire.ts";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

const target = (provider: string, model: string): ModelId => {
  const id = modelId(provider, model, "compat");
  if ("message" in id) throw new Error(id.message);
  return id;
};
const weather: FunctionTool = { type: "function", function: { name: "weather", parameters: { type: "object" } } };
const hello: Message[] = [{ role: "user", content: "Hello" }];

function build(request: Partial<TurnRequest>, omit: Omissions = {}) {
  return buildRequest(
    {
      target: target("openai", "gpt-4o-mini"),
      messages: hello,
      options: {},
      tools: [],
      toolChoice: undefined,
      responseFormat: undefined,
      instruction: undefined,
      stream: false,
      ...request,
    },
    omit,
  );
}

describe("the request body", () => {
  test("contains model and messages, and no key for unset options", () => {
    const unset = { temperature: undefined, stop: undefined, maxTokens: undefined, extraBody: undefined };
    expect(build({}).body).toEqual({ model: "openai/gpt-4o-mini", messages: hello });
    expect(Object.keys(build({ options: unset, toolChoice: "required" }).body)).toEqual(["model", "messages"]);
  });

  test.each<[keyof ChatDefaults, unknown, string]>([
    ["temperature", 0, "temperature"],
    ["topP", 0.9, "top_p"],
    ["stop", ["END"], "stop"],
    ["seed", 0, "seed"],
    ["frequencyPenalty", -1, "frequency_penalty"],
    ["presencePenalty", 1, "presence_penalty"],
    ["reasoningEffort", "low", "reasoning_effort"],
    ["maxTokens", 100, "max_tokens"],
  ])("sends %s: %j as %s", (option, value, field) => {
    const { body, warnings } = build({ options: { [option]: value } });
    expect(body).toEqual({ model: "openai/gpt-4o-mini", messages: hello, [field]: value });
    expect(warnings).toEqual([]);
  });

  test("contains parallel_tool_calls only together with tools", () => {
    expect(build({ options: { parallelToolCalls: false } }).body).not.toHaveProperty("parallel_tool_calls");
    expect(build({ options: { parallelToolCalls: false }, tools: [weather] }).body).toMatchObject({ parallel_tool_calls: false });
  });

  test.each([
    ["none", "none"],
    ["required", "required"],
    [{ tool: "weather" }, { type: "function", function: { name: "weather" } }],
  ] as const)("sends the tool choice %j as %j", (toolChoice, sent) => {
    expect(build({ tools: [weather], toolChoice }).body).toMatchObject({ tools: [weather], tool_choice: sent });
    expect(build({ tools: [weather], toolChoice }, { toolChoice: true }).body).not.toHaveProperty("tool_choice");
  });

  test.each(["auto", undefined] as const)("omits the tool choice %s, which is the provider's default", (toolChoice) => {
    expect(Object.keys(build({ tools: [weather], toolChoice }).body)).toEqual(["model", "messages", "tools"]);
  });

  test("requests a stream with usage, unless the provider rejects stream_options", () => {
    expect(build({ stream: true }).body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(build({ stream: true }, { streamOptions: true }).body).toEqual({
      model: "openai/gpt-4o-mini",
      messages: hello,
      stream: true,
    });
    expect(build({ stream: false }).body).not.toHaveProperty("stream");
  });

  test("contains the response format", () => {
    expect(build({ responseFormat: { type: "json_object" } }).body).toMatchObject({ response_format: { type: "json_object" } });
  });

  test("is overridden by extraBody, except by undefined values", () => {
    const { body } = build({ options: { temperature: 1, extraBody: { temperature: 0.2, top_k: 40, user: undefined } } });
    expect(body).toEqual({ model: "openai/gpt-4o-mini", messages: hello, temperature: 0.2, top_k: 40 });
  });
});

describe("the request messages", () => {
  test("have an instruction appended to the system message", () => {
    const system: Message = { role: "system", content: "Be brief." };
    expect(build({ messages: [system, ...hello], instruction: "Answer in JSON." }).body.messages).toEqual([
      { role: "system", content: "Be brief.\n\nAnswer in JSON." },
      ...hello,
    ]);
    expect(build({ instruction: "Answer in JSON." }).body.messages).toEqual([
      { role: "system", content: "Answer in JSON." },
      ...hello,
    ]);
  });

  test("have an instruction inserted before a system message of parts", () => {
    const system: Message = { role: "system", content: [{ type: "text", text: "Be brief." }] };
    expect(build({ messages: [system, ...hello], instruction: "Answer in JSON." }).body.messages).toEqual([
      { role: "system", content: "Answer in JSON." },
      system,
      ...hello,
    ]);
  });

  const parts: Message[] = [
    {
      role: "system",
      content: [
        { type: "text", text: "Be brief." },
        { type: "text", text: "Be kind." },
      ],
    },
    { role: "assistant", content: null, tool_calls: [{ id: "1", type: "function", function: { name: "a", arguments: "{}" } }] },
    { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "sunny" }] },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url: "data:," } },
      ],
    },
  ];

  test("contain only strings for Workers AI, with system parts joined by a blank line", () => {
    const { messages } = build({ target: target("workers-ai", "@cf/meta/llama"), messages: [...parts, ...hello] }).body;
    expect(messages).toEqual([
      { ...parts[0], content: "Be brief.\n\nBe kind." },
      { ...parts[1], content: "" },
      { ...parts[2], content: "sunny" },
      parts[3],
      ...hello,
    ]);
  });

  test("are sent unchanged to other providers", () => {
    expect(build({ messages: parts }).body.messages).toEqual(parts);
  });
});

describe("the request headers", () => {
  const agent = { "user-agent": `cf-ai-gateway/${manifest.version}` };

  test("are the user agent, those of the gateway options and the user's own, in lower case", () => {
    const headers = { "X-Team": "search", "x-off": undefined };
    expect(build({ options: { gateway: { cacheTtl: 60 }, headers } }).headers).toEqual({
      ...agent,
      "cf-aig-no-wholesale": "true",
      "cf-aig-cache-ttl": "60",
      "x-team": "search",
    });
  });

  test("forbid Unified Billing unless it is allowed", () => {
    expect(build({}).headers).toEqual({ ...agent, "cf-aig-no-wholesale": "true" });
    expect(build({ options: { gateway: { allowUnifiedBilling: true } } }).headers).toEqual(agent);
  });

  test("have the caller's user agent instead, or none", () => {
    expect(build({ options: { headers: { "User-Agent": "my-app/2" } } }).headers).toMatchObject({ "user-agent": "my-app/2" });
    expect(build({ options: { headers: { "User-Agent": undefined } } }).headers).not.toHaveProperty("user-agent");
  });
});
