import { maxTimerMs } from "../abort.ts";
import { GatewayError } from "../errors/errors.ts";
import { toPlainJson } from "../tools/plain-json.ts";
import type { EventQueue } from "./event-queue.ts";
import type { StreamEvent } from "./stream-event.ts";

export interface ResponseStreamOptions {
  /** Milliseconds of silence after which a comment is sent, because proxies close silent connections; 0 turns it off. @default 15,000 */
  heartbeatMs?: number | undefined;
  /** The message that the browser gets for a failure. @default a neutral one, since an error's own message may quote the provider */
  onError?: ((error: unknown) => string) | undefined;
}

const defaultHeartbeatMs = 15_000;
const neutralMessage = "The request failed.";

/** The events as server-sent events, one JSON object each; a failure is a last event named `error`. */
export function toEventStream<O>(events: EventQueue<O>, options: ResponseStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { heartbeatMs = defaultHeartbeatMs } = options;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const beat = () => {
          if ((controller.desiredSize ?? 0) >= 0) controller.enqueue(encoder.encode(": heartbeat\n\n"));
        };
        const timer = heartbeatMs > 0 && heartbeatMs <= maxTimerMs ? setInterval(beat, heartbeatMs) : undefined;
        try {
          const frame = await nextFrame(events);
          if (frame === undefined) controller.close();
          else controller.enqueue(encoder.encode(frame));
        } catch (error) {
          const failure = JSON.stringify(toBrowserError(error, options.onError));
          controller.enqueue(encoder.encode(`event: error\ndata: ${failure}\n\n`));
          controller.close();
          // Where the failure was the writing of an event, the chat must not go on for nobody.
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

/** A response with the content type of server-sent events. */
export function toEventStreamResponse(body: ReadableStream<Uint8Array>, init: ResponseInit): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", "text/event-stream; charset=utf-8");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-cache");
  return new Response(body, { ...init, headers });
}

/** The next event that a browser may see; undefined at the end. */
async function nextFrame<O>(events: EventQueue<O>): Promise<string | undefined> {
  for (;;) {
    const step = await events.next();
    if (step.done) return undefined;
    const event = toBrowserEvent(step.value);
    if (event !== undefined) return `data: ${toJson(event)}\n\n`;
  }
}

/**
 * An event as a browser may see it. Headers and raw chunks stay on the server, and `finish` omits the whole conversation, headers, the raw
 * body, and the turns, which came with their `turn-end`.
 */
function toBrowserEvent<O>(event: StreamEvent<O>): object | undefined {
  if (event.type === "response" || event.type === "raw-chunk") return undefined;
  if (event.type !== "finish") return event;
  const { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings } = event.result;
  return {
    type: "finish",
    result: { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings },
  };
}

/** An object as JSON. Members that JSON refuses (cycles, a BigInt, a getter that throws) are written as the model reads them. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    const members = Object.entries(value).map(([name, member]) => [name, asJson(member)]);
    return JSON.stringify(Object.fromEntries(members));
  }
}

function asJson(value: unknown): unknown {
  try {
    const json = JSON.stringify(value);
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  } catch {
    return toReadable(value);
  }
}

function toReadable(value: unknown): unknown {
  try {
    return toPlainJson(value);
  } catch {
    return "[unreadable]";
  }
}

function toBrowserError(error: unknown, onError: ((error: unknown) => string) | undefined): object {
  const { code, retryable } = GatewayError.is(error)
    ? error
    : { code: error instanceof Error && error.name === "AbortError" ? "aborted" : "internal", retryable: false };
  return { type: "error", code, message: browserMessage(error, onError), retryable };
}

function browserMessage(error: unknown, onError: ((error: unknown) => string) | undefined): string {
  try {
    return onError ? String(onError(error)) : neutralMessage;
  } catch (failure) {
    console.error("cf-ai-gateway: onError threw:", failure);
    return neutralMessage;
  }
}
