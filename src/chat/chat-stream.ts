import { ConfigurationError, type PartialResult } from "../errors/errors.ts";
import type { ElementReader } from "../output/elements.ts";
import type { DeepPartial } from "../schema.ts";
import { EventQueue } from "./event-queue.ts";
import { type ResponseStreamOptions, toEventStream, toEventStreamResponse } from "./event-stream-response.ts";
import { LazyPromise } from "./lazy-promise.ts";
import { type ElementOf, readElements } from "./read-elements.ts";
import type { ChatResult } from "./result.ts";
import { type Emit, ignoreEvents, type StreamEvent } from "./stream-event.ts";

/**
 * A streamed chat. It starts when it is first consumed and has a single consumer: async iteration, `text`, `partialOutput`, `elements`,
 * `toReadableStream` or `toResponse`. Stopping early cancels the request.
 */
export interface ChatStream<O = undefined> extends AsyncIterable<StreamEvent<O>> {
  /** The text of every turn, as it arrives. */
  readonly text: AsyncIterable<string>;
  /** The structured output so far, unvalidated; each value extends the previous one. */
  readonly partialOutput: AsyncIterable<DeepPartial<Exclude<O, undefined>>>;
  /**
   * The elements of an array output, each validated against the items' schema as soon as it is complete. Invalid elements are skipped, and
   * a retry repeats none. Throws a ConfigurationError if the output is not an array.
   */
  readonly elements: AsyncIterable<ElementOf<O>>;
  /** What `chat` would have returned. Awaiting it drives the stream if it has no other consumer; it is safe to ignore. */
  readonly result: Promise<ChatResult<O>>;
  /** The partial result so far; never throws, even after an abort. Its messages can be sent again. */
  readonly partial: PartialResult;
  /** The events as server-sent events, one JSON object each; a failure is sent as a final event named `error`. */
  toReadableStream(options?: ResponseStreamOptions): ReadableStream<Uint8Array>;
  /** `toReadableStream()` as a `text/event-stream` response. When the client disconnects, the chat is cancelled. */
  toResponse(init?: ResponseInit & ResponseStreamOptions): Response;
}

/** A chat that has not started. */
export interface StreamedChat<O> {
  /** `withElements`: also emits the elements of an array output. */
  run(emit: Emit, withElements: boolean): Promise<ChatResult<O>>;
  createElementReader(): Promise<ElementReader>;
  /** Aborts the requests and tools. */
  cancel(reason: unknown): void;
  /** Calls `listener` when the chat is aborted, for any reason. */
  onAbort(listener: () => void): void;
  partial(): PartialResult;
}

/** Wraps a chat that has not started as a stream. */
export function createChatStream<O>(chat: StreamedChat<O>): ChatStream<O> {
  return new EventStream(chat);
}

type Outcome<O> = { readonly result: ChatResult<O> } | { readonly error: unknown };

class EventStream<O> implements ChatStream<O> {
  readonly #chat: StreamedChat<O>;
  /** Settles when the chat has ended. `#begin` starts it, in the async context in which the stream was created. */
  readonly #ended: Promise<ChatResult<O>>;
  #begin: (emit: Emit) => void = () => {};
  /** Created on first access, since most consumers read only the events. */
  #result: LazyPromise<ChatResult<O>> | undefined;
  #settleResult: ((outcome: Outcome<O>) => void) | undefined;
  #outcome: Outcome<O> | undefined;
  #consumer: string | undefined;

  constructor(chat: StreamedChat<O>) {
    this.#chat = chat;
    const begun = new Promise<Emit>((resolve) => {
      this.#begin = resolve;
    });
    this.#ended = begun.then((emit) => chat.run(emit, this.#consumer === "elements"));
  }

  get text(): AsyncIterable<string> {
    return this.#only("text", (event) => (event.type === "text-delta" ? { value: event.text } : undefined));
  }

  get partialOutput(): AsyncIterable<DeepPartial<Exclude<O, undefined>>> {
    return this.#only("partialOutput", (event) => (event.type === "partial-output" ? { value: event.value } : undefined));
  }

  get elements(): AsyncIterable<ElementOf<O>> {
    return readElements<O>({
      createReader: () =>
        this.#chat.createElementReader().catch((error: unknown) => {
          this.#settle({ error });
          throw error;
        }),
      claim: () => this.#claim("elements"),
    });
  }

  get result(): Promise<ChatResult<O>> {
    this.#result ??= this.#createResult();
    return this.#result;
  }

  get partial(): PartialResult {
    return this.#chat.partial();
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamEvent<O>> {
    return this.#claim("async iteration");
  }

  toReadableStream(options: ResponseStreamOptions = {}): ReadableStream<Uint8Array> {
    return toEventStream(() => this.#claim("toReadableStream"), options);
  }

  toResponse(init: ResponseInit & ResponseStreamOptions = {}): Response {
    return toEventStreamResponse(() => this.toReadableStream(init), init);
  }

  #createResult(): LazyPromise<ChatResult<O>> {
    const result = new LazyPromise<ChatResult<O>>((resolve, reject) => {
      this.#settleResult = (outcome) => ("error" in outcome ? reject(outcome.error) : resolve(outcome.result));
    });
    result.allowUnhandled();
    // Deferred, so that a consumer attached in the same tick wins: `Promise.all([stream.result, read(stream)])`.
    result.onAwait = () => queueMicrotask(() => this.#drain());
    if (this.#outcome) this.#settleResult?.(this.#outcome);
    return result;
  }

  /** Only the first outcome counts. */
  #settle(outcome: Outcome<O>): void {
    this.#outcome ??= outcome;
    this.#settleResult?.(this.#outcome);
  }

  /** Runs the chat without emitting events, unless the stream has a consumer. */
  #drain(): void {
    if (this.#consumer !== undefined) return;
    this.#consumer = "result";
    this.#run(ignoreEvents).catch(() => {});
  }

  #claim(consumer: string): EventQueue<O> {
    if (this.#consumer !== undefined) {
      const message = `is already being consumed (${this.#consumer}), and a stream has one consumer: await stream.result, or call stream() again`;
      throw new ConfigurationError([{ option: "stream", message }]);
    }
    this.#consumer = consumer;
    const queue = new EventQueue<O>({
      run: (emit) => this.#run(emit),
      cancel: () => {
        const reason = new DOMException("The stream was cancelled before it finished.", "AbortError");
        this.#settle({ error: reason });
        this.#chat.cancel(reason);
      },
    });
    this.#chat.onAbort(() => queue.release());
    return queue;
  }

  /** Runs the chat and settles the result before `finish` is read, since the consumer may stop there. */
  #run(emit: Emit): Promise<void> {
    this.#begin((events) => {
      const last = events.at(-1);
      if (last?.type === "finish") this.#settle({ result: last.result as ChatResult<O> });
      return emit(events);
    });
    return this.#ended.then(
      (result) => this.#settle({ result }),
      (error: unknown) => {
        this.#settle({ error });
        throw error;
      },
    );
  }

  #only<T>(consumer: string, pick: (event: StreamEvent<O>) => { value: T } | undefined): AsyncIterable<T> {
    const claim = () => this.#claim(consumer);
    return {
      async *[Symbol.asyncIterator]() {
        const events = claim();
        try {
          for (let step = await events.next(); !step.done; step = await events.next()) {
            const picked = pick(step.value);
            if (picked) yield picked.value;
          }
        } finally {
          await events.return();
        }
      },
    };
  }
}
