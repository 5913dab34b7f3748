import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import type { ChatResult } from "./result.ts";
import type { StreamEvent } from "./stream-event.ts";

/**
 * A streamed call. It starts when it is first consumed, and has one consumer: the events, `text`, `partialOutput`, `toReadableStream` or
 * `toResponse`. Leaving it early cancels the request.
 */
export interface ChatStream<O = undefined> extends AsyncIterable<StreamEvent<O>> {
  /** The text of every turn, as it comes. */
  readonly text: AsyncIterable<string>;
  /** What there is of the structured output so far: unvalidated, growing. */
  readonly partialOutput: AsyncIterable<unknown>;
  /** What `chat` would have returned. Awaiting it drives the stream when nobody else does; never awaited, it is safe to ignore. */
  readonly result: Promise<ChatResult<O>>;
  /** The events as server-sent events, one JSON object each; a failure as a last one named `error`. */
  toReadableStream(): ReadableStream<Uint8Array>;
  /** `toReadableStream()` as a response with the content type `text/event-stream`. When the client goes away, the call is cancelled. */
  toResponse(init?: ResponseInit): Response;
}

/** Starts when it is awaited, rather than when it is made. */
class ResultPromise<T> extends Promise<T> {
  // What `then` returns is an ordinary promise.
  static override get [Symbol.species]() {
    return Promise;
  }
  onAwait: (() => void) | undefined;
  // biome-ignore lint/suspicious/noThenProperty: awaiting is what starts the stream.
  override then<A = T, B = never>(
    done?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.onAwait?.();
    return super.then(done, failed);
  }
}

const ignore = () => {};

type Batches<O> = AsyncGenerator<StreamEvent<O>[], ChatResult<O>>;

/** Settles the result of a stream. */
interface Settle<O> {
  resolve: (result: ChatResult<O>) => void;
  reject: (error: unknown) => void;
}

/** Gives a loop that has not begun its public face. `cancel` aborts the loop's requests and tools. */
export function createChatStream<O>(start: () => Promise<Batches<O>>, cancel: (reason: unknown) => void): ChatStream<O> {
  return new EventStream(start, cancel);
}

class EventStream<O> implements ChatStream<O> {
  readonly #start: () => Promise<Batches<O>>;
  readonly #cancel: (reason: unknown) => void;
  #settle!: Settle<O>;
  readonly #result: ResultPromise<ChatResult<O>>;
  #consumer: string | undefined;

  constructor(start: () => Promise<Batches<O>>, cancel: (reason: unknown) => void) {
    this.#start = start;
    this.#cancel = cancel;
    const result = new ResultPromise<ChatResult<O>>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody has to look at it.
    Promise.prototype.then.call(result, undefined, ignore);
    result.onAwait = () => {
      result.onAwait = undefined;
      // A consumer may be about to come in the same breath: `Promise.all([stream.result, read(stream)])`.
      queueMicrotask(() => {
        if (this.#consumer === undefined) void this.#claim("result").drain();
      });
    };
    this.#result = result;
  }

  get text(): AsyncIterable<string> {
    return this.#only("text", (event) => (event.type === "text-delta" ? { value: event.text } : undefined));
  }

  get partialOutput(): AsyncIterable<unknown> {
    return this.#only("partialOutput", (event) => (event.type === "partial-output" ? { value: event.value } : undefined));
  }

  get result(): Promise<ChatResult<O>> {
    return this.#result;
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamEvent<O>> {
    return this.#claim("an iteration of its events");
  }

  toReadableStream(): ReadableStream<Uint8Array> {
    const events = this.#claim("toReadableStream");
    const encoder = new TextEncoder();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const step = await events.next();
            if (step.done) controller.close();
            else controller.enqueue(encoder.encode(`data: ${JSON.stringify(forTheWire(step.value))}\n\n`));
          } catch (error) {
            controller.enqueue(encoder.encode(`event: error\ndata: ${JSON.stringify(errorForTheWire(error))}\n\n`));
            controller.close();
          }
        },
        async cancel() {
          await events.return();
        },
      },
      { highWaterMark: 0 },
    );
  }

  toResponse(init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "text/event-stream; charset=utf-8");
    if (!headers.has("cache-control")) headers.set("cache-control", "no-cache");
    return new Response(this.toReadableStream(), { ...init, headers });
  }

  #claim(name: string): EventIterator<O> {
    if (this.#consumer !== undefined) {
      const message = `is consumed already, by ${this.#consumer}: a stream has one consumer. Read result beside it, or call stream() again`;
      throw new ConfigurationError([{ option: "stream", message }]);
    }
    this.#consumer = name;
    return new EventIterator(this.#start, this.#settle, this.#cancel);
  }

  #only<T>(name: string, pick: (event: StreamEvent<O>) => { value: T } | undefined): AsyncIterable<T> {
    const claim = () => this.#claim(name);
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

/** Flattens the batches. Written by hand, for a generator would cost each event two more turns of the microtask queue. */
class EventIterator<O> implements AsyncIterator<StreamEvent<O>, undefined> {
  readonly #start: () => Promise<Batches<O>>;
  #batches: Batches<O> | undefined;
  readonly #settle: Settle<O>;
  readonly #cancel: (reason: unknown) => void;
  #batch: StreamEvent<O>[] = [];
  #position = 0;
  #over = false;
  /** Calls of `next` that have not settled, and the last of them. */
  #waiting = 0;
  #last!: Promise<IteratorResult<StreamEvent<O>, undefined>>;

  constructor(start: () => Promise<Batches<O>>, settle: Settle<O>, cancel: (reason: unknown) => void) {
    this.#start = start;
    this.#settle = settle;
    this.#cancel = cancel;
  }

  next(): Promise<IteratorResult<StreamEvent<O>, undefined>> {
    if (this.#waiting === 0 && this.#position < this.#batch.length)
      return Promise.resolve({ done: false, value: this.#batch[this.#position++] as StreamEvent<O> });
    if (this.#waiting++ === 0) this.#last = this.#advance();
    else {
      // Calls that come before the last one has settled wait for their turn.
      const advance = () => this.#advance();
      this.#last = this.#last.then(advance, advance);
    }
    // Whoever asks ahead may look at what comes of it later.
    this.#last.catch(ignore);
    return this.#last;
  }

  async return(): Promise<IteratorResult<StreamEvent<O>, undefined>> {
    this.#batch = [];
    this.#position = 0;
    if (!this.#over) {
      this.#over = true;
      const reason = new DOMException("The stream was left before its end.", "AbortError");
      this.#settle.reject(reason);
      this.#cancel(reason);
      // The generator may be waiting for the network; the abort ends that wait.
      await this.#batches?.return(undefined as never).catch(() => {});
    }
    return { done: true, value: undefined };
  }

  /** Runs to the end for the result's sake. */
  async drain(): Promise<void> {
    try {
      while (!(await this.next()).done) this.#position = this.#batch.length;
    } catch {
      // The result tells.
    }
  }

  async #advance(): Promise<IteratorResult<StreamEvent<O>, undefined>> {
    try {
      if (this.#position < this.#batch.length) return { done: false, value: this.#batch[this.#position++] as StreamEvent<O> };
      if (this.#over) return { done: true, value: undefined };
      // What has been read is let go of.
      this.#batch = [];
      this.#batches ??= await this.#start();
      if (this.#over) return { done: true, value: undefined };
      const step = await this.#batches.next();
      if (this.#over) return { done: true, value: undefined };
      if (step.done) return this.#end(step.value);
      this.#batch = step.value;
      this.#position = 1;
      // Whoever stops reading at the last event has not left early, so the loop ends before that is told.
      const last = step.value.at(-1);
      if (last?.type === "finish") {
        await this.#batches.next();
        this.#end(last.result);
      }
      return { done: false, value: step.value[0] as StreamEvent<O> };
    } catch (error) {
      if (this.#over) return { done: true, value: undefined };
      this.#over = true;
      this.#settle.reject(error);
      throw error;
    } finally {
      this.#waiting--;
    }
  }

  #end(result: ChatResult<O>): { done: true; value: undefined } {
    this.#over = true;
    this.#settle.resolve(result);
    return { done: true, value: undefined };
  }
}

/** An event as a page may see it: the end without what is for the server alone (headers, raw bodies, the whole conversation). */
function forTheWire<O>(event: StreamEvent<O>): unknown {
  if (event.type !== "finish") return event;
  const { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings } = event.result;
  return {
    type: "finish",
    result: { text, output, reasoning, refusal, citations, finishReason, toolCalls, usage, gateway, warnings },
  };
}

function errorForTheWire(error: unknown): unknown {
  if (!GatewayError.is(error))
    return {
      name: error instanceof Error ? error.name : "Error",
      message: error instanceof Error ? error.message : String(error),
    };
  const { name, message, code, origin, retryable, hint } = error;
  return { name, message, code, origin, retryable, hint };
}
