import type { ChatDefaults, TaskDispatcher } from "../options.ts";
import type { Message } from "../wire.ts";
import type { RunnableTool } from "./tool.ts";

export interface StartedTask {
  name: string;
  toolCallId: string;
  /** Resolves with the task's result, or with undefined when it failed; never rejects. */
  done: Promise<unknown>;
}

/** The background tasks of a gateway and of those derived from it. */
export class BackgroundTaskRegistry {
  readonly #running = new Set<Promise<unknown>>();
  /** The tasks' own: they outlive the chat that started them. */
  readonly #controller = new AbortController();

  start(
    task: { name: string; toolCallId: string; args: unknown; tool: RunnableTool; messages: readonly Message[] },
    options: {
      dispatcher: TaskDispatcher | undefined;
      waitUntil: ((promise: Promise<unknown>) => void) | undefined;
      onError: ChatDefaults["onBackgroundTaskError"];
    },
  ): StartedTask {
    const { name, toolCallId, args, tool, messages } = task;
    const { dispatcher, waitUntil, onError } = options;
    const run = async () => {
      // The next task of the event loop: a synchronous one must not hold up the answer that is being delivered.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (dispatcher) return dispatcher.dispatch(name, args, { toolCallId });
      return tool.execute?.(args, { signal: this.#controller.signal, toolCallId, messages });
    };
    const done = run().catch((error: unknown) => report({ name, toolCallId, error }, onError));
    this.#running.add(done);
    void done.then(() => this.#running.delete(done));
    waitUntil?.(done);
    return { name, toolCallId, done };
  }

  /** Resolves when every task started so far has ended, or when the time is up. */
  async settled(timeout?: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = Promise.all(this.#running).then(() => {});
    if (timeout === undefined) return ended;
    const up = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(timeout, 2 ** 31 - 1));
    });
    await Promise.race([ended, up]);
    clearTimeout(timer);
  }
}

function report(
  failure: { name: string; toolCallId: string; error: unknown },
  onError: ChatDefaults["onBackgroundTaskError"],
): undefined {
  try {
    if (onError) onError(failure);
    else console.error(`cf-ai-gateway: background task "${failure.name}" failed:`, failure.error);
  } catch (error) {
    console.error("cf-ai-gateway: onBackgroundTaskError threw:", error);
  }
}
