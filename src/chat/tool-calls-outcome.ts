import type { ToolCall } from "../tools/tool-call.ts";
import type { ExecutedToolCall } from "../tools/tool-message.ts";
import type { ToolMessage } from "../wire.ts";

/** The outcome of a turn's tool calls. */
export interface ToolCallsOutcome {
  /** The calls as the caller sees them, without those of the output tool. */
  readonly toolCalls: readonly ToolCall[];
  /** Executed calls by id. */
  readonly executed: ReadonlyMap<string, ExecutedToolCall>;
  /** One message for each call that is not for the caller, in order. */
  readonly messages: readonly ToolMessage[];
  /** Calls that the caller must answer or approve. */
  readonly clientToolCalls: readonly ToolCall[];
  /** No turn was left to send the results in. */
  readonly reachedTurnLimit: boolean;
  /** Whether another turn follows, with the results. */
  readonly shouldContinue: boolean;
}

export const noToolCalls: ToolCallsOutcome = {
  toolCalls: [],
  executed: new Map(),
  messages: [],
  clientToolCalls: [],
  reachedTurnLimit: false,
  shouldContinue: false,
};
