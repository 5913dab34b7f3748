import type { Answer } from "./dialects/answer.ts";
import { createRandom } from "./samples/choices.ts";
import type { ChunkTiming } from "./scripted-reply.ts";
import type { WireReply } from "./wire/wire-reply.ts";

/** Above this length pieces are long, so that megabytes don't become millions of chunks. */
const longText = 20_000;

/** How text and arguments are cut: as a model sends them, or into pieces of the wanted size. */
export function createSplitters({ size, seed }: ChunkTiming = {}): Pick<Answer, "splitText" | "splitArguments"> {
  if (size !== undefined) {
    const split = (text: string) => ofSize(text, size, seed);
    return { splitText: split, splitArguments: split };
  }
  return {
    splitText: (text) => (text.length > longText ? ofSize(text, 1_000) : (text.match(/\s*[^\s]{1,16}|\s+/gu) ?? [])),
    splitArguments: (json) => ofSize(json, json.length > longText ? 1_000 : 7),
  };
}

/** Pieces of so many characters; with a seed, of half to one and a half times as many. A surrogate pair is never cut. */
function ofSize(text: string, size: number, seed?: number): string[] {
  const vary = createVariation(seed);
  const characters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const length = Math.max(1, Math.round(vary(size)));
    pieces.push(characters.slice(at, at + length).join(""));
    at += length;
  }
  return pieces;
}

/** The reply with its pieces sent at the wanted times. */
export function withTiming(reply: WireReply, { firstMs = 0, everyMs = 0, seed }: ChunkTiming): WireReply {
  if (firstMs === 0 && everyMs === 0) return reply;
  const vary = createVariation(seed);
  return { ...reply, pauses: reply.pieces.map((_, at) => Math.round(vary(at === 0 ? firstMs : everyMs))) };
}

/** Half to one and a half times a value; without a seed the value itself. */
function createVariation(seed: number | undefined): (value: number) => number {
  if (seed === undefined) return (value) => value;
  const random = createRandom(seed);
  return (value) => value * (0.5 + random());
}
