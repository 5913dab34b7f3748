import { maxTimerMs } from "../abort.ts";
import type { ChatDefaults, TaskDispatcher } from "../options/chat-options.ts";
import type { Message } from "../wire.ts";
import { runTool } from "./run-tool.ts";
import type { RunnableTool } from "./tool.ts";

/** A call of a background task, its arguments checked. */
export interface TaskCall {
  name: string;
  toolCallId: string;
  tool: RunnableTool;
  /** As the schema made them. */
  args: unknown;
  /** As the model wrote them: what a dispatcher gets, for it is JSON, and is checked again where the task runs. */
  given: unknown;
  messages: readonly Message[];
}

export interface StartedTask {
  name: string;
  toolCallId: string;
  /** Resolves with the task's result, or with undefined when it failed or was dispatched; never rejects. */
  done: Promise<unknown>;
}

/** The background tasks of a gateway and of those derived from it. */
export class BackgroundTaskRegistry {
  readonly #running = new Set<Promise<unknown>>();
  /** The tasks' own: they outlive the chat that started them. */
  readonly #controller = new AbortController();

  start(
    { name, toolCallId, tool, args, given, messages }: TaskCall,
    options: {
      dispatcher: TaskDispatcher | undefined;
      waitUntil: ((promise: Promise<unknown>) => void) | undefined;
      onError: ChatDefaults["onBackgroundTaskError"];
    },
  ): StartedTask {
    const { dispatcher, waitUntil, onError } = options;
    const run = async () => {
      // The next task of the event loop: a synchronous one must not hold up the answer that is being delivered.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (dispatcher) return dispatcher.dispatch(name, given, { toolCallId });
      return runTool(tool, args, { signal: this.#controller.signal, toolCallId, messages }, tool.timeout);
    };
    const failed = (error: unknown) => report({ name, toolCallId, error }, onError);
    const done = run().catch(failed);
    this.#running.add(done);
    void done.then(() => this.#running.delete(done));
    try {
      waitUntil?.(done);
    } catch (error) {
      // The task runs all the same, for as long as the platform lets it.
      void failed(error);
    }
    return { name, toolCallId, done };
  }

  /** Resolves when every task started so far has ended, or when the time is up. */
  async settled(timeout?: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = Promise.all(this.#running).then(() => {});
    if (timeout === undefined) return ended;
    const up = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(timeout, maxTimerMs));
    });
    await Promise.race([ended, up]);
    clearTimeout(timer);
  }
}

/** Never rejects, whatever the handler does. */
async function report(
  failure: { name: string; toolCallId: string; error: unknown },
  onError: ChatDefaults["onBackgroundTaskError"],
): Promise<undefined> {
  try {
    if (onError) await onError(failure);
    else console.error(`cf-ai-gateway: background task "${failure.name}" failed:`, failure.error);
  } catch (error) {
    console.error("cf-ai-gateway: onBackgroundTaskError threw:", error);
  }
}
