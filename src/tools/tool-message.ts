import type { ToolMessage } from "../wire.ts";

/** The message that answers a call. */
export function toolMessage(toolCallId: string, result: unknown): ToolMessage {
  return { role: "tool", tool_call_id: toolCallId, content: toolContent(result) };
}

/** What the model reads of a result: texts and content parts as they are, anything else as JSON, and words where there is no JSON. */
function toolContent(result: unknown): ToolMessage["content"] {
  if (typeof result === "string") return result;
  if (result === undefined) return "Done; there is no result.";
  if (result instanceof Error) return messageOf(result);
  if (isContentParts(result)) return result;
  try {
    return JSON.stringify(result, asJson) ?? `Done; the result is a ${typeof result}.`;
  } catch {
    return `Done; the result can't be written as JSON${describe(result)}`;
  }
}

/** Values that JSON would lose. */
function asJson(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Map || value instanceof Set) return [...value];
  return value instanceof Error ? messageOf(value) : value;
}

const messageOf = ({ name, message }: Error) => `${name}: ${message}`;

type ContentParts = Exclude<ToolMessage["content"], string>;

/** The kinds of parts, and the field that each must have. */
const partFields: Readonly<Record<string, string>> = {
  text: "text",
  image_url: "image_url",
  input_audio: "input_audio",
  file: "file",
};

function isContentParts(value: unknown): value is ContentParts {
  const isPart = (part: unknown) => {
    if (typeof part !== "object" || part === null || !("type" in part)) return false;
    const field = typeof part.type === "string" && Object.hasOwn(partFields, part.type) ? partFields[part.type] : undefined;
    if (field === undefined) return false;
    const content: unknown = (part as Record<string, unknown>)[field];
    return field === "text" ? typeof content === "string" : typeof content === "object" && content !== null;
  };
  return Array.isArray(value) && value.length > 0 && value.every(isPart);
}

/** The readable top of a value that refers to itself. */
function describe(value: unknown): string {
  try {
    const entries = Object.entries(value as object).map(
      ([key, entry]) => `${key}: ${typeof entry === "object" && entry !== null ? "…" : String(entry)}`,
    );
    return entries.length > 0 ? `: { ${entries.join(", ")} }` : ".";
  } catch {
    return ".";
  }
}
