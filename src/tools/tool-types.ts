import type { Schema } from "../schema.ts";
import type { Message } from "../wire.ts";
import type { ToolCall } from "./tool-call.ts";

/** A tool, created by `tool()`. `ToolDefinition` describes each field. */
export interface Tool {
  /** See `ToolDefinition.description`. */
  readonly description?: string | undefined;
  /** See `ToolDefinition.parameters`. */
  readonly parameters: Schema;
  /** See `ToolDefinition.validate`. */
  readonly validate?: boolean | undefined;
  /** See `ToolDefinition.execute`. */
  // A method, because method parameters are bivariant: a tool written without `tool()` may declare the type of its arguments.
  execute?(args: unknown, context: ToolContext): unknown;
  /** See `ToolDefinition.timeout`. */
  readonly timeout?: number | undefined;
  /** See `ToolDefinition.needsApproval`. */
  readonly needsApproval?: boolean | ((args: unknown, context: ToolContext) => boolean | Promise<boolean>) | undefined;
  /** See `ToolDefinition.wire`. */
  readonly wire?: object | undefined;
}

/** The second argument of `execute`. */
export interface ToolContext {
  /** Aborts with the chat or on the tool's timeout. A background task outlives the chat, so its signal is the gateway's. */
  signal: AbortSignal;
  /** The id of the tool call. */
  toolCallId: string;
  /** The conversation up to and including the message with the call. */
  messages: readonly Message[];
  /** Index of the turn with the call, starting at 0. Calls that waited for approval run before turn 0. */
  turn: number;
  /** Emits a `tool-progress` event. Has no effect in `chat()`, in background tasks, and after the tool has ended. */
  progress(value: unknown): void;
}

/** Called before a tool runs; a returned result replaces the execution. @inline */
export type ToolCallHook = (call: ToolCall) => { result: unknown } | void | Promise<{ result: unknown } | void>;

/** Background tasks that a queue (or another process) runs. */
export interface BackgroundTasks {
  /** The tasks by name, as in `tools`. `execute` may be omitted here. */
  tasks: Record<string, Tool>;
  /** Receives each call. */
  dispatcher: TaskDispatcher;
}

/** Passes background tasks to a queue or another process. See `queueDispatcher` in `cf-ai-gateway/queues`. */
export interface TaskDispatcher {
  /**
   * Accepts a task. Resolves when it is safely stored; a rejection goes to `onBackgroundTaskError`. `args` is JSON. It has been validated
   * but not transformed, so the runner must validate it again (`runTask` does).
   */
  dispatch(name: string, args: unknown, context: { toolCallId: string }): Promise<void>;
}
