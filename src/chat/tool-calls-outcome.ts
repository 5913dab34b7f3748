import type { ToolCall } from "../tools/tool-call.ts";
import type { ExecutedToolCall } from "../tools/tool-message.ts";
import type { ToolMessage } from "../wire.ts";

/** What became of the calls of a turn. */
export interface ToolCallsOutcome {
  /** The calls as the caller sees them, those of the output tool left out. */
  readonly toolCalls: readonly ToolCall[];
  /** By call id. */
  readonly executed: ReadonlyMap<string, ExecutedToolCall>;
  /** One for each call that is not left to the caller, in order. */
  readonly messages: readonly ToolMessage[];
  /** Calls that the caller has to answer or to approve. */
  readonly clientToolCalls: readonly ToolCall[];
  /** No turn was left for the model to read the results in. */
  readonly outOfTurns: boolean;
  /** Whether the model is to be asked again, with the results. */
  readonly shouldContinue: boolean;
}

export const noToolCalls: ToolCallsOutcome = {
  toolCalls: [],
  executed: new Map(),
  messages: [],
  clientToolCalls: [],
  outOfTurns: false,
  shouldContinue: false,
};
