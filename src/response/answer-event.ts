/** What a model's answer brings while it arrives, in its order; every text is well-formed Unicode. @inline */
export type AnswerEvent =
  /** A piece of the text, never a growing copy. */
  | { type: "text-delta"; text: string }
  /** A piece of the reasoning. */
  | { type: "reasoning-delta"; text: string }
  /** The model begins a tool call. */
  | { type: "tool-call-start"; id: string; name: string }
  /** A piece of the call's arguments, as the model writes them. */
  | { type: "tool-call-delta"; id: string; argsText: string }
  /** An image that the model generated. */
  | { type: "image"; image: GeneratedImage }
  /** A piece of a spoken answer: sound in base64, its transcript, or both. */
  | { type: "audio-delta"; data?: string; transcript?: string }
  /** A chunk as it came, before the events that it gives rise to; with the option `rawChunks`. */
  | { type: "raw-chunk"; chunk: unknown };

/** Whether an event delivers content of the answer, after which nothing is retried. */
export const isContent = ({ type }: AnswerEvent): boolean => type !== "raw-chunk";

/** Passes on a batch of events. Reading pauses until the promise, if there is one, resolves. */
export type EmitAnswer = (events: AnswerEvent[]) => Promise<void> | undefined;

/** An image that the model generated. */
export interface GeneratedImage {
  /** A `data:` URL, or an address at the provider. */
  url: string;
  /** For example `image/png`; undefined where the provider doesn't say. */
  mediaType?: string;
}

/** A spoken answer. */
export interface GeneratedAudio {
  /** Refers to the audio in a later request. */
  id?: string;
  /** The sound, in base64. */
  data?: string;
  /** What was said. */
  transcript?: string;
  /** Until when the provider knows `id`. */
  expiresAt?: Date;
}

/** Where what is read goes. */
export interface EventSink {
  push(event: AnswerEvent): unknown;
}

/** Collects events. Most batches of a stream have one, and an array that was pushed to reserves room for many. */
export class EventBatch implements EventSink {
  #events: AnswerEvent[] = [];

  push(event: AnswerEvent): void {
    if (this.#events.length === 0) this.#events = [event];
    else this.#events.push(event);
  }

  /** The events since the last call. */
  take(): AnswerEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }
}
