import type { Journal, JournalEntry } from "./journal.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Maximum number of bytes kept of a response. */
const maxResponseBytes = 2_000_000;

/** Records every exchange of a transport in the journal. Once a response has ended, `read` adds what the client reads from it. */
export function observe(fetch: Fetch, journal: Journal, read: (entry: JournalEntry) => Promise<void>): Fetch {
  return async (url, init) => {
    const started = performance.now();
    const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
    const entry = journal.add(toJournalEntry(url, init));
    const end = (state: "complete" | "failed") => {
      if (entry.exchange.durationMs !== undefined) return;
      Object.assign(entry.exchange, { state: init.signal?.aborted ? "cancelled" : state, durationMs: elapsed() });
      journal.update(entry);
      void read(entry).then(() => journal.update(entry));
    };
    let response: Response;
    try {
      response = await fetch(url, init);
    } catch (error) {
      end("failed");
      throw error;
    }
    const { status, headers } = response;
    entry.response = { headers, chunks: [], bytes: 0, isTruncated: false };
    const cacheStatus = headers.get("cf-aig-cache-status");
    Object.assign(entry.exchange, { state: "receiving", status }, cacheStatus === null ? {} : { cacheStatus });
    journal.update(entry);
    if (!response.body) {
      end("complete");
      return response;
    }
    const onChunk = (bytes: Uint8Array) => {
      record(entry, bytes, elapsed());
      if (entry.response?.chunks.length === 1) journal.update(entry);
    };
    return new Response(observeBody(response.body, onChunk, end), { status, headers });
  };
}

function toJournalEntry(url: string, { method = "GET", headers, body }: RequestInit): Parameters<Journal["add"]>[0] {
  const { pathname, search } = new URL(url);
  const text = typeof body === "string" ? body : "";
  const { model, stream } = chatFields(text);
  const slash = model?.indexOf("/") ?? -1;
  const target =
    model === undefined ? {} : slash > 0 ? { provider: model.slice(0, slash), model: model.slice(slash + 1) } : { model };
  return {
    exchange: {
      startedAt: new Date().toISOString(),
      method,
      path: pathname + search,
      ...target,
      isStream: stream,
      state: "waiting",
    },
    request: { url, headers: new Headers(headers), body: text },
  };
}

function chatFields(body: string): { model: string | undefined; stream: boolean } {
  try {
    const { model, stream } = JSON.parse(body) as { model?: unknown; stream?: unknown };
    return { model: typeof model === "string" ? model : undefined, stream: stream === true };
  } catch {
    return { model: undefined, stream: false };
  }
}

function record({ exchange, response }: JournalEntry, bytes: Uint8Array, ms: number): void {
  if (!response) return;
  exchange.firstChunkMs ??= ms;
  const room = maxResponseBytes - response.bytes;
  response.bytes += bytes.length;
  if (room > 0) response.chunks.push({ ms, bytes: bytes.slice(0, room) });
  response.isTruncated = response.bytes > maxResponseBytes;
}

/** Wraps a body; reads it only as fast as its consumer does. */
function observeBody(
  body: ReadableStream<Uint8Array>,
  onChunk: (bytes: Uint8Array) => void,
  onEnd: (state: "complete" | "failed") => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) {
            onChunk(value);
            return controller.enqueue(value);
          }
          onEnd("complete");
          controller.close();
        } catch (error) {
          onEnd("failed");
          controller.error(error);
        }
      },
      cancel(reason) {
        onEnd("failed");
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
