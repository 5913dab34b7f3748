/** Hands over a batch; whoever tells waits until it has been taken. */
export type Tell<T> = (batch: T[]) => Promise<void> | undefined;

/**
 * Runs work that tells what it has found, as a generator of its batches: one generator over plain functions, for each layer of generators
 * would cost every batch some turns of the microtask queue. The work stands still while nobody asks for more; when the generator is left,
 * what it tells next rejects.
 */
export async function* relay<T, R>(work: (tell: Tell<T>) => Promise<R>): AsyncGenerator<T[], R> {
  let batch: T[] | undefined;
  let over = false;
  let wake = () => {};
  let goOn = () => {};
  let giveUp: (reason: unknown) => void = () => {};

  const working = work((given) => {
    batch = given;
    wake();
    return new Promise<void>((resolve, reject) => {
      goOn = resolve;
      giveUp = reject;
    });
  });
  // Nothing told is held longer than it takes to pass it on.
  const take = (): T[] => {
    const taken = batch as T[];
    batch = undefined;
    return taken;
  };
  const ended = () => {
    over = true;
    wake();
  };
  working.then(ended, ended);

  try {
    for (;;) {
      if (batch !== undefined) {
        yield take();
        goOn();
      } else if (over) return await working;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    giveUp(new DOMException("Nobody reads any more.", "AbortError"));
    await working.catch(() => {});
  }
}
