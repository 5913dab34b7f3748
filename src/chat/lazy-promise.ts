/**
 * A promise whose work starts when it is awaited, not when it is created, so that reading `stream.result` sends nothing. It subclasses
 * `Promise` because a plain thenable is not accepted everywhere.
 */
export class LazyPromise<T> extends Promise<T> {
  /** Makes `then` return an ordinary promise. */
  static override get [Symbol.species]() {
    return Promise;
  }

  /** Called when the promise is first awaited. */
  onAwait: (() => void) | undefined;

  // biome-ignore lint/suspicious/noThenProperty: awaiting is what starts the work.
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const { onAwait } = this;
    this.onAwait = undefined;
    onAwait?.();
    return super.then(onFulfilled, onRejected);
  }

  /** Marks a rejection as handled. Does not start the work. */
  allowUnhandled(): void {
    super.then(undefined, () => {});
  }
}
