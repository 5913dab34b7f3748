import type { Emit, StreamEvent } from "./stream-event.ts";

type Step<O> = IteratorResult<StreamEvent<O>, undefined>;

interface PendingNext<O> {
  resolve: (step: Step<O>) => void;
  reject: (error: unknown) => void;
}

export interface EventSource {
  /** Runs the chat; called once, by the first `next()`. Settles when the chat has released all its resources. */
  run(emit: Emit): Promise<unknown>;
  /** Called when the consumer stops before the end. */
  cancel(): void;
}

/**
 * Yields the events of a chat one by one. The chat waits until its last batch has been read, so a slow consumer slows down the server.
 * Written by hand because a generator would cost two more microtasks per event.
 */
export class EventQueue<O> implements AsyncIterator<StreamEvent<O>, undefined> {
  readonly #source: EventSource;
  #running: Promise<void> | undefined;
  #batch: readonly StreamEvent<O>[] = [];
  #position = 0;
  #ended = false;
  /** Pending `next()` calls, oldest first. */
  #pending: PendingNext<O>[] = [];
  /** Resolves when the last batch has been read; the chat waits for it. */
  #read: Promise<void> | undefined;
  #resume: (() => void) | undefined;
  /** The chat has been aborted and no longer waits for the consumer. */
  #released = false;
  /** The error of a chat that failed while no consumer was waiting. */
  #failure: { error: unknown } | undefined;

  constructor(source: EventSource) {
    this.#source = source;
  }

  next(): Promise<Step<O>> {
    if (this.#position < this.#batch.length) return Promise.resolve(this.#takeEvent());
    this.#batch = [];
    if (this.#failure) {
      const { error } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const step = new Promise<Step<O>>((resolve, reject) => {
      if (this.#pending.length === 0) this.#pending = [{ resolve, reject }];
      else this.#pending.push({ resolve, reject });
    });
    // A consumer that prefetches may handle the rejection later.
    step.catch(ignore);
    this.#wake();
    this.#running ??= this.#source
      .run((events) => this.#push(events as StreamEvent<O>[]))
      .then(
        () => this.#end(),
        (error: unknown) => this.#fail(error),
      );
    return step;
  }

  /** Lets an aborted chat end even though its last batch has not been read. */
  release(): void {
    this.#released = true;
    this.#wake();
  }

  async return(): Promise<Step<O>> {
    this.#batch = [];
    this.#failure = undefined;
    if (!this.#ended) {
      this.#end();
      this.#source.cancel();
      this.#wake();
      await this.#running;
    }
    return { done: true, value: undefined };
  }

  #takeEvent(): Step<O> {
    return { done: false, value: this.#batch[this.#position++] as StreamEvent<O> };
  }

  #push(events: readonly StreamEvent<O>[]): Promise<void> | undefined {
    if (this.#ended || events.length === 0) return undefined;
    // Tools may emit progress while an earlier batch has not been read.
    this.#batch = this.#position < this.#batch.length ? [...this.#batch.slice(this.#position), ...events] : events;
    this.#position = 0;
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      next.resolve(this.#takeEvent());
      if (this.#position === this.#batch.length) break;
    }
    // A consumer that stops at `finish` has not stopped early, and the chat need not wait for it.
    if (events.at(-1)?.type === "finish") this.#end();
    if (this.#ended || this.#released || this.#pending.length > 0) return undefined;
    this.#read ??= new Promise((resolve) => {
      this.#resume = resolve;
    });
    return this.#read;
  }

  #wake(): void {
    this.#resume?.();
    this.#resume = undefined;
    this.#read = undefined;
  }

  #end(): void {
    this.#ended = true;
    for (const { resolve } of this.#pending.splice(0)) resolve({ done: true, value: undefined });
  }

  #fail(error: unknown): void {
    const waiting = this.#pending.shift();
    if (waiting) waiting.reject(error);
    else if (!this.#ended) this.#failure = { error };
    this.#end();
  }
}

const ignore = () => {};
