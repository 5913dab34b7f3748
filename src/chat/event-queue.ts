import type { Emit, StreamEvent } from "./stream-event.ts";

type Step<O> = IteratorResult<StreamEvent<O>, undefined>;

/** A pending `next()` call. */
interface PendingNext<O> {
  readonly step: Promise<Step<O>>;
  readonly resolve: (step: Step<O>) => void;
  readonly reject: (error: unknown) => void;
  /** The next newer call. A linked list costs less than an array, since rarely more than one call is pending. */
  following: PendingNext<O> | undefined;
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
  #batch: readonly StreamEvent<O>[] = none;
  #position = 0;
  #ended = false;
  /** Pending `next()` calls: the oldest and the newest. */
  #pending: PendingNext<O> | undefined;
  #lastPending: PendingNext<O> | undefined;
  /** Resolves when the last batch has been read; the chat waits for it. */
  #read: Promise<void> | undefined;
  #resume: (() => void) | undefined;
  // What the latest promise was created with. One executor for all of them saves a closure per event.
  #resolveStep: (step: Step<O>) => void = ignore;
  #rejectStep: (error: unknown) => void = ignore;
  readonly #keepStep = (resolve: (step: Step<O>) => void, reject: (error: unknown) => void) => {
    this.#resolveStep = resolve;
    this.#rejectStep = reject;
  };
  readonly #keepResume = (resolve: () => void) => {
    this.#resume = resolve;
  };
  /** The chat has been aborted and no longer waits for the consumer. */
  released = false;
  /** The error of a chat that failed while no consumer was waiting. */
  #failure: { error: unknown } | undefined;

  constructor(source: EventSource) {
    this.#source = source;
  }

  next(): Promise<Step<O>> {
    if (this.#position < this.#batch.length) return Promise.resolve(this.#takeEvent());
    this.#batch = none;
    if (this.#failure) {
      const { error } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const step = new Promise(this.#keepStep);
    const pending: PendingNext<O> = { step, resolve: this.#resolveStep, reject: this.#rejectStep, following: undefined };
    if (this.#pending && this.#lastPending) this.#lastPending.following = pending;
    else this.#pending = pending;
    this.#lastPending = pending;
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
    this.released = true;
    this.#wake();
  }

  async return(): Promise<Step<O>> {
    this.#batch = none;
    this.#failure = undefined;
    if (!this.#ended) {
      this.#end();
      this.#source.cancel();
      this.#wake();
      await this.#running;
    }
    return { done: true, value: undefined };
  }

  #takePending(): PendingNext<O> | undefined {
    const pending = this.#pending;
    this.#pending = pending?.following;
    return pending;
  }

  #takeEvent(): Step<O> {
    return { done: false, value: this.#batch[this.#position++] as StreamEvent<O> };
  }

  #push(events: readonly StreamEvent<O>[]): Promise<void> | undefined {
    if (this.#ended || events.length === 0) return undefined;
    // Tools may emit progress while an earlier batch has not been read.
    this.#batch = this.#position < this.#batch.length ? [...this.#batch.slice(this.#position), ...events] : events;
    this.#position = 0;
    while (this.#pending && this.#position < this.#batch.length) this.#takePending()?.resolve(this.#takeEvent());
    // A consumer that stops at `finish` has not stopped early, and the chat need not wait for it.
    if (events.at(-1)?.type === "finish") this.#end();
    if (this.#ended || this.released || this.#pending) return undefined;
    this.#read ??= new Promise(this.#keepResume);
    return this.#read;
  }

  #wake(): void {
    this.#resume?.();
    this.#resume = undefined;
    this.#read = undefined;
  }

  #end(): void {
    this.#ended = true;
    while (this.#pending) this.#takePending()?.resolve({ done: true, value: undefined });
  }

  #fail(error: unknown): void {
    const waiting = this.#takePending();
    if (waiting) {
      // A consumer that prefetches may handle the rejection later.
      waiting.step.catch(ignore);
      waiting.reject(error);
    } else if (!this.#ended) this.#failure = { error };
    this.#end();
  }
}

const ignore = () => {};
const none: readonly never[] = [];
