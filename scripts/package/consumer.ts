// A program that uses the package as its users do, type-checked against the packed files with every compiler and module resolution.
import {
  type ChatResult,
  ConfigurationError,
  createGateway,
  createGatewayFetchClient,
  type Gateway,
  GatewayError,
  type GatewayOptions,
  type InferOutput,
  type Message,
  RateLimitError,
  type StreamEvent,
  tool,
} from "cf-ai-gateway";

import { type BatchAnswer, runBatch } from "cf-ai-gateway/batch";
import { mcpTools } from "cf-ai-gateway/mcp";
import { handleTasks, type QueueBatch, queueDispatcher } from "cf-ai-gateway/queues";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { readEventStream } from "cf-ai-gateway/ui";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const assert = <_ extends true>(): void => {};

export const gateway: Gateway = createGateway({
  accountId: "account",
  gatewayId: "gateway",
  gatewayToken: async () => "token",
  provider: "openrouter",
  model: "openai/gpt-4o-mini",
  temperature: 0.7,
});

const weather = tool({
  description: "The weather of a city.",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"], additionalProperties: false },
  execute: ({ city }, { signal }) => {
    assert<Equal<typeof city, string>>();
    return signal.aborted ? "" : `Sunny in ${city}.`;
  },
});

const capital = {
  type: "object",
  properties: { name: { type: "string" }, inhabitants: { type: "integer" } },
  required: ["name", "inhabitants"],
  additionalProperties: false,
} as const;
assert<Equal<InferOutput<typeof capital>["name"], string>>();

export async function main(): Promise<string> {
  const options: GatewayOptions = { cacheTtl: 3600, metadata: { user: "u-1", test: true } };
  const messages: Message[] = [{ role: "user", content: [{ type: "text", text: "Capital of France?" }] }];
  const plain: ChatResult = await gateway.chat({ messages, tools: { weather }, gateway: options });
  assert<Equal<typeof plain.output, undefined>>();
  const { output } = await gateway.chat({ prompt: "Capital of France?", output: capital });
  assert<Equal<typeof output.inhabitants, number>>();

  const stream = gateway.with({ provider: "anthropic", model: "claude-sonnet-4-5" }).stream({ prompt: "Hello" });
  for await (const event of stream) {
    const typed: StreamEvent = event;
    if (typed.type === "text-delta") console.log(typed.text);
  }
  const tokens: number | undefined = (await stream.result).usage.totalTokens;
  await gateway.settled({ timeout: 1000 });
  await gateway[Symbol.asyncDispose]();

  const client = createGatewayFetchClient({ token: "token" });
  const { data } = await client.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", {
    params: { path: { account_id: "account", gateway_id: "gateway" }, header: { "cf-aig-cache-ttl": 3600 } },
    body: { model: "openai/gpt-4o-mini", messages },
  });
  return `${tokens} ${JSON.stringify(data)}`;
}

export function explain(error: unknown): string {
  if (error instanceof RateLimitError) return `${error.retryAfterMs ?? 0}`;
  if (error instanceof ConfigurationError) return error.issues.map(({ option, message }) => `${option} ${message}`).join();
  return GatewayError.is(error) ? error.hint : "";
}

// @ts-expect-error prompt is a string
void gateway.chat({ prompt: 1 });
// @ts-expect-error maxTurns is a number
createGateway({ maxTurns: "three" });

export async function others(batch: QueueBatch, response: Response): Promise<BatchAnswer[]> {
  const local: LocalGateway = await startLocalGateway({ script: [{ text: "Paris." }] });
  await handleTasks(batch, { weather });
  queueDispatcher({ send: async () => undefined });
  for await (const event of readEventStream(response)) if (event.type === "finish") console.log(event.result.text, local.url);
  const tools = await mcpTools({});
  const answers: BatchAnswer[] = [];
  for await (const answer of runBatch(gateway, [{ id: "1", chat: { prompt: "Hello", tools } }])) answers.push(answer);
  return answers;
}
