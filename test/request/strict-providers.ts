import { existsSync, readFileSync } from "node:fs";
import type { AssistantMessage, GatewayConfig, Message } from "cf-ai-gateway";
import { modelId } from "../../src/request/model-id.ts";
import { type ProviderRow, providers, type Returnable } from "../../src/request/providers.ts";
import { transcriptProblems } from "../chat/turn-loop/transcript.ts";

const fieldsOfAnswers: readonly Returnable[] = [
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "extra_content",
  "refusal",
  "audio",
  "images",
  "annotations",
];
const fieldsOfMessages = ["role", "content", "name", "tool_calls", "tool_call_id"];

/** The reasons why a strict provider would reject a conversation, phrased like its own errors. The rules are the columns of the provider table. */
export function refusals(messages: readonly Message[], row: ProviderRow, model: string): string[] {
  const accepted = new Set<string>(row.accepts ?? fieldsOfAnswers);
  const problems = transcriptProblems(messages);
  messages.forEach((message, index) => {
    const place = `messages.${index}`;
    for (const field of Object.keys(message)) {
      const known = fieldsOfMessages.includes(field) || (fieldsOfAnswers.includes(field as Returnable) && accepted.has(field));
      if (!known || row.unsupportedFields?.includes(field)) problems.push(`${place}: property '${field}' is unsupported`);
    }
    // Workers AI accepts parts from the user only.
    if (row.plainContent && typeof message.content !== "string" && message.role !== "user")
      problems.push(`${place}.content must be string`);
    if (message.role === "assistant") problems.push(...assistantProblems(message, place, row, accepted, model));
    if (message.role === "tool" && Array.isArray(message.content) && row.accepts && !accepted.has("tool-media")) {
      if (message.content.some(({ type }) => type !== "text")) problems.push(`${place}: only text is allowed in a tool message`);
    }
    for (const id of idsIn(message)) {
      if (row.callIds && !row.callIds.pattern.test(id))
        problems.push(`Tool call id was ${id} but must match ${row.callIds.pattern}`);
    }
  });
  return problems;
}

function assistantProblems(
  { content, tool_calls: calls, refusal, audio }: AssistantMessage,
  place: string,
  row: ProviderRow,
  accepted: ReadonlySet<string>,
  model: string,
): string[] {
  const problems: string[] = [];
  const text = typeof content === "string" ? content : (content ?? []).map((part) => JSON.stringify(part)).join("");
  if (text.trim() === "" && !calls && !refusal && !audio) problems.push(`${place}: must have either content or tool_calls`);
  if (calls?.length === 0) problems.push(`${place}.tool_calls: [] is too short`);
  if (row.accepts && /^\s*<think/.test(text) && !accepted.has("think-tags"))
    problems.push(`${place} begins with another's reasoning`);
  if (/"type":"thinking"/.test(text) && !accepted.has("thinking-parts"))
    problems.push(`${place}: parts of type thinking are unsupported`);
  for (const call of calls ?? []) {
    const extra = Object.keys(call).filter((field) => !["id", "type", "function"].includes(field));
    for (const field of extra)
      if (!accepted.has(field)) problems.push(`${place}: property '${field}' is unsupported in a tool call`);
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(call.function.name))
      problems.push(`${place}: function name ${call.function.name} is invalid`);
  }
  const isSigned = calls?.some(({ extra_content }) => JSON.stringify(extra_content ?? "").includes("thought_signature"));
  if (calls && row.signedCalls?.test(model) && !isSigned)
    problems.push("Function call is missing a thought_signature in functionCall parts.");
  return problems;
}

function idsIn(message: Message): string[] {
  if (message.role === "tool") return [message.tool_call_id];
  return message.role === "assistant" ? (message.tool_calls ?? []).map(({ id }) => id) : [];
}

export interface SentRequest {
  provider: string;
  model: string;
  messages: Message[];
  stream: boolean;
  tools?: unknown;
}

export type Fixture = "chat" | "reasoning" | "tool-call";

/** A provider's recorded response, verbatim; its plain answer if there is no fixture with that name. */
export function readFixture(provider: string, name: Fixture, stream: boolean): Response {
  const streamed = name === "chat" ? "stream" : `${name}-stream`;
  const url = new URL(`../fixtures/${provider}/${stream ? `${streamed}.sse` : `${name}.response.json`}`, import.meta.url);
  if (!existsSync(url)) return readFixture(provider, "chat", stream);
  return new Response(readFileSync(url), { headers: { "content-type": stream ? "text/event-stream" : "application/json" } });
}

/** A transport that simulates every provider: each rejects what a strict one rejects, and otherwise responds with `answer`. */
export function strictProviders(answer: (request: SentRequest, count: number) => Response) {
  const requests: SentRequest[] = [];
  const refused: string[] = [];
  const fetch: NonNullable<GatewayConfig["fetch"]> = async (_, init) => {
    const body = JSON.parse(String(init.body)) as { model: string; messages: Message[]; stream?: boolean; tools?: unknown };
    const target = modelId(undefined, body.model, "compat");
    if (!("row" in target)) throw new Error(target.message);
    const provider = target.provider === "grok" ? "xai" : target.provider;
    const request = { provider, model: target.name, messages: body.messages, stream: body.stream === true, tools: body.tools };
    requests.push(request);
    const author = Object.entries({ mistralai: "mistral", openai: "openai" }).find(([name]) =>
      target.name.startsWith(`${name}/`),
    )?.[1];
    const callIds = target.row.callIds ?? (target.row.hosts && author ? providers[author]?.callIds : undefined);
    const problems = refusals(body.messages, { ...target.row, ...(callIds ? { callIds } : undefined) }, target.name);
    if (problems.length === 0) return answer(request, requests.length - 1);
    refused.push(...problems.map((problem) => `${body.model}: ${problem}`));
    return Response.json({ error: { message: problems.join("; "), type: "invalid_request_error" } }, { status: 400 });
  };
  return { fetch, requests, refused };
}
