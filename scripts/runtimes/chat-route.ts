import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { type ChatOptions, createGateway, type GatewayConfig, tool } from "cf-ai-gateway";
import { fromAgUi, fromUIMessages } from "cf-ai-gateway/ui";

const weather = tool({
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const,
  execute: ({ city }) => ({ city, sky: "clear" }),
});

type Format = NonNullable<Parameters<ReturnType<ReturnType<typeof createGateway>["stream"]>["toResponse"]>[0]>["format"];

/** Converts a client's request to chat options, and names the format that it reads. */
const routes: Record<string, (body: string) => { options: ChatOptions; format: Format }> = {
  "/chat": (prompt) => ({ options: { prompt }, format: "events" }),
  "/chat/ai-sdk": (body) => ({ options: { messages: fromUIMessages(JSON.parse(body).messages) }, format: "ai-sdk" }),
  "/chat/openai/chat/completions": (body) => ({ options: { messages: JSON.parse(body).messages }, format: "openai" }),
  "/chat/ag-ui"(body) {
    const { threadId, runId, messages } = JSON.parse(body);
    return { options: { messages: fromAgUi({ messages }).messages }, format: { "ag-ui": { threadId, runId } } };
  },
};

/** The chat routes of a page's server, one for each format that `toResponse()` writes. */
export function createChatRoute(config: GatewayConfig) {
  const gateway = createGateway({ provider: "openai", model: "gpt-4o-mini", maxRetries: 0, ...config });
  let reportCancelled: (name: string) => void = () => {};
  /** The name of the error that ended the first cancelled chat. */
  const cancelled = new Promise<string>((resolve) => {
    reportCancelled = resolve;
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routes[request.url ?? ""];
    if (route === undefined) return void response.writeHead(404).end();
    const { options, format } = route(await text(request));
    const stream = gateway.stream({ ...options, tools: { weather } });
    stream.result.catch((error: Error) => {
      if (response.destroyed) reportCancelled(error.name);
    });
    const { status, headers, body } = stream.toResponse({ format });
    response.writeHead(status, Object.fromEntries(headers));
    // The page may disconnect before the end.
    await pipeline(Readable.fromWeb(body as ReadableStream), response).catch(() => {});
  }

  return { handle, cancelled };
}
