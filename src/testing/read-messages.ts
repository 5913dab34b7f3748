/** The parts of a request's message that the local gateway reads. */
export interface WireMessage {
  role: string;
  content?: unknown;
  name?: string;
  tool_calls?: { id: string; type?: string; function?: { name: string; arguments: unknown } }[];
  tool_call_id?: string;
  [field: string]: unknown;
}

/** The text of a message's content, with its text parts joined; other parts are skipped. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : "")).join("");
}

export const lastUserIndex = (messages: readonly WireMessage[]): number => messages.findLastIndex(({ role }) => role === "user");
