import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { createGateway, type GatewayConfig, tool } from "cf-ai-gateway";

const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const,
  execute: ({ city }) => ({ city, sky: "clear" }),
});

/** The chat route of a page's server: the request's body is the prompt, and `toResponse()` is what it sends. */
export function createChatRoute(config: GatewayConfig) {
  const gateway = createGateway({ provider: "openai", model: "gpt-4o-mini", maxRetries: 0, ...config });
  let reportCancelled: (name: string) => void = () => {};
  /** The name of the error by which the first cancelled chat ended. */
  const cancelled = new Promise<string>((resolve) => {
    reportCancelled = resolve;
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stream = gateway.stream({ prompt: await text(request), tools: { weather } });
    stream.result.catch((error: Error) => {
      if (response.destroyed) reportCancelled(error.name);
    });
    const { status, headers, body } = stream.toResponse();
    response.writeHead(status, Object.fromEntries(headers));
    // The page may leave before the end.
    await pipeline(Readable.fromWeb(body as ReadableStream), response).catch(() => {});
  }

  return { handle, cancelled };
}
