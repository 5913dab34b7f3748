import { describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { ask, prompt, restPath } from "./ask.ts";

const local = useLocalGateway();

const user = { role: "user", content: "The weather?" };
const call = (id: string, more: object = {}) => ({
  id,
  type: "function",
  function: { name: "weather", arguments: "{}" },
  ...more,
});
const called = (...ids: string[]) => ({ role: "assistant", content: null, tool_calls: ids.map((id) => call(id)) });
const answered = (id: string, content: unknown = "22 °C") => ({ role: "tool", tool_call_id: id, content });
const weather = (parameters: object) => ({ type: "function", function: { name: "weather", parameters } });
const send = (model: string, more: object) => ask(local, prompt("x", { model, ...more }));
const complaint = async (model: string, more: object) => {
  const { status, text } = await send(model, more);
  return status === 200 ? "accepted" : text;
};

describe("the local gateway rejects, with the provider's message,", () => {
  const unanswered = { messages: [user, called("aaaaaaaa1", "aaaaaaaa2"), answered("aaaaaaaa1"), user] };
  const orphan = { messages: [user, answered("aaaaaaaa9"), user] };
  it.each([
    [
      "openai/gpt-4o",
      "did not have response messages: aaaaaaaa2",
      "must be a response to a preceeding message with 'tool_calls'",
    ],
    [
      "anthropic/claude-sonnet-4-5",
      "ids were found without `tool_result` blocks immediately after: aaaaaaaa2",
      "unexpected `tool_use_id` found in `tool_result` blocks: aaaaaaaa9",
    ],
    [
      "google-ai-studio/gemini-2.0-flash",
      "number of function response parts is equal",
      "function response turn comes immediately after a function call turn",
    ],
    ["mistral/mistral-large", "Not the same number of function calls and responses", "Unexpected role 'tool' after role 'user'"],
    ["groq/llama-3.3-70b", "did not have response messages: aaaaaaaa2", "must be a response to a preceeding message"],
  ])("unanswered calls and orphan tool messages: %s", async (model, unansweredWords, orphanWords) => {
    expect(await complaint(model, unanswered)).toContain(unansweredWords);
    expect(await complaint(model, { messages: unanswered.messages.slice(0, -1) })).toContain(unansweredWords);
    expect(await complaint(model, orphan)).toContain(orphanWords);
    expect(await complaint(model, { messages: [user, called("aaaaaaaa1"), answered("aaaaaaaa1")] })).toBe("accepted");
  });

  it.each([
    [{ type: "string" }, "string"],
    [{ type: "array", items: {} }, "array"],
    [{ anyOf: [{ type: "object" }] }, "None"],
    [{ type: ["object", "null"] }, "object"],
  ])("a tool schema whose root is not an object: %j", async (parameters, type) => {
    const text = await complaint("openai/gpt-4o", { tools: [weather(parameters)] });
    expect(text).toContain("Invalid schema for function 'weather'");
    expect(text).toContain(type);
    expect(await complaint("anthropic/claude-sonnet-4-5", { tools: [weather(parameters)] })).toContain("input_schema.type");
  });

  it.each([
    [
      "openai/gpt-4o",
      "files.read",
      "string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'",
    ],
    ["openai/gpt-4o", "x".repeat(65), "Expected a string with maximum length 64, but got a string with length 65"],
    ["anthropic/claude-sonnet-4-5", "files.read", "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"],
    ["google-ai-studio/gemini-2.0-flash", "2read", "Invalid function name. Must start with a letter or an underscore."],
    ["mistral/mistral-large", "files.read", "Function name was files.read but must be a-z, A-Z, 0-9"],
  ])("an invalid tool name: %s %s", async (model, name, words) => {
    const tools = [{ type: "function", function: { name, parameters: { type: "object" } } }];
    expect(await complaint(model, { tools })).toContain(words);
  });

  it("requests with the provider's own error code", async () => {
    expect(JSON.parse(await complaint("mistral/mistral-large", orphan))).toMatchObject({
      type: "invalid_request_message_order",
      code: "3230",
    });
  });

  it("tool call IDs that are not in Mistral's format", async () => {
    const messages = [user, called("call_abc"), answered("call_abc")];
    expect(await complaint("mistral/mistral-large", { messages })).toContain("must be a-z, A-Z, 0-9, with a length of 9.");
    expect(await complaint("openai/gpt-4o", { messages })).toBe("accepted");
  });

  it("reasoning fields that a provider does not accept back", async () => {
    const messages = [user, { role: "assistant", content: "Warm.", reasoning_content: "Hm." }, user];
    expect(await complaint("groq/llama-3.3-70b", { messages })).toContain("property 'reasoning_content' is unsupported");
    expect(await complaint("deepseek/deepseek-chat", { messages })).toBe("accepted");
    expect(await complaint("custom-mine/model", { messages })).toBe("accepted");
  });

  it("calls without Gemini 3's signature", async () => {
    const messages = (more: object) => [user, { role: "assistant", content: null, tool_calls: [call("a", more)] }, answered("a")];
    const model = "google-ai-studio/gemini-3-pro-preview";
    expect(await complaint(model, { messages: messages({}) })).toContain("missing a thought_signature");
    const signed = messages({ extra_content: { google: { thought_signature: "skip_thought_signature_validator" } } });
    expect(await complaint(model, { messages: signed })).toBe("accepted");
    expect(await complaint("google-ai-studio/gemini-2.0-flash", { messages: messages({}) })).toBe("accepted");
  });

  it("empty assistant messages", async () => {
    const messages = [user, { role: "assistant", content: "" }, user];
    expect(await complaint("anthropic/claude-sonnet-4-5", { messages })).toContain("must have non-empty content");
    expect(await complaint("mistral/mistral-large", { messages })).toContain("must have either content or tool_calls");
    expect(await complaint("openai/gpt-4o", { messages })).toBe("accepted");
  });

  it("images in tool messages", async () => {
    const image = [{ type: "image_url", image_url: { url: "https://example.com/x.png" } }];
    const messages = [user, called("a"), answered("a", image)];
    expect(await complaint("openai/gpt-4o", { messages })).toContain("Image URLs are only allowed for messages with role 'user'");
    expect(await complaint("anthropic/claude-sonnet-4-5", { messages })).toBe("accepted");
  });

  it.each([
    ["openai/gpt-5", { max_tokens: 5 }, "Use 'max_completion_tokens' instead."],
    ["openrouter/openai/o3", { temperature: 0.5 }, "'temperature' is not supported with this model"],
    ["openai/gpt-5.6", { tools: [weather({ type: "object" })] }, "Function tools with reasoning_effort are not supported"],
    ["anthropic/claude-opus-4-7", { top_p: 0.5 }, "top_p"],
    ["anthropic/claude-sonnet-4-5", { temperature: 0.5, top_p: 0.5 }, "cannot both be specified"],
    ["grok/grok-4", { stop: "x" }, "stop"],
    ["mistral/mistral-large", { seed: 7 }, "Extra inputs are not permitted"],
    [
      "groq/llama",
      { tools: [weather({ type: "object" })], response_format: { type: "json_object" } },
      "cannot be combined with tool",
    ],
    [
      "deepseek/deepseek-chat",
      { response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } } },
      "This response_format type is unavailable now",
    ],
  ])("options that the model rules list: %s %j", async (model, more, words) => {
    expect(await complaint(model, more)).toContain(words);
  });

  it("no option for a model that the gateway chooses", async () => {
    expect(
      await complaint("dynamic/route", { messages: [user, { role: "assistant", content: "", reasoning: "Hm." }, user] }),
    ).toBe("accepted");
  });
});

describe("the local gateway accepts what providers accept", () => {
  it.each([
    [
      "content parts that are not listed anywhere",
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "x" },
              { type: "document_url", document_url: "https://example.com/a.pdf" },
            ],
          },
        ],
      },
    ],
    [
      'detail: "original"',
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "https://example.com/x.png", detail: "original" } }] },
        ],
      },
    ],
    [
      "tools that the provider runs itself",
      { tools: [{ type: "web_search" }, { type: "web_search_20250305", name: "web_search", max_uses: 2 }] },
    ],
    ["tools of the provider's that have no type", { tools: [{ google_search: {} }, { code_execution: {} }] }],
    [
      "long names of tools, where the provider takes them",
      { tools: [weather({}), { ...weather({}), function: { name: "x".repeat(128) } }] },
    ],
    ["fields that are not listed anywhere", { safety_level: "high", reasoning: { effort: "low" } }],
    [
      "cache_control on parts",
      { messages: [{ role: "system", content: [{ type: "text", text: "x", cache_control: { type: "ephemeral" } }] }, user] },
    ],
    ["tools without parameters", { tools: [{ type: "function", function: { name: "now" } }, weather({})] }],
  ])("%s", async (_, more) => {
    expect(await complaint("anthropic/claude-sonnet-4-5", more)).toBe("accepted");
  });

  it("dynamic routes and model aliases on both endpoints", async () => {
    for (const model of ["dynamic/route", "custom/fast"]) {
      expect((await ask(local, prompt("x", { model }))).status).toBe(200);
      expect((await ask(local, prompt("x", { model }), { path: restPath })).status).toBe(200);
    }
  });
});
