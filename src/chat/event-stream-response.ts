import { GatewayError } from "../errors/errors.ts";
import type { EventQueue } from "./event-queue.ts";
import type { StreamEvent } from "./stream-event.ts";

/** The events as server-sent events, one JSON object each; a failure is a last event named `error`. */
export function toEventStream<O>(events: EventQueue<O>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await events.next();
          if (step.done) controller.close();
          else controller.enqueue(encoder.encode(`data: ${JSON.stringify(toBrowserEvent(step.value))}\n\n`));
        } catch (error) {
          controller.enqueue(encoder.encode(`event: error\ndata: ${JSON.stringify(toBrowserError(error))}\n\n`));
          controller.close();
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

/** An event as a browser may see it: `finish` omits what is for the server alone (headers, raw bodies, the whole conversation). */
function toBrowserEvent<O>(event: StreamEvent<O>): unknown {
  if (event.type !== "finish") return event;
  const { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings } = event.result;
  return {
    type: "finish",
    result: { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings },
  };
}

function toBrowserError(error: unknown): unknown {
  if (!GatewayError.is(error))
    return {
      name: error instanceof Error ? error.name : "Error",
      message: error instanceof Error ? error.message : String(error),
    };
  const { name, message, code, origin, retryable, hint } = error;
  return { name, message, code, origin, retryable, hint };
}
