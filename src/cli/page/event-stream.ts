import type { Exchange } from "./exchange.ts";
import type { Journal, JournalEntry } from "./journal.ts";

/** Maximum number of events queued for a browser that does not read. It is then disconnected, and reconnects for a new snapshot. */
const maxWaiting = 2_000;

/** Server-sent events: `snapshot` with every exchange, then `exchange` for each that is new or has changed, and `cleared`. */
export function eventStream(journal: Journal, summary: (entry: JournalEntry) => Exchange): Response {
  const encoder = new TextEncoder();
  const encode = (event: string, data: unknown) => encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  let unsubscribe = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encode("snapshot", journal.entries().map(summary)));
      unsubscribe = journal.subscribe((change) => {
        if ("cleared" in change) controller.enqueue(encode("cleared", null));
        else controller.enqueue(encode("exchange", summary(change.entry)));
        if ((controller.desiredSize ?? 0) > -maxWaiting) return;
        unsubscribe();
        controller.close();
      });
    },
    cancel: () => unsubscribe(),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" } });
}
