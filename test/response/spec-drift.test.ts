import { readdirSync, readFileSync } from "node:fs";
import { inspect } from "node:util";
import { createGateway, type GatewayError, ProviderError, tool } from "cf-ai-gateway";
import { describe, expect, test } from "vitest";
import { DriftObserver } from "../../src/response/spec-drift.ts";
import { createFrameReader } from "../../src/response/sse.ts";
import { loadAnswerShapes } from "../../src/wire.ts";
import { fitting, renamedAnswers, secret } from "./renamed-answers.ts";

const shapes = await loadAnswerShapes();
const message = { role: "assistant", content: "Paris" };
const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
const completion = { id: "1", object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }], usage };

function findDrift(payloads: readonly unknown[], kind: "completion" | "chunk") {
  const observer = new DriftObserver(shapes);
  for (const payload of payloads) observer.observe(payload, kind);
  return observer.findings(true);
}
const drift = (value: unknown) => findDrift([value], "completion").map(({ path, kind }) => `${kind} ${path}`);

describe("the differences from the spec", () => {
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
    ["whose choices are renamed", { ...completion, choices: undefined, options: completion.choices }, ["renamed /choices"]],
    ["whose message is renamed", { ...completion, choices: [{ index: 0, reply: message }] }, ["renamed /choices/0/message"]],
    [
      "whose content is renamed",
      { ...completion, choices: [{ message: { role: "assistant", text: "Paris" } }] },
      ["renamed /choices/0/message/content"],
    ],
    ["whose usage is renamed", { ...completion, usage: undefined, token_usage: usage }, ["renamed /usage"]],
    [
      "whose token counts are renamed",
      { ...completion, usage: { tokens_in: 3, tokens_out: 1 } },
      ["renamed /usage/prompt_tokens", "renamed /usage/completion_tokens"],
    ],
    ["that is empty", {}, ["missing /choices"]],
    ["with more absent fields than unknown ones", { choices: [{ reply: message }] }, ["renamed /choices/0/message"]],
    ["whose choices are an object", { ...completion, choices: completion.choices[0] }, ["type /choices"]],
    ["whose counts are strings", { ...completion, usage: { ...usage, prompt_tokens: "3" } }, ["type /usage/prompt_tokens"]],
    ["that is a list", [completion], ["type "]],
  ])("of a completion %s are reported with kind and path", (_, value, expected) => {
    expect(drift(value)).toEqual(expected);
  });

  test("are described by names and types, never by content", () => {
    const findings = findDrift(
      [{ choices: [{ message: { text: secret, [secret]: 1 } }], usage: { prompt_tokens: secret } }],
      "completion",
    );
    expect(findings.length).toBeGreaterThan(1);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  const folder = new URL("../fixtures/", import.meta.url);
  const read = (ending: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(ending))
      .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);

  test("do not exist in a provider's recorded completion", () => {
    const bodies = read(".response.json").map(([name, text]) => [name, JSON.parse(text)] as const);
    const completions = bodies.filter(([, body]) => Array.isArray(body?.choices) && body.error === undefined);
    expect(completions.length).toBeGreaterThan(10);
    expect(completions.filter(([, body]) => drift(body).length > 0).map(([name, body]) => [name, drift(body)])).toEqual([]);
  });

  test("do not exist in a provider's recorded stream", () => {
    const streams = read(".sse").map(([name, text]) => {
      const chunks: unknown[] = [];
      createFrameReader((frame) => frame.kind === "chunk" && chunks.push(frame.value)).push(text);
      return [name, findDrift(chunks, "chunk")] as const;
    });
    expect(streams.length).toBeGreaterThan(10);
    expect(streams.filter(([, findings]) => findings.length > 0)).toEqual([]);
  });
});

describe("validateResponses", () => {
  const gateway = (validateResponses: "off" | "warn" | "throw", body: unknown, streaming: boolean) => {
    const frames = Array.isArray(body) ? body.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`) : [];
    const text = streaming ? `${frames.join("")}data: [DONE]\n\n` : JSON.stringify(body);
    return createGateway({
      accountId: "account",
      gatewayId: "default",
      gatewayToken: "token",
      model: "openai/gpt-4o-mini",
      maxRetries: 0,
      validateResponses,
      fetch: async () =>
        new Response(text, { headers: { "content-type": streaming ? "text/event-stream" : "application/json" } }),
    });
  };
  const run = (mode: "off" | "warn" | "throw", body: unknown, streaming: boolean) => {
    const client = gateway(mode, body, streaming);
    const options = { prompt: "Hello", tools: { look: tool({ parameters: { type: "object" } }) } };
    const result = streaming ? client.stream(options).result : client.chat(options);
    return result.then(
      ({ warnings }) => ({ warnings, error: undefined }),
      (error: GatewayError) => ({ warnings: [], error }),
    );
  };

  test.each(renamedAnswers)(
    "reports the path and the kind of difference, but no content, of $title",
    async ({ streaming, body, path, words }) => {
      const expected = expect.stringContaining(` the spec: ${path} ${words}`);
      const warned = await run("warn", body, streaming);
      if (warned.error) expect(warned.error.message).toEqual(expected);
      else expect(warned.warnings).toContainEqual({ code: "response-drift", message: expected });

      const thrown = await run("throw", body, streaming);
      expect(thrown.error).toBeInstanceOf(ProviderError);
      expect(thrown.error?.message).toEqual(expected);

      const shown = inspect([
        warned.warnings,
        warned.error?.message,
        warned.error?.body,
        thrown.error?.message,
        thrown.error?.body,
      ]);
      expect(shown).not.toContain(secret);
    },
  );

  test.each(renamedAnswers)("with warn, succeeds or fails as without validation: $title", async ({ streaming, body }) => {
    const [off, warned] = await Promise.all([run("off", body, streaming), run("warn", body, streaming)]);
    expect([warned.error?.code, warned.error?.retryable]).toEqual([off.error?.code, off.error?.retryable]);
  });

  test.each(fitting)("reports nothing for %s", async (_, body) => {
    expect(await run("throw", body, Array.isArray(body))).toEqual({ warnings: [], error: undefined });
  });

  test("does not validate an error in a response with status 200", async () => {
    const { error } = await run("throw", { error: { message: "Overloaded", type: "overloaded_error" } }, false);
    expect(error?.message).toContain("Overloaded");
    expect(error?.message).not.toContain("the spec");
  });

  test("does not report usage as renamed when the stream was truncated", async () => {
    const body = `data: ${JSON.stringify({ x_new: 1, choices: [{ index: 0, delta: { content: "Par" } }] })}\n\n`;
    const client = createGateway({
      accountId: "account",
      gatewayId: "default",
      gatewayToken: "token",
      model: "openai/gpt-4o-mini",
      validateResponses: "throw",
      fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    });
    await expect(client.stream({ prompt: "Hello" }).result).rejects.toMatchObject({ code: "stream", reason: "truncated" });
  });
});
