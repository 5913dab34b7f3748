import type { ToolMessage } from "../wire.ts";
import { type ReturnedContent, readContent } from "./content-parts.ts";
import { toPlainJson, UnsupportedValueError } from "./plain-json.ts";
import type { ToolResult } from "./tool-call.ts";

/** A finished call: the result for the caller, and the message for the model. */
export interface ExecutedToolCall {
  readonly result: ToolResult;
  readonly message: ToolMessage;
}

/** The message with the result of a call. */
export function toolMessage(toolCallId: string, content: ToolMessage["content"]): ToolMessage {
  return { role: "tool", tool_call_id: toolCallId, content };
}

/**
 * Converts a result to the content of a tool message: strings and content parts unchanged, anything else as JSON.
 *
 * @throws UnsupportedValueError for a value that JSON can't represent, such as a Response, a stream or a function
 */
export function toToolContent(result: unknown): ReturnedContent {
  if (typeof result === "string") return text(result);
  if (result === undefined) return text("Completed with no return value.");
  if (typeof result === "function" || typeof result === "symbol")
    throw new UnsupportedValueError(`a ${typeof result}. Return a value that JSON can represent`);
  const plain = toPlainJson(result);
  // The message of a returned error is sent unquoted.
  if (typeof plain === "string" && isError(result)) return text(plain);
  return readContent(plain) ?? text(JSON.stringify(plain) ?? "Completed with no return value.");
}

const text = (content: string): ReturnedContent => ({ content, isError: false });

/** `instanceof` throws for a revoked Proxy. */
function isError(value: unknown): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}
