import type { SchemaValidator } from "../schema.ts";
import type { Message } from "../wire.ts";
import type { ToolCall } from "./tool-call.ts";
import type { Tool, ToolCallHook, ToolContext } from "./tool-types.ts";

/** What tools run with, the same for all calls of a turn. */
export interface ToolEnvironment {
  readonly tools: Readonly<Record<string, Tool>>;
  readonly validator: SchemaValidator | undefined;
  readonly messages: readonly Message[];
  /** Counted from 0. */
  readonly turn: number;
  readonly signal: AbortSignal;
  readonly toolTimeout: number | undefined;
  readonly onToolCall: ToolCallHook | undefined;
  /** Emits a value as progress of a call. The promise resolves when the reader has taken it. */
  readonly onProgress?: ((call: ToolCall, value: unknown) => Promise<void> | undefined) | undefined;
}

/** Progress that is reported when the `run` has ended is dropped. */
export function createToolContext(
  call: ToolCall,
  { signal, messages, turn, onProgress }: ToolEnvironment,
  run: { readonly isRunning: boolean } = { isRunning: true },
): ToolContext {
  const progress = (value: unknown) => (run.isRunning ? onProgress?.(call, value) : undefined);
  return { signal, toolCallId: call.id, messages, turn, progress };
}
