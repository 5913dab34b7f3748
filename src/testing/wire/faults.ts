import type { ScriptedFault } from "../scripted-reply.ts";
import { joined, type WireReply, wireReply } from "./wire-reply.ts";

const html = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>";

/** Turns a valid response into a failing one. */
export function withFault(reply: WireReply, { fault, afterBytes }: ScriptedFault): WireReply {
  const bytes = joined(reply.pieces);
  switch (fault) {
    case "reset-before-headers":
      return { ...reply, pieces: [], stopsAt: "before-headers", ending: "reset" };
    case "reset-mid-body":
      return { ...reply, pieces: cut(reply.pieces, afterBytes ?? Math.floor(bytes.length / 2)), ending: "reset" };
    case "stall":
      if (afterBytes === undefined) return { ...reply, pieces: [], stopsAt: "before-headers", ending: "hang" };
      return { ...reply, pieces: cut(reply.pieces, afterBytes), ending: "hang" };
    case "truncate":
      return {
        ...reply,
        pieces: cut(reply.pieces, afterBytes ?? (isStream(reply) ? bytesBeforeFinish(reply) : Math.floor(bytes.length / 2))),
      };
    case "malformed":
      return {
        ...reply,
        pieces: isStream(reply) ? withBrokenFrame(reply, afterBytes) : cut(reply.pieces, afterBytes ?? bytes.length - 2),
      };
    case "html":
      return { ...reply, ...wireReply(200, { ...reply.headers, "content-type": "text/html; charset=utf-8" }, [html]) };
    case "empty":
      return { ...reply, pieces: [] };
    case "slow-bytes":
      return { ...reply, pieces: [...bytes].map((byte) => Uint8Array.of(byte)) };
  }
}

const isStream = (reply: WireReply) => reply.headers["content-type"]?.startsWith("text/event-stream") ?? false;

/** Adds a truncated frame, after which the stream continues. A piece of a stream is a frame. */
function withBrokenFrame(reply: WireReply, afterBytes: number | undefined): Uint8Array[] {
  const broken = new TextEncoder().encode('data: {"id":"chatcmpl-broken","choices":[{"index":0,"delta":{"content":"hal\n\n');
  const bytes = afterBytes ?? reply.pieces[0]?.length ?? 0;
  let before = 0;
  let length = 0;
  while (before < reply.pieces.length && length + (reply.pieces[before]?.length ?? 0) <= bytes)
    length += reply.pieces[before++]?.length ?? 0;
  return [...reply.pieces.slice(0, before), broken, ...reply.pieces.slice(before)];
}

/** The length of all frames before the one with the finish reason. */
function bytesBeforeFinish(reply: WireReply): number {
  const texts = reply.pieces.map((piece) => new TextDecoder().decode(piece));
  const finish = texts.findIndex((text) => /"finish_reason":\s*"/.test(text) || text.includes("[DONE]"));
  return reply.pieces.slice(0, finish === -1 ? undefined : finish).reduce((sum, piece) => sum + piece.length, 0);
}

function cut(pieces: Uint8Array[], bytes: number): Uint8Array[] {
  const kept: Uint8Array[] = [];
  let remaining = bytes;
  for (const piece of pieces) {
    if (remaining <= 0) break;
    kept.push(piece.subarray(0, remaining));
    remaining -= piece.length;
  }
  return kept;
}
