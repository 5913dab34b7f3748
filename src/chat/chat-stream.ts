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
 * A streamed chat. It starts when it is first consumed, and has one consumer: the events, `text`, `partialOutput`, `toReadableStream` or
 * `toResponse`. Leaving it early cancels the request.
 */
export interface ChatStream<O = undefined> extends AsyncIterable<StreamEvent<O>> {
  /** The text of every turn, as it comes. */
  readonly text: AsyncIterable<string>;
  /** What there is of the structured output so far: unvalidated, growing. */
  readonly partialOutput: AsyncIterable<DeepPartial<Exclude<O, undefined>>>;
  /**
   * The elements of an array output, each as soon as it is complete and fits the items' schema, whose output it is. One that does not fit is
   * left out; asking the model again repeats none. Throws a ConfigurationError where the output is no array.
   */
  readonly elements: AsyncIterable<ElementOf<O>>;
  /** What `chat` would have returned. Awaiting it drives the stream when nobody iterates it; never awaited, it is safe to ignore. */
  readonly result: Promise<ChatResult<O>>;
  /** What has been achieved so far; never throws, also after an abort. Its messages can be sent again. */
  readonly partial: PartialResult;
  /** The events as server-sent events, one JSON object each; a failure is a last event named `error`. */
  toReadableStream(options?: ResponseStreamOptions): ReadableStream<Uint8Array>;
  /** `toReadableStream()` as a response with the content type `text/event-stream`. When the client goes away, the chat is cancelled. */
  toResponse(init?: ResponseInit & ResponseStreamOptions): Response;
}

/** A chat that has not begun. */
export interface StreamedChat<O> {
  /** `withElements`: emits the elements of an array output, too. */
  run(emit: Emit, withElements: boolean): Promise<ChatResult<O>>;
  createElementReader(): Promise<ElementReader>;
  /** Aborts the requests and tools. */
  cancel(reason: unknown): void;
  /** Calls back when the chat is aborted, by whomever. */
  onAbort(listener: () => void): void;
  partial(): PartialResult;
}

/** Gives a chat that has not begun its public face. */
export function createChatStream<O>(chat: StreamedChat<O>): ChatStream<O> {
  return new EventStream(chat);
}

class EventStream<O> implements ChatStream<O> {
  readonly #chat: StreamedChat<O>;
  /** Settles when the chat has ended. It begins with `#begin`, in the async context of the place that made the stream. */
  readonly #ended: Promise<ChatResult<O>>;
  #begin: (emit: Emit) => void = () => {};
  readonly #result: LazyPromise<ChatResult<O>>;
  #resolve: (result: ChatResult<O>) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #consumer: string | undefined;

  constructor(chat: StreamedChat<O>) {
    this.#chat = chat;
    const begun = new Promise<Emit>((resolve) => {
      this.#begin = resolve;
    });
    this.#ended = begun.then((emit) => chat.run(emit, this.#consumer === "elements"));
    this.#result = new LazyPromise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#result.allowUnhandled();
    // Deferred, so that a consumer attached in the same tick wins: `Promise.all([stream.result, read(stream)])`.
    this.#result.onAwait = () => queueMicrotask(() => this.#drain());
  }

  get text(): AsyncIterable<string> {
    return this.#only("text", (event) => (event.type === "text-delta" ? { value: event.text } : undefined));
  }

  get partialOutput(): AsyncIterable<DeepPartial<Exclude<O, undefined>>> {
    return this.#only("partialOutput", (event) => (event.type === "partial-output" ? { value: event.value } : undefined));
  }

  get elements(): AsyncIterable<ElementOf<O>> {
    return readElements<O>({
      createReader: () => this.#chat.createElementReader(),
      claim: () => this.#claim("elements"),
    });
  }

  get result(): Promise<ChatResult<O>> {
    return this.#result;
  }

  get partial(): PartialResult {
    return this.#chat.partial();
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamEvent<O>> {
    return this.#claim("async iteration");
  }

  toReadableStream(options: ResponseStreamOptions = {}): ReadableStream<Uint8Array> {
    return toEventStream(this.#claim("toReadableStream"), options);
  }

  toResponse(init: ResponseInit & ResponseStreamOptions = {}): Response {
    return toEventStreamResponse(this.toReadableStream(init), init);
  }

  /** Runs to the end for the result's sake, unless the stream has a consumer. */
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
        this.#reject(reason);
        this.#chat.cancel(reason);
      },
    });
    this.#chat.onAbort(() => queue.release());
    return queue;
  }

  /** Runs the chat and settles the result with it: before `finish` is read, since the reader may stop there. */
  async #run(emit: Emit): Promise<void> {
    try {
      this.#begin((events) => {
        const last = events.at(-1);
        if (last?.type === "finish") this.#resolve(last.result as ChatResult<O>);
        return emit(events);
      });
      this.#resolve(await this.#ended);
    } catch (error) {
      this.#reject(error);
      throw error;
    }
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
