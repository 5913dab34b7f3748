/**
 * Runs at most `limit` jobs at a time, in their order, and waits for `onResult` after each. Rejects with the first failure, after which no
 * further job starts.
 */
export async function runConcurrently<T>(
  jobs: readonly (() => Promise<T>)[],
  limit: number,
  onResult: (value: T) => Promise<void> | undefined,
): Promise<void> {
  const waiting = jobs.values();
  let failed = false;
  const work = async () => {
    for (const job of waiting) {
      try {
        await onResult(await job());
      } catch (error) {
        failed = true;
        throw error;
      }
      if (failed) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, jobs.length) }, work));
}
