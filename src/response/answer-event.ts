/** The events of a model's answer, in order; all text is well-formed Unicode. @inline */
export type AnswerEvent =
  /** A piece of the text, not the text so far. */
  | { type: "text-delta"; text: string }
  /** A piece of the reasoning. */
  | { type: "reasoning-delta"; text: string }
  /** The model starts a tool call. */
  | { type: "tool-call-start"; id: string; name: string }
  /** A piece of the call's raw arguments. */
  | { type: "tool-call-delta"; id: string; argsText: string }
  /** An image that the model generated. */
  | { type: "image"; image: GeneratedImage }
  /** A piece of a spoken answer: audio in base64, its transcript, or both. */
  | { type: "audio-delta"; data?: string; transcript?: string }
  /** A chunk as received, before the events read from it; with the option `rawChunks`. */
  | { type: "raw-chunk"; chunk: unknown };

/** Whether an event delivers content of the answer; nothing is retried after that. */
export const isContent = ({ type }: AnswerEvent): boolean => type !== "raw-chunk";

/** Emits a batch of events. Reading pauses until the promise, if any, resolves. */
export type EmitAnswer = (events: AnswerEvent[]) => Promise<void> | undefined;

/** An image that the model generated. */
export interface GeneratedImage {
  /** A `data:` URL, or a URL at the provider. */
  url: string;
  /** For example `image/png`; undefined if the provider doesn't say. */
  mediaType?: string;
}

/** A spoken answer. */
export interface GeneratedAudio {
  /** Identifies the audio in a later request. */
  id?: string;
  /** The audio data in base64. */
  data?: string;
  /** The text of the audio. */
  transcript?: string;
  /** When `id` expires at the provider. */
  expiresAt?: Date;
}

/** Receives the events that are read. */
export interface EventSink {
  push(event: AnswerEvent): unknown;
}

/** Collects events. Most batches of a stream have only one, and pushing to an array reserves space for many. */
export class EventBatch implements EventSink {
  #events: AnswerEvent[] | undefined;

  push(event: AnswerEvent): void {
    if (this.#events) this.#events.push(event);
    else this.#events = [event];
  }

  /** The events since the last call, if there are any. */
  take(): AnswerEvent[] | undefined {
    const events = this.#events;
    this.#events = undefined;
    return events;
  }
}
