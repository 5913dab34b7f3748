import type { Chunk, Exchange, ExchangeDetails } from "./exchange.ts";
import type { JournalEntry } from "./journal.ts";
import { createRedaction } from "./redact.ts";

/** A row of the page's table, without secrets. */
export const summarizeEntry = ({ exchange, request }: JournalEntry, token: string): Exchange =>
  JSON.parse(createRedaction(request.headers, token).text(JSON.stringify(exchange)));

/** What the page shows of an entry: everything except secrets. */
export function describeEntry(entry: JournalEntry, token: string): ExchangeDetails {
  const { request, response, reading } = entry;
  const redaction = createRedaction(request.headers, token);
  return {
    ...summarizeEntry(entry, token),
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

/** Chunks may split a character. */
function decodedChunks(chunks: readonly { ms: number; bytes: Uint8Array }[]): Chunk[] {
  const decoder = new TextDecoder();
  return chunks.map(({ ms, bytes }) => ({ ms, text: decoder.decode(bytes, { stream: true }) }));
}
