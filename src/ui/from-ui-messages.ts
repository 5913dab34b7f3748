import { type AssistantMessage, ConfigurationError, type ContentPart, type Message, type WireToolCall } from "../index.ts";
import { toMediaPart } from "./media-part.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts messages of the AI SDK's `useChat` (`UIMessage`, AI SDK 5 to 7) to messages for `chat()` and `stream()`. Files become image or
 * file parts, tool parts become tool calls and tool messages, and reasoning is sent back as `reasoning_content`. Parts that only concern the
 * UI (`source-*`, `data-*`, `step-start`) are omitted. For the user's decisions on calls, see `approvalsFromUIMessages`.
 *
 * @throws ConfigurationError if a message has no known role or no `parts`
 */
export function fromUIMessages(messages: readonly object[]): Message[] {
  return checkedList(messages).flatMap((message, index) => {
    const { role, parts } = (message ?? {}) as Fields;
    if (!Array.isArray(parts)) throw invalid(index, "must have parts, as UIMessage of the AI SDK has");
    const list = parts.filter((part): part is Fields => typeof part === "object" && part !== null);
    if (role === "system") return [{ role, content: joinText(list) }];
    if (role === "user") return [{ role, content: userContent(list, index) }];
    if (role === "assistant") return splitSteps(list).flatMap(assistantMessages);
    throw invalid(index, 'must have the role "system", "user" or "assistant"');
  });
}

/**
 * Reads the user's decisions on pending calls from the last message, for the option `approvals`. Use it together with
 * `messages: fromUIMessages(messages)`.
 */
export function approvalsFromUIMessages(messages: readonly object[]): Record<string, { approved: boolean; reason?: string }> {
  const { role, parts } = (checkedList(messages).at(-1) ?? {}) as Fields;
  if (role !== "assistant" || !Array.isArray(parts)) return {};
  const decisions = parts
    .filter((part): part is Fields => typeof part === "object" && part !== null)
    .filter((part) => isToolPart(part) && part.state === "approval-responded")
    .map(({ toolCallId, approval }): [string, { approved: boolean; reason?: string }] => {
      const { approved, reason } = (approval ?? {}) as Fields;
      return [String(toolCallId), { approved: approved === true, ...(typeof reason === "string" ? { reason } : {}) }];
    });
  return Object.fromEntries(decisions);
}

/** Messages come from a browser, so they may be anything. */
function checkedList(messages: unknown): readonly unknown[] {
  if (Array.isArray(messages)) return messages;
  throw new ConfigurationError([{ option: "messages", message: `must be an array of UIMessages, got ${typeof messages}` }]);
}

const invalid = (index: number, message: string) => new ConfigurationError([{ option: `messages[${index}]`, message }]);

const joinText = (parts: readonly Fields[], type = "text"): string =>
  parts
    .filter((part) => part.type === type && typeof part.text === "string")
    .map((part) => part.text)
    .join("");

function userContent(parts: readonly Fields[], index: number): string | Extract<Message, { role: "user" }>["content"] {
  if (parts.every(({ type }) => type !== "file")) return joinText(parts);
  return parts.flatMap((part): ContentPart[] => {
    if (part.type === "text") return typeof part.text === "string" ? [{ type: "text", text: part.text }] : [];
    if (part.type !== "file") return [];
    const { url, mediaType, filename } = part;
    if (typeof url !== "string") throw invalid(index, "must have a url in each of its files");
    return [toMediaPart(url, String(mediaType), typeof filename === "string" ? filename : undefined)];
  }) as Extract<Message, { role: "user" }>["content"];
}

/** The AI SDK keeps all turns of a tool loop in one message, each after a `step-start` part. */
function splitSteps(parts: readonly Fields[]): Fields[][] {
  const steps: Fields[][] = [[]];
  for (const part of parts) {
    if (part.type === "step-start") steps.push([]);
    else steps.at(-1)?.push(part);
  }
  return steps;
}

function assistantMessages(step: readonly Fields[]): Message[] {
  const tools = step.filter(isToolPart);
  const text = joinText(step);
  const reasoning = joinText(step, "reasoning");
  const images = step.filter(({ type, mediaType }) => type === "file" && String(mediaType).startsWith("image/"));
  if (text === "" && tools.length === 0 && images.length === 0) return [];
  const message: AssistantMessage & { images?: ContentPart[] } = { role: "assistant", content: text === "" ? null : text };
  // Models that generate images accept them back in this field.
  if (images.length > 0) message.images = images.map(({ url, mediaType }) => toMediaPart(String(url), String(mediaType)));
  if (tools.length > 0) message.tool_calls = tools.map(toToolCall);
  if (reasoning !== "") message.reasoning_content = reasoning;
  return [message, ...tools.flatMap(toToolMessage)];
}

/** `tool-{name}` for tools known to the UI, `dynamic-tool` for others. A call whose arguments are still streaming doesn't count. */
const isToolPart = ({ type, state, toolCallId }: Fields): boolean =>
  typeof type === "string" &&
  (type === "dynamic-tool" || type.startsWith("tool-")) &&
  typeof toolCallId === "string" &&
  state !== "input-streaming";

const toolName = ({ type, toolName }: Fields): string =>
  type === "dynamic-tool" ? String(toolName) : String(type).slice("tool-".length);

function toToolCall(part: Fields): WireToolCall {
  const args = part.input ?? part.rawInput ?? {};
  return {
    id: String(part.toolCallId),
    type: "function",
    function: { name: toolName(part), arguments: typeof args === "string" ? args : JSON.stringify(args) },
  };
}

/** The tool message of a call; none while it waits for its result or for approval. */
function toToolMessage(part: Fields): Message[] {
  const answer = (content: string): Message[] => [{ role: "tool", tool_call_id: String(part.toolCallId), content }];
  switch (part.state) {
    case "output-available":
      return answer(typeof part.output === "string" ? part.output : (JSON.stringify(part.output) ?? ""));
    case "output-error":
      return answer(String(part.errorText ?? "The tool failed."));
    case "output-denied": {
      const { reason } = (part.approval ?? {}) as Fields;
      return answer(typeof reason === "string" ? `Not executed: ${reason}` : "Not executed: the user denied it.");
    }
    default:
      return [];
  }
}
