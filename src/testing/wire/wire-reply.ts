/** A response ready to be sent by any server; one piece is written at a time. */
export interface WireReply {
  status: number;
  headers: Record<string, string>;
  pieces: Uint8Array[];
  /** Milliseconds before anything is sent. */
  delayMs: number;
  /** Milliseconds before each piece; none if absent. */
  pauses: readonly number[];
  /** Where the response stops; `before-headers` sends nothing at all. */
  stopsAt: "end" | "before-headers";
  /** How it stops: properly, with a broken connection, or never. */
  ending: "close" | "reset" | "hang";
}

const encoder = new TextEncoder();

export function wireReply(status: number, headers: Record<string, string>, texts: string[]): WireReply {
  const pieces = texts.filter((text) => text !== "").map((text) => encoder.encode(text));
  return { status, headers, pieces, delayMs: 0, pauses: [], stopsAt: "end", ending: "close" };
}

export const jsonReply = (status: number, body: unknown, headers: Record<string, string> = {}): WireReply =>
  wireReply(status, { "content-type": "application/json", ...headers }, [JSON.stringify(body)]);

export const streamReply = (frames: string[]): WireReply =>
  wireReply(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" }, frames);

/** All pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
