/** A message of a request, as far as the local gateway reads it. */
export interface WireMessage {
  role: string;
  content?: unknown;
  name?: string;
  tool_calls?: { id: string; type?: string; function?: { name: string; arguments: unknown } }[];
  tool_call_id?: string;
  [field: string]: unknown;
}

/** The text of a content, its parts joined; what is no text is left out. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : "")).join("");
}

export const lastUserIndex = (messages: readonly WireMessage[]): number => messages.findLastIndex(({ role }) => role === "user");
