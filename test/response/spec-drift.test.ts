import { readdirSync, readFileSync } from "node:fs";
import { createGateway } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { findDrift } from "../../src/response/spec-drift.ts";
import { loadCompletionShape } from "../../src/wire.ts";

const shape = await loadCompletionShape();
const message = { role: "assistant", content: "Paris" };
const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
const completion = { id: "1", object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }], usage };

const drift = (value: unknown) => findDrift(value, shape, false).map(({ path, kind }) => `${kind} ${path}`);

describe("a completion", () => {
  test.each<[string, unknown, string[]]>([
    ["that fits", completion, []],
    [
      "with fields of one provider beside known ones",
      { ...completion, x_new: 1, choices: [{ ...completion.choices[0], y: 2 }] },
      [],
    ],
    ["without usage and without unknown fields", { ...completion, usage: undefined }, []],
    ["whose usage is null beside unknown fields", { ...completion, usage: null, x_new: 1 }, []],
    [
      "with tool calls and unknown fields, but no content",
      {
        ...completion,
        choices: [{ message: { tool_calls: [{ id: "1", function: { name: "f", arguments: "{}" } }], x: 1 } }],
      },
      [],
    ],
    ["whose choices are renamed", { ...completion, choices: undefined, options: completion.choices }, ["missing /choices"]],
    ["whose message is renamed", { ...completion, choices: [{ index: 0, reply: message }] }, ["missing /choices/0/message"]],
    [
      "whose content is renamed",
      { ...completion, choices: [{ message: { role: "assistant", text: "Paris" } }] },
      ["renamed /choices/0/message/content"],
    ],
    ["whose usage is renamed", { ...completion, usage: undefined, token_usage: usage }, ["renamed /usage"]],
    [
      "whose token counts are renamed",
      { ...completion, usage: { tokens_in: 3, tokens_out: 1 } },
      ["renamed /usage/prompt_tokens"],
    ],
    ["whose choices are an object", { ...completion, choices: completion.choices[0] }, ["type /choices"]],
    ["whose counts are strings", { ...completion, usage: { ...usage, prompt_tokens: "3" } }, ["type /usage/prompt_tokens"]],
    ["that is a list", [completion], ["type "]],
  ])("%s", (_, value, expected) => {
    expect(drift(value)).toEqual(expected);
  });

  test("is described by names and types, never by its content", () => {
    const secret = "a secret sentence";
    const findings = findDrift(
      { choices: [{ message: { text: secret, [secret]: 1 } }], usage: { prompt_tokens: secret } },
      shape,
      false,
    );
    expect(findings.length).toBeGreaterThan(1);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  const folder = new URL("../fixtures/", import.meta.url);
  const responses = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".response.json"));

  test("that a provider sent fits", () => {
    const bodies = responses.map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8"))] as const);
    const completions = bodies.filter(([, body]) => Array.isArray(body?.choices) && body.error === undefined);
    expect(completions.length).toBeGreaterThan(10);
    expect(completions.filter(([, body]) => drift(body).length > 0).map(([name, body]) => [name, drift(body)])).toEqual([]);
  });
});

describe("validateResponses", () => {
  const gateway = (validateResponses: "warn" | "throw", chunks: readonly object[] | object) => {
    const isStream = Array.isArray(chunks);
    const body = isStream
      ? `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`
      : JSON.stringify(chunks);
    return createGateway({
      accountId: "account",
      gatewayId: "default",
      gatewayToken: "token",
      model: "openai/gpt-4o-mini",
      validateResponses,
      fetch: async () => new Response(body, { headers: { "content-type": isStream ? "text/event-stream" : "application/json" } }),
    });
  };
  const chunk = (choice: object, more: object = {}) => ({
    id: "1",
    choices: [{ index: 0, finish_reason: null, ...choice }],
    ...more,
  });
  const stop = { id: "1", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };

  test.each<[string, object[], string]>([
    ["delta", [chunk({ diff: { content: "Paris" } }), chunk({ diff: {}, finish_reason: "stop" })], "/choices/0/delta is missing"],
    ["content", [chunk({ delta: { text: "Paris" } }), stop], "/choices/0/message/content is missing"],
    ["usage", [chunk({ delta: { content: "Paris" } }), stop, { choices: [], token_usage: usage }], "/usage is missing"],
  ])("warns of a renamed %s in a stream", async (_, chunks, words) => {
    const { warnings } = await gateway("warn", chunks).stream({ prompt: "Hello" }).result;
    expect(warnings).toContainEqual({ code: "response-drift", message: expect.stringContaining(words) });
  });

  test("needs no warning of renamed choices in a stream, which is an error that shows the chunk", async () => {
    const chunks = [{ id: "1", options: [{ delta: { content: "Paris" } }] }];
    await expect(gateway("warn", chunks).stream({ prompt: "Hello", maxRetries: 0 }).result).rejects.toMatchObject({
      code: "stream",
      reason: "empty",
      message: expect.stringContaining('"options":'),
    });
  });

  test("throws for a renamed content of a chat, with its path", async () => {
    const answer = { ...completion, choices: [{ message: { role: "assistant", text: "Paris" }, finish_reason: "stop" }] };
    await expect(gateway("throw", answer).chat({ prompt: "Hello" })).rejects.toMatchObject({
      code: "provider",
      message: expect.stringContaining("/choices/0/message/content is missing, beside the unknown fields text"),
    });
  });

  test("says nothing of a stream that fits", async () => {
    const { warnings } = await gateway("throw", [chunk({ delta: { content: "Paris" } }), stop, { choices: [], usage }]).stream({
      prompt: "Hello",
    }).result;
    expect(warnings).toEqual([]);
  });
});
