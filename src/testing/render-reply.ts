import { createSplitters, withTiming } from "./chunk-timing.ts";
import { defaultAnswer } from "./default-answer.ts";
import { type Answer, estimateTokens, type TokenCounts } from "./dialects/answer.ts";
import { frame } from "./dialects/dialect.ts";
import { dialectNamed, findDialect } from "./dialects/index.ts";
import type { ScriptedAnswer, ScriptedError, ScriptedReply, ScriptedResponse } from "./scripted-reply.ts";
import { gatewayError } from "./services/gateway-error.ts";
import { withFault } from "./wire/faults.ts";
import { jsonReply, streamReply, type WireReply, wireReply } from "./wire/wire-reply.ts";

export interface ReplyContext {
  /** The request's body, which matches the spec. */
  body: Record<string, unknown>;
  endpoint: "compat" | "rest";
  provider: string;
  model: string;
  number: number;
}

export interface RenderedReply {
  reply: WireReply;
  tokens: TokenCounts | undefined;
  /** Whether it is a complete answer of a model, which may be cached. */
  isWhole: boolean;
}

/** Renders a scripted reply to bytes. */
export async function renderReply(scripted: ScriptedReply, context: ReplyContext): Promise<RenderedReply> {
  if ("error" in scripted) return { reply: renderError(scripted.error, context), tokens: undefined, isWhole: false };
  if ("status" in scripted) return { reply: renderResponse(scripted), tokens: undefined, isWhole: false };
  if ("fault" in scripted) {
    const { reply, tokens } = await renderAnswer({}, context);
    return { reply: withFault(reply, scripted), tokens, isWhole: false };
  }
  return renderAnswer(scripted, context);
}

async function renderAnswer(scripted: ScriptedAnswer, context: ReplyContext): Promise<RenderedReply> {
  const { body } = context;
  const isSilent = scripted.text === undefined && scripted.reasoning === undefined && scripted.toolCalls === undefined;
  const content = isSilent ? await defaultAnswer(body) : scripted;
  const streamOptions = body.stream_options as { include_usage?: boolean } | undefined;
  const answer: Answer = {
    number: context.number,
    created: Math.floor(Date.now() / 1000),
    model: context.model,
    text: content.text ?? "",
    reasoning: content.reasoning ?? "",
    toolCalls: (content.toolCalls ?? []).map(({ name, args }) => ({
      name,
      arguments: typeof args === "string" ? args : JSON.stringify(args ?? {}),
    })),
    finishReason: scripted.finishReason ?? content.finishReason,
    usage: null,
    includeUsage: streamOptions?.include_usage === true,
    ...createSplitters(scripted.chunks),
  };
  const tokens = countTokens(body, answer);
  if (scripted.usage !== null) answer.usage = scripted.usage ? { given: scripted.usage } : tokens;
  const dialect = scripted.dialect === undefined ? findDialect(context.provider) : dialectNamed(scripted.dialect);
  const reply = body.stream === true ? streamReply(dialect.frames(answer)) : jsonReply(200, dialect.completion(answer));
  return {
    reply: withTiming({ ...reply, delayMs: scripted.delayMs ?? 0 }, scripted.chunks ?? {}),
    tokens,
    isWhole: true,
  };
}

/** Estimates the usage. In a longer conversation, all messages before the last count as read from the prompt cache. */
function countTokens(body: Record<string, unknown>, answer: Answer): TokenCounts {
  const messages = (body.messages as { role?: string }[]).map((message) => ({
    role: message.role,
    tokens: estimateTokens(JSON.stringify(message)),
  }));
  const input = messages.reduce((sum, { tokens }) => sum + tokens, 0);
  const cached = messages.some(({ role }) => role === "assistant") ? input - (messages.at(-1)?.tokens ?? 0) : 0;
  const thinking = estimateTokens(answer.reasoning);
  const output = answer.text + answer.toolCalls.map((call) => call.name + call.arguments).join("");
  return { input, output: estimateTokens(output) + thinking, thinking, cached };
}

const providerMessages: Readonly<Record<number, string>> = {
  400: "Invalid request",
  401: "Incorrect API key provided",
  402: "Insufficient credits",
  403: "Not allowed to use this model",
  404: "The model does not exist",
  408: "Request timed out",
  413: "Request too large",
  422: "Unprocessable request",
  429: "Rate limit reached for requests",
  500: "The server had an error while processing your request",
  503: "The service is temporarily unavailable",
  529: "Overloaded",
};

function renderError({ gatewayCode, status, body }: ScriptedError["error"], context: ReplyContext): WireReply {
  if (body === undefined && gatewayCode !== undefined) return gatewayError(context.endpoint, gatewayCode, { status });
  const answered = status ?? 500;
  // Inside a 200 the failure came after the request had been accepted.
  const kind = answered < 400 ? 500 : answered;
  const failure = { status: kind, message: providerMessages[kind] ?? `Request failed with status ${kind}` };
  if (body === undefined && isEdgeStatus(answered)) return renderResponse({ status: answered, body: edgePage(answered) });
  const content = body ?? findDialect(context.provider).error(failure);
  if (typeof content === "string") return renderResponse({ status: answered, body: content });
  return answered === 200 && context.body.stream === true ? streamReply([frame(content)]) : jsonReply(answered, content);
}

/** Statuses of the edge in front of the gateway, which responds with an HTML page. */
const isEdgeStatus = (status: number) => status === 502 || (status >= 520 && status <= 524);

const edgePage = (status: number) =>
  `<!DOCTYPE html><html><head><title>Error ${status}</title></head><body><h1>Error ${status}</h1><p>The web server reported an error.</p></body></html>`;

const renderResponse = ({ status, headers, body }: ScriptedResponse): WireReply =>
  wireReply(status, { ...guessedType(body), ...lowerCased(headers ?? {}) }, body.match(/[\s\S]+?(?:\n\n|$)/g) ?? []);

const lowerCased = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function guessedType(body: string): Record<string, string> {
  if (body === "") return {};
  if (/^\s*</.test(body)) return { "content-type": "text/html; charset=utf-8" };
  if (/^\uFEFF?(data|event|id|retry|):/.test(body)) return { "content-type": "text/event-stream; charset=utf-8" };
  return { "content-type": /^\s*[[{]/.test(body) ? "application/json" : "text/plain; charset=utf-8" };
}
