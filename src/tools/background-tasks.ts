import { abortable, maxTimerMs } from "../abort.ts";
import type { ChatDefaults } from "../options/chat-options.ts";
import type { Message } from "../wire.ts";
import { runTool } from "./run-tool.ts";
import type { TaskDispatcher, Tool } from "./tool-types.ts";

/** A call of a background task, with valid arguments. */
export interface TaskCall {
  name: string;
  toolCallId: string;
  tool: Tool;
  /** The arguments with the schema's defaults and transforms applied. */
  args: unknown;
  /** The model's own arguments. A dispatcher receives these, since they are JSON and are validated again where the task runs. */
  given: unknown;
  messages: readonly Message[];
  turn: number;
}

export interface StartedTask {
  name: string;
  toolCallId: string;
  /** Resolves with the task's result, or with undefined if it failed, was dispatched, or was abandoned by `settled`; never rejects. */
  done: Promise<unknown>;
}

interface StartOptions {
  dispatcher: TaskDispatcher | undefined;
  waitUntil: ((promise: Promise<unknown>) => void) | undefined;
  onError: ChatDefaults["onBackgroundTaskError"];
}

interface OpenTask {
  /** Resolves when the task has ended, whether or not it succeeded. */
  readonly ended: Promise<unknown>;
  /** Resolves `done` and reports the failure, even though the task may still be running. */
  abandon(error: Error, abort: boolean): void;
}

/** The background tasks of a gateway and of those derived from it. They outlive the chats that start them. */
export class BackgroundTaskRegistry {
  readonly #open = new Set<OpenTask>();

  start(call: TaskCall, { dispatcher, waitUntil, onError }: StartOptions): StartedTask {
    const { name, toolCallId } = call;
    const controller = new AbortController();
    let isAbandoned = false;
    const fail = (error: unknown) => (isAbandoned ? undefined : report({ name, toolCallId, error }, onError));
    const ended = runTask(call, dispatcher, controller.signal).catch(fail);
    let resolveDone: (value: unknown) => void = () => {};
    const done = new Promise((resolve) => {
      resolveDone = resolve;
    });
    const task: OpenTask = {
      ended,
      abandon(error, abort) {
        void fail(error);
        isAbandoned = true;
        resolveDone(undefined);
        if (abort) controller.abort(error);
      },
    };
    this.#open.add(task);
    void ended.then((value) => {
      this.#open.delete(task);
      resolveDone(value);
    });
    // If it throws or rejects, the task still runs, for as long as the platform allows.
    if (waitUntil) void (async () => waitUntil(ended))().catch(fail);
    return { name, toolCallId, done };
  }

  /**
   * Resolves when every task started so far has ended, or after `timeout` milliseconds. Tasks still open are then abandoned: `done` resolves
   * with undefined and `onBackgroundTaskError` is called; with `abort`, their signals abort too. Never rejects.
   */
  async settled({ timeout, abort = false }: { timeout?: number | undefined; abort?: boolean | undefined } = {}): Promise<void> {
    const tasks = [...this.#open];
    const ended = Promise.all(tasks.map((task) => task.ended));
    if (timeout === undefined) {
      await ended;
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timedOut = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(timeout, maxTimerMs));
    });
    await Promise.race([ended, timedOut]);
    clearTimeout(timer);
    const error = new Error(`the background task did not end within ${timeout} ms`);
    for (const task of tasks) if (this.#open.has(task)) task.abandon(error, abort);
  }
}

async function runTask(
  { name, toolCallId, tool, args, given, messages, turn }: TaskCall,
  dispatcher: TaskDispatcher | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  // Deferred to a later task of the event loop, so that a synchronous tool doesn't delay the answer.
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal.throwIfAborted();
  if (dispatcher) return abortable(Promise.resolve(dispatcher.dispatch(name, given, { toolCallId })), signal);
  return runTool(tool, args, { signal, toolCallId, messages, turn, progress() {} }, tool.timeout);
}

/** Never rejects, even if the handler throws. */
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
