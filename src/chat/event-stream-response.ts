import { maxTimerMs } from "../abort.ts";
import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { toPlainJson } from "../tools/plain-json.ts";
import type { EventQueue } from "./event-queue.ts";
import type { AgUiRun } from "./formats/ag-ui.ts";
import { createEventsFormat } from "./formats/events.ts";
import type { BrowserFailure, StreamFormat } from "./formats/stream-format.ts";
import type { StreamEvent } from "./stream-event.ts";

/** Options of `toResponse()` and `toReadableStream()`. */
export interface ResponseStreamOptions {
  /**
   * The wire format: `"events"`, the events of this client, for `readEventStream` from `cf-ai-gateway/ui`; `"openai"`, chat completion
   * chunks; `"ai-sdk"`, a UI message stream for `useChat`; `{ "ag-ui": { threadId, runId } }`, AG-UI events. @default "events"
   */
  format?: "events" | "openai" | "ai-sdk" | { "ag-ui": AgUiRun } | undefined;
  /** Milliseconds without output after which a comment is sent, because proxies close idle connections; 0 disables it. @default 15,000 */
  heartbeatMs?: number | undefined;
  /** Returns the message that the browser receives for a failure. @default a neutral message, since an error's own may quote the provider */
  onError?: ((error: unknown) => string) | undefined;
}

const defaultHeartbeatMs = 15_000;
const genericMessage = "The request failed.";

/**
 * Writes events as server-sent events in the requested format, with a failure as the last one. Throws a ConfigurationError, and then does not
 * claim the events.
 */
export function toEventStream<O>(claim: () => EventQueue<O>, options: ResponseStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { heartbeatMs = defaultHeartbeatMs } = options;
  const load = formatLoader(options.format);
  const events = claim();
  let format: StreamFormat | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const beat = () => {
          if ((controller.desiredSize ?? 0) >= 0) controller.enqueue(encoder.encode(": heartbeat\n\n"));
        };
        const timer = heartbeatMs > 0 && heartbeatMs <= maxTimerMs ? setInterval(beat, heartbeatMs) : undefined;
        try {
          format ??= await load();
          const frames = await nextFrames(events, format);
          if (frames !== undefined) controller.enqueue(encoder.encode(frames));
          else {
            if (format.terminator !== undefined) controller.enqueue(encoder.encode(`data: ${format.terminator}\n\n`));
            controller.close();
          }
        } catch (error) {
          const failure = toBrowserFailure(error, options.onError, events.released);
          controller.enqueue(encoder.encode((format ?? createEventsFormat()).fail(failure).map(toFrame).join("")));
          controller.close();
          // If writing failed, cancel the chat, since it has no consumer left.
          void events.return();
        } finally {
          clearInterval(timer);
        }
      },
      async cancel() {
        await events.return();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Returns a function that creates the format; all but the default are loaded on first use. */
function formatLoader(format: ResponseStreamOptions["format"] = "events"): () => StreamFormat | Promise<StreamFormat> {
  if (format === "events") return createEventsFormat;
  if (format === "openai") return async () => (await import("./formats/openai.ts")).createOpenAiFormat();
  if (format === "ai-sdk") return async () => (await import("./formats/ai-sdk.ts")).createAiSdkFormat();
  const run = typeof format === "object" && format !== null ? format["ag-ui"] : undefined;
  if (typeof run?.threadId === "string" && typeof run.runId === "string")
    return async () => (await import("./formats/ag-ui.ts")).createAgUiFormat(run);
  const message = 'must be "events", "openai", "ai-sdk" or { "ag-ui": { threadId, runId } }';
  throw new ConfigurationError([{ option: "format", message }]);
}

/** Headers that the caller has not set. */
const defaultHeaders = (format: ResponseStreamOptions["format"]): Record<string, string> => ({
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
  ...(format === "ai-sdk" ? { "x-vercel-ai-ui-message-stream": "v1" } : undefined),
});

/** A response with the content type of server-sent events. Creates the body last, since it is not read if `init` is invalid. */
export function toEventStreamResponse(
  createBody: () => ReadableStream<Uint8Array>,
  init: ResponseInit & ResponseStreamOptions,
): Response {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(defaultHeaders(init.format))) if (!headers.has(name)) headers.set(name, value);
  const { status, statusText } = new Response("", init);
  return new Response(createBody(), { status, statusText, headers });
}

/** Returns the frames of the next event that has any; undefined at the end. */
async function nextFrames<O>(events: EventQueue<O>, format: StreamFormat): Promise<string | undefined> {
  for (;;) {
    const step = await events.next();
    if (step.done) return undefined;
    const frames = format.write(step.value as StreamEvent<unknown>).map((data) => toFrame({ data }));
    if (frames.length > 0) return frames.join("");
  }
}

const toFrame = ({ event, data }: { event?: string; data: object }): string =>
  `${event === undefined ? "" : `event: ${event}\n`}data: ${toJson(data)}\n\n`;

/** Serializes an object. Members that JSON can't represent (cycles, a BigInt, a getter that throws) are written as tool results are. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    const members = Object.entries(value).map(([name, member]) => [name, toReadable(member)]);
    return JSON.stringify(Object.fromEntries(members));
  }
}

function toReadable(value: unknown): unknown {
  try {
    return toPlainJson(value);
  } catch {
    return "[unreadable]";
  }
}

function toBrowserFailure(error: unknown, onError: ((error: unknown) => string) | undefined, aborted: boolean): BrowserFailure {
  const { code, retryable } = GatewayError.is(error) ? error : { code: aborted ? "aborted" : "internal", retryable: false };
  return { code, message: browserMessage(error, onError), retryable };
}

function browserMessage(error: unknown, onError: ((error: unknown) => string) | undefined): string {
  try {
    return onError ? String(onError(error)) : genericMessage;
  } catch (failure) {
    console.error("cf-ai-gateway: onError threw:", failure);
    return genericMessage;
  }
}
