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
