import type { Schema } from "../schema.ts";
import type { Message } from "../wire.ts";

/** What the model may call; made by `tool()`, whose definition describes each field. */
export interface Tool {
  readonly description?: string | undefined;
  readonly parameters: Schema;
  readonly validate?: boolean | undefined;
  // A method, because TypeScript compares their parameters loosely: a tool written by hand may name the type of its arguments.
  execute?(args: unknown, context: ToolContext): unknown;
  readonly timeout?: number | undefined;
  readonly needsApproval?: boolean | ((args: unknown, context: ToolContext) => boolean | Promise<boolean>) | undefined;
  readonly wire?: object | undefined;
}

/** What a tool gets besides its arguments. */
export interface ToolContext {
  /** Aborts with the chat or on the tool's time-out. A background task outlives the chat: its signal belongs to the gateway. */
  signal: AbortSignal;
  /** The id of the call in the conversation. */
  toolCallId: string;
  /** The conversation up to and including the message that made the call. */
  messages: readonly Message[];
  /** The turn that made the call, counted from 0. Calls that waited for approval run before turn 0. */
  turn: number;
  /** Emits a `tool-progress` event. Without effect in `chat()`, in background tasks, and once the tool has ended. */
  progress(value: unknown): void;
}

/** A call that the model made. */
export interface ToolCall {
  id: string;
  name: string;
  /** The parsed arguments, as the model gave them; the text when it is not JSON. They are validated before the tool runs. */
  args: unknown;
  /** The arguments exactly as the model wrote them. */
  argsText: string;
  /** Whether it names a background task. */
  background: boolean;
  /** The call waits for a verdict in the option `approvals`. */
  needsApproval?: boolean;
}

/** What came of a call. */
export interface ToolResult {
  toolCallId: string;
  name: string;
  /** The arguments that the tool received, with the schema's defaults and transforms applied; as the model wrote them where it did not run. */
  args: unknown;
  /** What the tool returned or, with `isError`, the message that tells the model what to correct. */
  result: unknown;
  isError: boolean;
  durationMs: number;
  background: boolean;
}

/** Background tasks that a queue (or another process) runs. */
export interface BackgroundTasks {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher;
}

export interface TaskDispatcher {
  /**
   * Takes a task over. Resolves when it is safely stored; a rejection goes to `onBackgroundTaskError`. `args` are JSON: they have been
   * validated, but are as the model wrote them, so whoever runs the task must validate and transform them again (`runTask` does).
   */
  dispatch(name: string, args: unknown, context: { toolCallId: string }): Promise<void>;
}
