import type { Schema } from "../schema.ts";
import type { Message } from "../wire.ts";
import type { ToolCall } from "./tool-call.ts";

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

/** Called before a tool runs; a returned result replaces the execution. @inline */
export type ToolCallHook = (call: ToolCall) => { result: unknown } | void | Promise<{ result: unknown } | void>;

/** Background tasks that a queue (or another process) runs. */
export interface BackgroundTasks {
  /** The tasks by name, as in `tools`. Their `execute` may be left out here. */
  tasks: Record<string, Tool>;
  /** Takes each call over. */
  dispatcher: TaskDispatcher;
}

/** Hands background tasks to another runner: a queue, another process. See `queueDispatcher` of `cf-ai-gateway/queues`. */
export interface TaskDispatcher {
  /**
   * Takes a task over. Resolves when it is safely stored; a rejection goes to `onBackgroundTaskError`. `args` are JSON: they have been
   * validated, but are as the model wrote them, so the runner must validate and transform them again (`runTask` does).
   */
  dispatch(name: string, args: unknown, context: { toolCallId: string }): Promise<void>;
}
