/** An answer ready to be sent, whatever sends it. A piece is written at a time. */
export interface WireReply {
  status: number;
  headers: Record<string, string>;
  pieces: Uint8Array[];
  /** Milliseconds before anything is sent. */
  delayMs: number;
  /** Where the answer stops. `before-headers` sends nothing at all. */
  stopsAt: "end" | "before-headers";
  /** How it stops: as it should, with a broken connection, or never. */
  ending: "close" | "reset" | "hang";
}

const encoder = new TextEncoder();

export function wireReply(status: number, headers: Record<string, string>, texts: string[]): WireReply {
  const pieces = texts.filter((text) => text !== "").map((text) => encoder.encode(text));
  return { status, headers, pieces, delayMs: 0, stopsAt: "end", ending: "close" };
}

export const jsonReply = (status: number, body: unknown, headers: Record<string, string> = {}): WireReply =>
  wireReply(status, { "content-type": "application/json", ...headers }, [JSON.stringify(body)]);

export const streamReply = (frames: string[]): WireReply =>
  wireReply(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" }, frames);
