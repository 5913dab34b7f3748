import { schemaInText } from "./schema-in-text.ts";

export interface OfferedTool {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

export interface ToolAnswer {
  name: string;
  args: unknown;
  content: string;
}

/** What the model sees of a request. */
export interface Conversation {
  /** The last thing that the user said. */
  prompt: string;
  /** Everything that the user said, oldest first. */
  said: string[];
  /** Whether the user's last message shows something that is not text. */
  hasMedia: boolean;
  tools: OfferedTool[];
  toolChoice: "auto" | "none" | "required" | { name: string };
  parallel: boolean;
  /** What tools have answered, in this turn of the user and in earlier ones. */
  results: { latest: ToolAnswer[]; all: ToolAnswer[] };
  /** The form of the answer: free text, any JSON, or JSON that fits a schema. */
  output: "text" | "json" | { schema: unknown };
  maxTokens: number | undefined;
  stop: string[];
  /** Whether to think aloud. */
  thinks: boolean;
}

interface Message {
  role: string;
  content?: unknown;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** Reads a request that fits the spec. */
export function conversationOf(body: Record<string, unknown>): Conversation {
  const messages = body.messages as Message[];
  const users = messages.filter(({ role }) => role === "user");
  const lastUser = messages.findLastIndex(({ role }) => role === "user");
  const limit = body.max_tokens ?? body.max_completion_tokens;
  const stop = body.stop ?? [];
  return {
    prompt: textOf(messages[lastUser]?.content),
    said: users.map(({ content }) => textOf(content)),
    hasMedia:
      Array.isArray(messages[lastUser]?.content) &&
      messages[lastUser].content.some((part: { type: string }) => part.type !== "text"),
    tools: offeredTools(body.tools),
    toolChoice: toolChoiceOf(body.tool_choice),
    parallel: body.parallel_tool_calls !== false,
    results: { latest: toolAnswers(messages, lastUser), all: toolAnswers(messages, -1) },
    output: outputOf(body.response_format, messages),
    maxTokens: typeof limit === "number" ? limit : undefined,
    stop: typeof stop === "string" ? [stop] : (stop as string[]),
    thinks:
      body.reasoning_effort !== undefined
        ? body.reasoning_effort !== "none"
        : /reason|thinking|magistral|\br1\b|qwq/.test(String(body.model)),
  };
}

export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: string }) => part.text ?? "").join("");
}

function offeredTools(tools: unknown): OfferedTool[] {
  const list = (tools ?? []) as { function: { name: string; description?: string; parameters?: Record<string, unknown> } }[];
  return list.map(({ function: { name, description, parameters } }) => ({
    name,
    description: description ?? "",
    parameters: parameters ?? {},
  }));
}

function toolChoiceOf(choice: unknown): Conversation["toolChoice"] {
  if (choice === "none" || choice === "required") return choice;
  const name = (choice as { function?: { name?: string } } | undefined)?.function?.name;
  return name === undefined ? "auto" : { name };
}

function toolAnswers(messages: Message[], after: number): ToolAnswer[] {
  const calls = messages.flatMap(({ tool_calls }) => tool_calls ?? []);
  return messages.slice(after + 1).flatMap((message) => {
    if (message.role !== "tool") return [];
    const call = calls.find(({ id }) => id === message.tool_call_id);
    return [{ name: call?.function.name ?? "", args: parsed(call?.function.arguments ?? ""), content: textOf(message.content) }];
  });
}

function outputOf(format: unknown, messages: Message[]): Conversation["output"] {
  const { type, json_schema } = (format ?? {}) as { type?: string; json_schema?: { schema?: unknown } };
  if (type === "json_schema") return { schema: json_schema?.schema ?? {} };
  const asked = messages.filter(({ role }) => role !== "assistant" && role !== "tool").map(({ content }) => textOf(content));
  const schema = asked
    .filter((text) => /json/i.test(text))
    .map(schemaInText)
    .find((found) => found !== undefined);
  if (schema !== undefined) return { schema };
  return type === "json_object" ? "json" : "text";
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
