/** Hands over a batch; whoever tells waits until it has been taken. */
export type Tell<T> = (batch: T[]) => Promise<void> | undefined;

/**
 * Runs work that tells what it has found, as a generator of its batches: one generator over plain functions, for each layer of generators
 * would cost every batch some turns of the microtask queue. `dress` makes of each batch what is handed on, and at the end of an empty one.
 * The work stands still while nobody asks for more; when the generator is left, what it is telling rejects.
 */
export async function* relay<T, U, R>(work: (tell: Tell<T>) => Promise<R>, dress: (batch: T[]) => U[]): AsyncGenerator<U[], R> {
  let batch: U[] = [];
  let over = false;
  let wake = () => {};
  /** Whoever waits for the batch to be taken. */
  let telling: { resolve: () => void; reject: (reason: unknown) => void } | undefined;
  // Nothing told is held longer than it takes to pass it on.
  const take = () => {
    const taken = batch;
    batch = [];
    return taken;
  };
  const ended = () => {
    over = true;
    wake();
  };

  const working = work((told) => {
    batch = dress(told);
    if (batch.length === 0) return undefined;
    wake();
    return new Promise<void>((resolve, reject) => {
      telling = { resolve, reject };
    });
  });
  working.then(ended, ended);

  try {
    for (;;) {
      if (batch.length > 0) {
        yield take();
        telling?.resolve();
        telling = undefined;
      } else if (over) {
        const result = await working;
        batch = dress([]);
        if (batch.length > 0) yield take();
        return result;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    telling?.reject(new DOMException("Nobody reads any more.", "AbortError"));
    await working.catch(() => {});
  }
}
