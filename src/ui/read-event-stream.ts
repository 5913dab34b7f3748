import { createParser } from "eventsource-parser";
import type { StreamEvent } from "../index.ts";

/** The stream ended with a failure or can't be read. The error contains nothing from the provider. */
export class EventStreamError extends Error {
  /** `"EventStreamError"`, even if a minifier renames classes. */
  override readonly name = "EventStreamError";
  /** Code of the server's GatewayError; `"aborted"` or `"internal"` for other server failures; `"stream"` if the connection failed. */
  readonly code: string;
  /** Whether the same request may succeed if retried. */
  readonly retryable: boolean;
  /** HTTP status, if the response was not an event stream. */
  readonly status?: number;

  constructor(message: string, code: string, retryable: boolean, status?: number) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    if (status !== undefined) this.status = status;
  }
}

/**
 * Reads the stream of `toResponse()`, in a browser or anywhere else. Stopping the iteration early cancels the response, and with it the chat
 * on the server.
 *
 * ```ts
 * for await (const event of readEventStream(await fetch("/chat", { method: "POST", body }))) {
 *   if (event.type === "text-delta") output.append(event.text);
 * }
 * ```
 *
 * @throws EventStreamError if the stream ends with a failure, or before its `finish` event; TypeError if there is no unread response
 */
export async function* readEventStream<O = undefined>(response: Response): AsyncGenerator<StreamEvent<O>, void> {
  if (typeof (response as Response | undefined)?.headers?.get !== "function")
    throw new TypeError("readEventStream needs a Response; await the fetch first.");
  if (response.bodyUsed || response.body?.locked) throw new TypeError("The response has already been read; it can be read once.");
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || !/^text\/event-stream\b/i.test(type) || response.body === null) {
    await response.body?.cancel().catch(() => {});
    const found = response.ok ? `content type "${type}"` : `HTTP status ${response.status}`;
    throw new EventStreamError(
      `The response is not an event stream: ${found}.`,
      "provider",
      response.status >= 500,
      response.status,
    );
  }
  let events: StreamEvent<O>[] = [];
  let failure: EventStreamError | undefined;
  let isFinished = false;
  const parser = createParser({
    onEvent({ event, data }) {
      if (failure || isFinished) return;
      if (event === "error") failure = readFailure(data);
      else {
        const parsed = JSON.parse(data) as StreamEvent<O>;
        events.push(parsed);
        isFinished = parsed.type === "finish";
      }
    },
  });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    while (!isFinished) {
      const { done, value } = await reader.read();
      if (done) break;
      parser.feed(decoder.decode(value, { stream: true }));
      const received = events;
      events = [];
      yield* received;
      if (failure) throw failure;
    }
  } catch (error) {
    if (error instanceof EventStreamError) throw error;
    throw Object.assign(new EventStreamError("The connection to the server was interrupted.", "stream", true), { cause: error });
  } finally {
    await reader.cancel().catch(() => {});
  }
  if (!isFinished) throw new EventStreamError("The stream ended before the chat was finished.", "stream", true);
}

function readFailure(data: string): EventStreamError {
  const { message, code, retryable }: { message?: unknown; code?: unknown; retryable?: unknown } = JSON.parse(data);
  return new EventStreamError(String(message ?? "The request failed."), String(code ?? "internal"), retryable === true);
}
