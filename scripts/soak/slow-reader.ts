import type { ChatOptions, ChatResult, Gateway } from "cf-ai-gateway";
import { readEventStream } from "cf-ai-gateway/ui";

/** Milliseconds between two events; in total, the pauses exceed the idle timeout. */
const pauseMs = 60;
const timeout = { idle: 3_000 };

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** The text as a slow reader receives it, and the result. The idle timeout must be paused meanwhile. */
export async function readSlowly(gateway: Gateway, options: ChatOptions, overHttp: boolean): Promise<[string, ChatResult]> {
  const stream = gateway.stream({ ...options, timeout });
  let text = "";
  for await (const event of overHttp ? readEventStream(stream.toResponse()) : stream) {
    if (event.type !== "text-delta") continue;
    text += event.text;
    await pause();
  }
  return [text, await stream.result];
}
