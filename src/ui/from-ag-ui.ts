import { ConfigurationError, type JsonSchema, type Message, type Tool, tool } from "../index.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts the `messages` and `tools` of an AG-UI run (`RunAgentInput`) to options of `chat()` and `stream()`. Frontend tools have no
 * `execute`: their calls end the chat, and the frontend provides the results. Activity messages are omitted; a reasoning message is sent back
 * with the assistant message that follows it.
 *
 * @throws ConfigurationError if a message has an unknown role, or a tool has no name
 */
export function fromAgUi(input: { messages: readonly object[]; tools?: readonly object[] }): {
  messages: Message[];
  tools: Record<string, Tool>;
} {
  return { messages: readMessages(input.messages), tools: readTools(input.tools ?? []) };
}

function readMessages(messages: readonly object[]): Message[] {
  const found: Message[] = [];
  let reasoning = "";
  for (const [index, message] of messages.entries()) {
    const { role, content, toolCalls, toolCallId, error } = message as Fields;
    switch (role) {
      case "system":
      case "developer":
        found.push({ role, content: String(content ?? "") });
        break;
      case "user":
        found.push({ role, content: userContent(content) });
        break;
      case "reasoning":
        reasoning += typeof content === "string" ? content : "";
        break;
      case "assistant":
        found.push({
          role,
          content: typeof content === "string" && content !== "" ? content : null,
          ...(Array.isArray(toolCalls) && toolCalls.length > 0 ? { tool_calls: toolCalls.map(readToolCall) } : {}),
          ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
        });
        reasoning = "";
        break;
      case "tool":
        found.push({ role, tool_call_id: String(toolCallId), content: String(error ?? content ?? "") });
        break;
      case "activity":
        break;
      default:
        throw new ConfigurationError([{ option: `messages[${index}]`, message: `has the unknown role ${JSON.stringify(role)}` }]);
    }
  }
  return found;
}

type UserContent = Extract<Message, { role: "user" }>["content"];

/** AG-UI content: a string, or parts of text and binary data (`{ type: "binary", mimeType, url | data }`, or a source object in 1.0). */
function userContent(content: unknown): UserContent {
  if (!Array.isArray(content)) return String(content ?? "");
  return content.map((part: Fields) => {
    if (part.type === "text") return { type: "text", text: String(part.text) };
    const source = (part.source ?? part) as Fields;
    const mediaType = String(source.mimeType ?? "application/octet-stream");
    const url = typeof source.url === "string" ? source.url : undefined;
    const address =
      url ?? (source.type === "url" ? String(source.value) : `data:${mediaType};base64,${String(source.data ?? source.value)}`);
    if (part.type === "image" || mediaType.startsWith("image/")) return { type: "image_url", image_url: { url: address } };
    return { type: "file", file: { file_data: address } };
  }) as UserContent;
}

function readToolCall(call: Fields) {
  const { name, arguments: args } = (call.function ?? {}) as Fields;
  return { id: String(call.id), type: "function" as const, function: { name: String(name), arguments: String(args ?? "{}") } };
}

function readTools(tools: readonly object[]): Record<string, Tool> {
  return Object.fromEntries(
    tools.map((each, index) => {
      const { name, description, parameters } = each as Fields;
      if (typeof name !== "string" || name === "")
        throw new ConfigurationError([{ option: `tools[${index}].name`, message: "must be a non-empty string" }]);
      const schema = (parameters ?? { type: "object", properties: {} }) as JsonSchema;
      return [name, tool({ parameters: schema, ...(typeof description === "string" ? { description } : {}) })];
    }),
  );
}
