import { contentText, type WireMessage } from "./read-messages.ts";
import { withDescribedKeywords } from "./samples/described-keywords.ts";
import { loadCompile, valueForSchema } from "./samples/sample-value.ts";
import { schemaInText } from "./samples/schema-in-text.ts";
import type { ScriptedAnswer } from "./scripted-reply.ts";

/**
 * The built-in answer to a request: calls a forced tool, fills the schema of the answer, or repeats the last message. The same request always
 * gets the same answer.
 */
export async function defaultAnswer(body: Record<string, unknown>): Promise<ScriptedAnswer> {
  const reasoning = thinks(body) ? "The answer is built in." : "";
  const forced = forcedTool(body);
  if (forced) {
    const args = await sample(forced.parameters ?? { type: "object" });
    return { text: "", reasoning, toolCalls: [{ name: forced.name, args }] };
  }
  return { ...limited(await textFor(body), body), reasoning };
}

async function textFor(body: Record<string, unknown>): Promise<string> {
  const messages = body.messages as WireMessage[];
  const { type, json_schema } = (body.response_format ?? {}) as { type?: string; json_schema?: { schema?: unknown } };
  if (type === "json_schema") return JSON.stringify(await sample(json_schema?.schema ?? {}));
  const schema = messages
    .filter(({ role }) => role !== "assistant" && role !== "tool")
    .map(({ content }) => contentText(content))
    .filter((text) => text.includes("JSON Schema"))
    .map(schemaInText)
    .find((found) => found !== undefined);
  if (schema !== undefined) return JSON.stringify(await sample(schema));
  return type === "json_object" ? JSON.stringify({ text: echo(messages) }) : echo(messages);
}

/** The last message, or all tool messages if the conversation ends with several. */
function echo(messages: readonly WireMessage[]): string {
  const after = messages.findLastIndex(({ role }) => role !== "tool");
  const last = after === messages.length - 1 ? messages.slice(-1) : messages.slice(after + 1);
  return last.map(({ content }) => contentText(content) || mediaIn(content)).join("\n");
}

/** Names parts that are not text, so that an answer to an image is not empty. */
const mediaIn = (content: unknown): string =>
  Array.isArray(content) ? content.map((part: { type?: unknown }) => `[${String(part?.type)}]`).join(" ") : "";

async function sample(given: unknown): Promise<unknown> {
  return valueForSchema(withDescribedKeywords(given), await loadCompile());
}

interface FunctionDefinition {
  name: string;
  parameters?: unknown;
}

/** The tool that must be called; the first one if any is allowed. */
function forcedTool(body: Record<string, unknown>): FunctionDefinition | undefined {
  const choice = body.tool_choice as { function?: { name?: string } } | string | undefined;
  const tools = ((body.tools ?? []) as { function?: FunctionDefinition }[]).flatMap((tool) => tool.function ?? []);
  if (choice === "required") return tools[0];
  const name = typeof choice === "object" ? choice?.function?.name : undefined;
  return tools.find((tool) => tool.name === name);
}

const thinks = ({ reasoning_effort: effort }: Record<string, unknown>) => typeof effort === "string" && effort !== "none";

/** Ends at a stop sequence and at the token limit, as a model does. */
function limited(text: string, body: Record<string, unknown>): ScriptedAnswer {
  const limit = body.max_completion_tokens ?? body.max_tokens;
  const ends = [body.stop ?? []]
    .flat()
    .map((end) => text.indexOf(String(end)))
    .filter((at) => at !== -1);
  const stopped = text.slice(0, Math.min(text.length, ...ends));
  const most = typeof limit === "number" ? limit * 4 : Infinity;
  return stopped.length > most ? { text: stopped.slice(0, most), finishReason: "length" } : { text: stopped };
}
