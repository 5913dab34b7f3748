import { createGateway, type Gateway, type GatewayConfig } from "cf-ai-gateway";

type Message = Record<string, unknown>;

/** A completion as a JSON body. */
export const completion = (message: Message, finishReason = "stop"): Response =>
  Response.json({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "gpt-4o-mini",
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finishReason }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });

export const toolCall = (id: string, name: string, args = "{}") => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

export const delta = (fields: Message, finishReason: string | null = null): object => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "gpt-4o-mini",
  choices: [{ index: 0, delta: fields, finish_reason: finishReason }],
});

const frame = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
const headers = { "content-type": "text/event-stream" };

/** Chunks as a complete event stream. */
export const eventStream = (...chunks: object[]): Response =>
  new Response(`${chunks.map(frame).join("")}data: [DONE]\n\n`, { headers });

/** Chunks as an event stream that stays open and silent after the last. */
export const stalledStream = (...chunks: object[]): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(chunks.map(frame).join(""))),
    }),
    { headers },
  );

/** A gateway whose transport returns these responses in order and repeats the last one. */
export function gatewayWith(replies: (() => Response | Promise<Response>)[], config: GatewayConfig = {}): Gateway {
  let count = 0;
  return createGateway({
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken: "token-12345678",
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    fetch: async () => {
      const reply = replies[Math.min(count++, replies.length - 1)];
      if (!reply) throw new Error("no reply");
      return reply();
    },
    ...config,
  });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
