import type { Chunk, ExchangeDetails } from "./exchange.ts";
import type { JournalEntry } from "./journal.ts";
import { createRedaction } from "./redact.ts";

/** What the page shows of an entry: everything but its secrets. */
export function detailsOf({ exchange, request, response, reading }: JournalEntry, token: string): ExchangeDetails {
  const redaction = createRedaction(request.headers, token);
  return {
    ...exchange,
    path: redaction.text(exchange.path),
    request: { headers: redaction.headers(request.headers), body: redaction.text(request.body) },
    ...(response
      ? {
          response: {
            headers: redaction.headers(response.headers),
            chunks: decodedChunks(response.chunks).map(({ ms, text }) => ({ ms, text: redaction.text(text) })),
            bytes: response.bytes,
            isTruncated: response.isTruncated,
          },
        }
      : {}),
    ...(reading ? { reading: JSON.parse(redaction.text(JSON.stringify(reading))) } : {}),
  };
}

/** Chunks may end within a character. */
function decodedChunks(chunks: readonly { ms: number; bytes: Uint8Array }[]): Chunk[] {
  const decoder = new TextDecoder();
  return chunks.map(({ ms, bytes }) => ({ ms, text: decoder.decode(bytes, { stream: true }) }));
}
