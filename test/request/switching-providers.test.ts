import { type ChatResult, createGateway, type Gateway, type Message, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { type Fixture, readFixture, type SentRequest, strictProviders } from "./strict-providers.ts";

/** A model of each provider, and the provider whose recorded responses it returns. */
const models: Record<string, { model: string; fixtures?: string }> = {
  openai: { model: "gpt-4o-mini" },
  anthropic: { model: "claude-sonnet-4-5" },
  "google-ai-studio": { model: "gemini-3-pro-preview" },
  "google-vertex-ai": { model: "google/gemini-2.5-pro", fixtures: "google-ai-studio" },
  openrouter: { model: "anthropic/claude-sonnet-4.5" },
  groq: { model: "openai/gpt-oss-20b" },
  mistral: { model: "mistral-small-latest" },
  cohere: { model: "command-a-03-2025" },
  xai: { model: "grok-3-mini" },
  deepseek: { model: "deepseek-reasoner" },
  perplexity: { model: "sonar-reasoning-pro" },
  "workers-ai": { model: "@cf/zai-org/glm-4.7-flash" },
  cerebras: { model: "llama-3.3-70b", fixtures: "groq" },
  baseten: { model: "deepseek-ai/DeepSeek-V3.1", fixtures: "deepseek" },
  "custom-house": { model: "deepseek-v4", fixtures: "deepseek" },
};
const names = Object.keys(models);

/** What a provider must get back in later requests, as often as it sent it: its reasoning and its signatures. */
const wantsBack: Record<string, { fixture: Fixture; mark: string }[]> = {
  deepseek: [{ fixture: "reasoning", mark: '"reasoning_content":"st-r-awbe-r-r-y."' }],
  openrouter: [{ fixture: "reasoning", mark: '"signature":"EqoBAuthoredSignature=="' }],
  "google-ai-studio": [{ fixture: "tool-call", mark: '"thought_signature":"CiQBAuthored' }],
  "custom-house": [{ fixture: "reasoning", mark: '"reasoning_content":"st-r-awbe-r-r-y."' }],
};

interface Step {
  provider: string;
  fixture: Fixture;
}

/** Mulberry32, so that a failing conversation can be reproduced by its seed. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } } },
  execute: ({ city }: { city?: string }) => (city === "Paris" ? [{ type: "text", text: "sunny" }, image] : "rain"),
});

/** Runs several chats, each a tool loop whose turns go to different providers, saved as JSON in between. */
async function converse(steps: readonly Step[], stream: boolean) {
  const said: Record<string, number> = {};
  const lost: string[] = [];
  const { fetch, requests, refused } = strictProviders((request, count) => {
    const { provider, fixture } = steps[count] ?? { provider: "openai", fixture: "chat" };
    lost.push(...missingIn(request, said));
    for (const { mark, fixture: at } of wantsBack[provider] ?? []) {
      // The mark must be sent back as many times as the fixture was returned.
      if (at === fixture) said[mark + provider] = (said[mark + provider] ?? 0) + 1;
    }
    return readFixture(models[provider]?.fixtures ?? provider, fixture, stream);
  });
  let at = 0;
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token",
    fetch,
    maxRetries: 0,
    maxTurns: steps.length + 1,
    prepareTurn: () => ({ provider: providerAt(at), model: modelAt(at++) }),
  });
  const providerAt = (index: number) => steps[index]?.provider ?? "openai";
  const modelAt = (index: number) => models[providerAt(index)]?.model ?? "";
  let messages: Message[] = [{ role: "system", content: [{ type: "text", text: "Be brief." }] }];
  while (at < steps.length) {
    const options = {
      messages: [...messages, { role: "user", content: "Go on." } as const],
      tools: { weather },
      provider: "openai",
      model: "x",
    };
    const result: ChatResult = await (stream ? gateway.stream(options).result : gateway.chat(options));
    expect(JSON.parse(JSON.stringify(result.messages))).toEqual(result.messages);
    messages = JSON.parse(JSON.stringify(result.messages));
  }
  return { requests, refused, lost };
}

function missingIn({ provider, messages }: SentRequest, said: Readonly<Record<string, number>>): string[] {
  const text = JSON.stringify(messages);
  return (wantsBack[provider] ?? [])
    .filter(({ mark }) => text.split(mark).length - 1 < (said[mark + provider] ?? 0))
    .map(({ mark }) => `${provider} misses ${mark}`);
}

const fixtures: Fixture[] = ["tool-call", "tool-call", "reasoning", "chat"];

describe.each([false, true])("a conversation that moves from provider to provider (stream: %s)", (stream) => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    "is accepted by each of them, and loses nothing (seed %i)",
    async (seed) => {
      const random = randomFrom(seed * 7919);
      const pick = <T>(list: readonly T[]) => list[random(list.length)] as T;
      const steps = Array.from({ length: 4 + random(8) }, () => ({ provider: pick(names), fixture: pick(fixtures) }));
      const { requests, refused, lost } = await converse(steps, stream);
      expect(refused).toEqual([]);
      expect(lost).toEqual([]);
      expect(requests.length).toBeGreaterThanOrEqual(steps.length);
    },
  );

  it.each(names)("can switch from %s to every other one in the middle of its tool loop, and back", async (first) => {
    const steps = names.flatMap((second): Step[] => [
      { provider: first, fixture: "tool-call" },
      { provider: second, fixture: "tool-call" },
      { provider: first, fixture: "reasoning" },
      { provider: second, fixture: "chat" },
    ]);
    const { refused, lost } = await converse(steps, stream);
    expect(refused).toEqual([]);
    expect(lost).toEqual([]);
  });
});

describe("the simulated providers", () => {
  const getRejection = async (gateway: Gateway, messages: Message[]) =>
    gateway.chat({ messages, extraBody: {} }).then(
      () => "accepted",
      (error: Error) => error.message,
    );

  it("reject messages written for another provider", async () => {
    const { refusals } = await import("./strict-providers.ts");
    const { providers } = await import("../../src/request/providers.ts");
    const foreign: Message[] = [
      { role: "assistant", content: "", reasoning_content: "Hm." },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call_1", content: "x" },
    ];
    expect(refusals(foreign, providers.groq ?? {}, "m").join()).toMatch(/'reasoning_content' is unsupported.*must have either/);
    expect(refusals(foreign, providers.mistral ?? {}, "m").join()).toContain("Tool call id was call_1");
    expect(refusals(foreign, providers["google-ai-studio"] ?? {}, "gemini-3-pro").join()).toContain(
      "missing a thought_signature",
    );
    expect(refusals(foreign, providers["workers-ai"] ?? {}, "m").join()).toContain("content must be string");
    const { fetch } = strictProviders(() => readFixture("openai", "chat", false));
    const gateway = createGateway({
      accountId: "a",
      gatewayId: "g",
      gatewayToken: "test-token",
      fetch,
      provider: "openai",
      model: "m",
    });
    expect(await getRejection(gateway, [{ role: "user", content: "Hi", unheard_of: 1 } as Message])).toContain(
      "'unheard_of' is unsupported",
    );
  });
});
