/** The events that come out of a model's answer alone, before any tool has run. */
export type AnswerEvent =
  | { type: "text-delta"; text: string }
  | { type: "reasoning-delta"; text: string }
  | { type: "tool-call-start"; id: string; name: string }
  | { type: "tool-call-delta"; id: string; argsText: string }
  /** A chunk as it came, before the events that it gives rise to; with the option `rawChunks`. */
  | { type: "raw-chunk"; chunk: unknown };

/** Hands over the events of one piece of the network; the promise resolves when the reader has taken them. */
export type EmitAnswer = (events: AnswerEvent[]) => Promise<void> | undefined;
