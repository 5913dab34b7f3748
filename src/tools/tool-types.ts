import type { Schema } from "../schema.ts";
import type { Message } from "../wire.ts";

/** What the model may call; made by `tool()`, whose definition describes each field. */
export interface Tool {
  /** See `ToolDefinition.description`. */
  readonly description?: string | undefined;
  /** See `ToolDefinition.parameters`. */
  readonly parameters: Schema;
  /** See `ToolDefinition.validate`. */
  readonly validate?: boolean | undefined;
  /** See `ToolDefinition.execute`. */
  // A method, because TypeScript compares their parameters loosely: a tool written by hand may name the type of its arguments.
  execute?(args: unknown, context: ToolContext): unknown;
  /** See `ToolDefinition.timeout`. */
  readonly timeout?: number | undefined;
  /** See `ToolDefinition.needsApproval`. */
  readonly needsApproval?: boolean | ((args: unknown, context: ToolContext) => boolean | Promise<boolean>) | undefined;
  /** See `ToolDefinition.wire`. */
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
  /** Links the call to its result; unique within the conversation. */
  id: string;
  /** The tool's name, as the model wrote it. */
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
  /** The id of the call. */
  toolCallId: string;
  /** The tool's name. */
  name: string;
  /** The arguments that the tool received, with the schema's defaults and transforms applied; as the model wrote them where it did not run. */
  args: unknown;
  /** What the tool returned or, with `isError`, the message that tells the model what to correct. */
  result: unknown;
  /** Whether the tool failed, or did not run. */
  isError: boolean;
  /** A person refused the call: see the option `approvals`. */
  denied?: boolean;
  /** Milliseconds from the call to its result. */
  durationMs: number;
  /** Whether it is a background task's: `result` then says that it was started. */
  background: boolean;
}

/** Background tasks that a queue (or another process) runs. */
export interface BackgroundTasks {
  /** The tasks by name, as in `tools`. Their `execute` may be left out here. */
  tasks: Record<string, Tool>;
  /** Takes each call over. */
  dispatcher: TaskDispatcher;
}

/** Hands background tasks to whoever runs them: a queue, another process. See `queueDispatcher` of `cf-ai-gateway/queues`. */
export interface TaskDispatcher {
  /**
   * Takes a task over. Resolves when it is safely stored; a rejection goes to `onBackgroundTaskError`. `args` are JSON: they have been
   * validated, but are as the model wrote them, so whoever runs the task must validate and transform them again (`runTask` does).
   */
  dispatch(name: string, args: unknown, context: { toolCallId: string }): Promise<void>;
}
