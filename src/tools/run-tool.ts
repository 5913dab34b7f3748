import { abortable, maxTimerMs, whenAborted } from "../abort.ts";
import type { Tool, ToolContext } from "./tool-types.ts";

/**
 * Runs a tool for at most `limit` milliseconds. An abort or the timeout rejects immediately, even if the tool ignores its signal. The
 * result of a synchronous tool is returned without a promise.
 */
export function runTool(tool: Tool, args: unknown, context: ToolContext, limit: number | undefined): unknown {
  if (limit === undefined || limit > maxTimerMs) return settle(tool.execute?.(args, context), context);
  const controller = new AbortController();
  const limited = { ...context, signal: controller.signal };
  const unsubscribe = whenAborted(context.signal, () => controller.abort(context.signal.reason));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = () => {
    clearTimeout(timer);
    unsubscribe();
  };
  try {
    const result = settle(tool.execute?.(args, limited), limited);
    if (!(result instanceof Promise)) {
      release();
      return result;
    }
    timer = setTimeout(() => controller.abort(new Error(`it took longer than ${limit} ms`)), limit);
    return result.finally(release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Waits for a promise, or runs a generator to its end, until the signal aborts. */
function settle(returned: unknown, context: ToolContext): unknown {
  if (isGenerator(returned)) return runGenerator(returned, context);
  if (!isThenable(returned)) return returned;
  const { signal } = context;
  return abortable(Promise.resolve(returned), signal).then((value) =>
    isGenerator(value) ? runGenerator(value, context) : value,
  );
}

type AnyGenerator = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;

/** Yielded values are progress; the result is the return value, or else the last yielded value. */
async function runGenerator(generator: AnyGenerator, { signal, progress }: ToolContext): Promise<unknown> {
  let last: unknown;
  try {
    for (;;) {
      const step = await abortable(Promise.resolve(generator.next()), signal);
      if (step.done) return step.value === undefined ? last : step.value;
      last = step.value;
      // Waits for the consumer, if there is one, so that the generator doesn't outpace it.
      const taken: unknown = progress(last);
      if (taken instanceof Promise) await abortable(taken, signal);
    }
  } catch (error) {
    close(generator);
    throw error;
  }
}

/** Lets the generator run its `finally` blocks, without waiting for it: it may be blocked forever. */
function close(generator: AnyGenerator): void {
  const ignore = () => {};
  try {
    Promise.resolve(generator.return(undefined)).catch(ignore);
  } catch {
    // A synchronous generator may throw in `finally`; the tool has already failed.
  }
}

function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== "object" || value === null || !("next" in value && "return" in value && "throw" in value)) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
