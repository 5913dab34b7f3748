/** Runs so many at a time, in order of the jobs; yields each result as it comes. */
export async function* runAll<T>(
  jobs: readonly (() => Promise<T>)[],
  concurrency: number,
): AsyncGenerator<{ index: number; value: T }, void> {
  const running = new Map<number, Promise<{ index: number; value: T }>>();
  let next = 0;
  while (next < jobs.length || running.size > 0) {
    while (next < jobs.length && running.size < concurrency) {
      const index = next++;
      const job = (jobs[index] as () => Promise<T>)().then((value) => ({ index, value }));
      // When one rejects (an abort), nobody waits for the others any more.
      job.catch(() => {});
      running.set(index, job);
    }
    const done = await Promise.race(running.values());
    running.delete(done.index);
    yield done;
  }
}
