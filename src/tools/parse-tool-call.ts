import { isObject } from "../response/json.ts";
import type { ToolCall } from "./tool-call.ts";

/** A tool call with its arguments parsed but not validated. */
export interface ParsedToolCall extends ToolCall {
  /** Why the arguments are not JSON. Such a call never runs. */
  malformed?: string;
  /** Possible interpretations of the arguments, likeliest first; see `OfferedTools.readings`. */
  readings(): Iterable<unknown>;
  /** The arguments as stored in the conversation, where every API requires a JSON object; `{}` if the model sent none. */
  objectText: string;
}

/** Interprets the arguments of calls; see `OfferedTools`. */
interface ArgumentReadings {
  mostLikely(name: string, args: unknown): unknown;
  readings(name: string, args: unknown): Iterable<unknown>;
}

/** Parses the arguments of a call. Accepts JSON inside a JSON string, and `null` or an empty string for no arguments. */
export function parseToolCall(
  { id, name, argsText }: Pick<ToolCall, "id" | "name" | "argsText">,
  background: boolean,
  tools: ArgumentReadings,
): ParsedToolCall {
  try {
    const { value, text } = parseArguments(argsText);
    return {
      id,
      name,
      argsText,
      background,
      args: tools.mostLikely(name, value),
      readings: () => tools.readings(name, value),
      objectText: isObject(value) ? text : "{}",
    };
  } catch (error) {
    return {
      id,
      name,
      argsText,
      background,
      args: argsText,
      readings: () => [],
      objectText: "{}",
      malformed: error instanceof Error ? error.message : String(error),
    };
  }
}

function parseArguments(text: string): { value: unknown; text: string } {
  if (text.trim() === "") return { value: {}, text: "{}" };
  const value: unknown = JSON.parse(text);
  if (value === null || value === "") return { value: {}, text: "{}" };
  if (typeof value !== "string" || !/^\s*[{"]/.test(value)) return { value, text };
  return parseArguments(value);
}

/** A call as the caller sees it. */
export function toToolCall({ id, name, args, argsText, background, needsApproval }: ToolCall): ToolCall {
  const call: ToolCall = { id, name, args, argsText, background };
  if (needsApproval) call.needsApproval = true;
  return call;
}
