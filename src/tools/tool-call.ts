/** A tool call by the model. */
export interface ToolCall {
  /** Links the call to its result; unique within the conversation. */
  id: string;
  /** The tool's name as sent by the model. */
  name: string;
  /** The parsed arguments before validation; the raw text if it is not JSON. */
  args: unknown;
  /** The raw text of the arguments. */
  argsText: string;
  /** Whether it calls a background task. */
  background: boolean;
  /** The call waits for a decision in the option `approvals`. */
  needsApproval?: boolean;
}

/** The result of a tool call. */
export interface ToolResult {
  /** The id of the call. */
  toolCallId: string;
  /** The tool's name. */
  name: string;
  /** The arguments passed to the tool, with the schema's defaults and transforms applied; the model's own if it did not run. */
  args: unknown;
  /** The tool's return value or, with `isError`, a message that tells the model what to correct. */
  result: unknown;
  /** Whether the tool failed, or did not run. */
  isError: boolean;
  /** The call was denied: see the option `approvals`. */
  denied?: boolean;
  /** Milliseconds from the call to its result. */
  durationMs: number;
  /** Whether the call started a background task; `result` then says so. */
  background: boolean;
}
