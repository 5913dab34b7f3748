import type { SchemaValidator } from "../schema.ts";
import type { Message } from "../wire.ts";
import type { ToolCall } from "./tool-call.ts";
import type { Tool, ToolCallHook, ToolContext } from "./tool-types.ts";

/** The environment of a turn's tool calls. */
export interface ToolEnvironment {
  readonly tools: Readonly<Record<string, Tool>>;
  readonly validator: SchemaValidator | undefined;
  readonly messages: readonly Message[];
  /** Index of the turn, starting at 0. */
  readonly turn: number;
  readonly signal: AbortSignal;
  readonly toolTimeout: number | undefined;
  readonly onToolCall: ToolCallHook | undefined;
  /** Emits progress of a call. The promise resolves when the consumer has read it. */
  readonly onProgress?: ((call: ToolCall, value: unknown) => Promise<void> | undefined) | undefined;
}

/** Drops progress that is reported after the `run` has ended. */
export function createToolContext(
  call: ToolCall,
  { signal, messages, turn, onProgress }: ToolEnvironment,
  run: { readonly isRunning: boolean } = { isRunning: true },
): ToolContext {
  const progress = (value: unknown) => (run.isRunning ? onProgress?.(call, value) : undefined);
  return { signal, toolCallId: call.id, messages, turn, progress };
}
