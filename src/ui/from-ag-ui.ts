import { ConfigurationError, type ContentPart, type JsonSchema, type Message, type Tool, tool } from "../index.ts";
import { toMediaPart } from "./media-part.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts the `messages` and `tools` of an AG-UI run (`RunAgentInput`) to options of `chat()` and `stream()`. Frontend tools have no
 * `execute`: their calls end the chat, and the frontend provides the results. Activity messages are omitted; a reasoning message is sent back
 * with the assistant message that follows it.
 *
 * @throws ConfigurationError if a message has an unknown role or lacks a field, or a tool has no name of its own
 */
export function fromAgUi(input: { messages: readonly object[]; tools?: readonly object[] }): {
  messages: Message[];
  tools: Record<string, Tool>;
} {
  const { messages, tools = [] }: { messages?: unknown; tools?: unknown } = input ?? {};
  return { messages: readMessages(checkedList("messages", messages)), tools: readTools(checkedList("tools", tools)) };
}

const invalid = (option: string, message: string) => new ConfigurationError([{ option, message }]);

/** Checks a list that comes from a browser, and so may be anything. */
function checkedList(option: string, list: unknown): readonly Fields[] {
  if (!Array.isArray(list)) throw invalid(option, `must be an array, got ${typeof list}`);
  const wrong = list.findIndex((each) => typeof each !== "object" || each === null);
  if (wrong >= 0)
    throw invalid(`${option}[${wrong}]`, `must be an object, got ${list[wrong] === null ? "null" : typeof list[wrong]}`);
  return list;
}

function readMessages(messages: readonly Fields[]): Message[] {
  const found: Message[] = [];
  let reasoning = "";
  for (const [index, message] of messages.entries()) {
    const { role, content, toolCalls, toolCallId, error } = message;
    const option = `messages[${index}]`;
    switch (role) {
      case "system":
      case "developer":
        found.push({ role, content: String(content ?? "") });
        break;
      case "user":
        found.push({ role, content: userContent(`${option}.content`, content) });
        break;
      case "reasoning":
        reasoning += typeof content === "string" ? content : "";
        break;
      case "assistant": {
        const calls = checkedList(`${option}.toolCalls`, toolCalls ?? []);
        found.push({
          role,
          content: typeof content === "string" && content !== "" ? content : null,
          ...(calls.length > 0 ? { tool_calls: calls.map(readToolCall) } : {}),
          ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
        });
        reasoning = "";
        break;
      }
      case "tool":
        if (typeof toolCallId !== "string") throw invalid(`${option}.toolCallId`, "must be a string");
        found.push({ role, tool_call_id: toolCallId, content: String(error ?? content ?? "") });
        break;
      case "activity":
        break;
      default:
        throw invalid(option, `has the unknown role ${JSON.stringify(role)}`);
    }
  }
  return found;
}

type UserContent = Extract<Message, { role: "user" }>["content"];

/** AG-UI content: a string, or parts of text and binary data (`{ type: "binary", mimeType, url | data }`, or a source object in 1.0). */
function userContent(option: string, content: unknown): UserContent {
  if (typeof content === "string") return content;
  return checkedList(option, content ?? []).map((part): ContentPart => {
    if (part.type === "text") return { type: "text", text: String(part.text) };
    const source = (part.source ?? part) as Fields;
    const mediaType = String(source.mimeType ?? "application/octet-stream");
    const url = typeof source.url === "string" ? source.url : undefined;
    const address =
      url ?? (source.type === "url" ? String(source.value) : `data:${mediaType};base64,${String(source.data ?? source.value)}`);
    return toMediaPart(address, part.type === "image" ? "image/*" : mediaType);
  }) as UserContent;
}

function readToolCall(call: Fields) {
  const { name, arguments: args } = (call.function ?? {}) as Fields;
  return { id: String(call.id), type: "function" as const, function: { name: String(name), arguments: String(args ?? "{}") } };
}

function readTools(tools: readonly Fields[]): Record<string, Tool> {
  const found = new Map<string, Tool>();
  for (const [index, { name, description, parameters }] of tools.entries()) {
    if (typeof name !== "string" || name === "") throw invalid(`tools[${index}].name`, "must be a non-empty string");
    if (found.has(name)) throw invalid(`tools[${index}].name`, `must be unique, but "${name}" is repeated`);
    const schema = (parameters ?? { type: "object", properties: {} }) as JsonSchema;
    found.set(name, tool({ parameters: schema, ...(typeof description === "string" ? { description } : {}) }));
  }
  return Object.fromEntries(found);
}
