import type { ToolMessage } from "../wire.ts";
import { type ReturnedContent, readContent } from "./content-parts.ts";
import { toPlainJson, UnsupportedValueError } from "./plain-json.ts";
import type { ToolResult } from "./tool-call.ts";

/** A call that is done: what the caller sees of it, and what the model reads. */
export interface ExecutedToolCall {
  readonly result: ToolResult;
  readonly message: ToolMessage;
}

/** The message that answers a call. */
export function toolMessage(toolCallId: string, content: ToolMessage["content"]): ToolMessage {
  return { role: "tool", tool_call_id: toolCallId, content };
}

/**
 * What the model reads of a result: strings and content parts as they are, anything else as JSON.
 *
 * @throws UnsupportedValueError for what JSON cannot carry, such as a Response, a stream or a function
 */
export function toToolContent(result: unknown): ReturnedContent {
  if (typeof result === "string") return text(result);
  if (result === undefined) return text("Completed with no return value.");
  if (typeof result === "function" || typeof result === "symbol")
    throw new UnsupportedValueError(`a ${typeof result}. Return a value that JSON can express`);
  const plain = toPlainJson(result);
  // The message of a returned error goes in as it is, without the quotes of JSON.
  if (typeof plain === "string" && isError(result)) return text(plain);
  return readContent(plain) ?? text(JSON.stringify(plain) ?? "Completed with no return value.");
}

const text = (content: string): ReturnedContent => ({ content, isError: false });

/** A revoked proxy throws even when it is asked what it is. */
function isError(value: unknown): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}
