import type { JournalEntry } from "./journal.ts";

/** Recreates the response; it fails at the same point, if it did. */
export function storedResponse({ exchange, response }: JournalEntry): Response {
  if (!response) throw new TypeError("The connection was closed before a response came.");
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = response.chunks[at++];
      if (chunk) controller.enqueue(chunk.bytes);
      else if (exchange.state === "complete") controller.close();
      else controller.error(new TypeError("The connection was closed before the response ended."));
    },
  });
  return new Response(response.bytes > 0 || exchange.state !== "complete" ? body : null, {
    status: exchange.status ?? 200,
    headers: response.headers,
  });
}
