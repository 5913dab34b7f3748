import { type Check, type CheckResult, type DoctorContext, fail, skip } from "./check.ts";

/** Runs all checks concurrently, and yields their results in order as they become available. */
export async function* runChecks(checks: readonly Check[], context: DoctorContext): AsyncGenerator<CheckResult> {
  const results = checks.map((check) => runCheck(check, context));
  for (const result of results) yield await result;
}

/** Never rejects: a check that throws has failed. */
async function runCheck(check: Check, context: DoctorContext): Promise<CheckResult> {
  const { id, title } = check;
  const started = performance.now();
  const duration = () => Math.round(performance.now() - started);
  try {
    const finding = check.isLive && !context.isLive ? skip("makes calls that cost: add --live") : check.run(context);
    // A synchronous check is timed before other checks run.
    if (!(finding instanceof Promise)) return { id, title, ...finding, durationMs: duration() };
    return { id, title, ...(await finding), durationMs: duration() };
  } catch (error) {
    const detail = `the check itself failed: ${error instanceof Error ? error.message : String(error)}`;
    return { id, title, ...fail(detail, "Please report this with the output of --report."), durationMs: duration() };
  }
}
