import { readdirSync, readFileSync } from "node:fs";
import { createGateway } from "cf-ai-gateway";
import { ChatCompletionStream } from "openai/lib/ChatCompletionStream";
import { describe, expect, test } from "vitest";

/* Reads the fixtures' streams with this package and with the openai package's accumulator: if both can read a stream, they agree. */

/** The streams that they read differently, and why. */
const differences: Readonly<Record<string, string>> = {
  "anthropic/tool-call-stream.sse": "openai fails where the first tool call has an index above 0.",
  "google-ai-studio/reasoning-stream.sse": "openai leaves <thought> tags in the text; here they are the reasoning.",
  "google-ai-studio/tool-call-stream.sse": "openai drops tool calls that come without an index.",
  "mistral/reasoning-stream.sse": "openai joins content parts as [object Object]; here thinking parts are the reasoning.",
  "mistral/tool-call-stream.sse": "openai drops tool calls that come without an index.",
  "perplexity/reasoning-stream.sse": "openai leaves <think> tags in the text; here they are the reasoning.",
};

/** Streams that end with an error have no answer to compare. */
const endsWithError = (name: string): boolean => name.includes("error-stream");

const folder = new URL("../fixtures/", import.meta.url);
const streams = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".sse") && !endsWithError(name))
  .sort();

/** The parts of an answer that both report. */
interface Answer {
  text: string;
  calls: { name: string; args: unknown }[];
}

async function readHere(body: string): Promise<Answer> {
  const gateway = createGateway({
    accountId: "account",
    gatewayId: "default",
    gatewayToken: "token",
    model: "openai/gpt-4o-mini",
    toolMode: "return",
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
  });
  const result = await gateway.stream({ prompt: "Hello" }).result;
  return { text: result.text, calls: result.toolCalls.map(({ name, args }) => ({ name, args })) };
}

async function readThere(body: string): Promise<Answer> {
  const chunks = [...body.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => `${json}\n`);
  const bytes = new Blob(chunks).stream();
  const message = await ChatCompletionStream.fromReadableStream(bytes).finalMessage();
  const calls = (message.tool_calls ?? []).flatMap((call) =>
    call.type === "function" ? [{ name: call.function.name, args: JSON.parse(call.function.arguments || "{}") as unknown }] : [],
  );
  return { text: message.content ?? "", calls };
}

describe("a recorded stream", () => {
  test.each(streams)("%s is read like the openai package reads it", async (name) => {
    const body = readFileSync(new URL(name, folder), "utf8");
    const [here, there] = await Promise.all([
      readHere(body),
      readThere(body).catch((error: unknown) => ({ error: String(error) })),
    ]);
    if (name in differences) expect(here, differences[name]).not.toEqual(there);
    else expect(here).toEqual(there);
  });
});
