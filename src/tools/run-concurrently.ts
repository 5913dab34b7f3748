/**
 * Runs at most `limit` jobs at a time, in order, and waits for `onResult` after each. Rejects with the first failure, after which no other
 * job starts. Synchronous jobs run one after another.
 */
export async function runConcurrently<J, T>(
  jobs: readonly J[],
  run: (job: J) => T | Promise<T>,
  limit: number,
  onResult: (value: T) => Promise<void> | undefined,
): Promise<void> {
  let next = 0;
  let failed = false;
  const work = async () => {
    try {
      while (next < jobs.length && !failed) {
        const running = run(jobs[next++] as J);
        const taken = onResult(running instanceof Promise ? await running : running);
        if (taken) await taken;
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const workers: Promise<void>[] = [];
  while (workers.length < limit && next < jobs.length && !failed) workers.push(work());
  await Promise.all(workers);
}
