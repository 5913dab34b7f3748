import type { ChatResult, GatewayError, Usage } from "../src/index.ts";

/** What a fixture means: the parts of a result, or of an error, that its bytes decide. */
export type FixtureResult = AnswerResult | { error: ErrorResult };

export interface AnswerResult {
  text: string;
  reasoning?: string;
  refusal?: string;
  citations?: unknown[];
  finishReason: string;
  rawFinishReason?: string;
  toolCalls?: { id: string; name: string; args: unknown }[];
  usage: Omit<Usage, "provider" | "model">;
  warnings?: string[];
}

export interface ErrorResult {
  name: string;
  code: string;
  retryable: boolean;
  status?: number;
  retryAfterMs?: number;
  message: string;
  /** The text that had arrived, where some had. */
  partial?: string;
}

export function resultOf(result: ChatResult): AnswerResult {
  const { provider: _, model: __, ...usage } = result.usage;
  return {
    text: result.text,
    ...present({ reasoning: result.reasoning, refusal: result.refusal, citations: result.citations }),
    finishReason: result.finishReason,
    ...present({ rawFinishReason: result.rawFinishReason }),
    ...(result.toolCalls.length > 0 ? { toolCalls: result.toolCalls.map(({ id, name, args }) => ({ id, name, args })) } : {}),
    usage,
    ...(result.warnings.length > 0
      ? { warnings: result.warnings.map(({ code, option }) => (option ? `${code} ${option}` : code)) }
      : {}),
  };
}

/** `message` is the provider's own words, where there are any, for ours may be reworded. */
export function errorResultOf(error: GatewayError): { error: ErrorResult } {
  const { name, code, retryable, status, message, body, partial } = error;
  const retryAfterMs = (error as { retryAfterMs?: number }).retryAfterMs;
  const told = { name, code, retryable, ...present({ status, retryAfterMs }), message: wordsIn(body) ?? message };
  return { error: partial?.text ? { ...told, partial: partial.text } : told };
}

/** The first text under `message`, `msg` or `error`, wherever it stands. */
function wordsIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const entries = Object.entries(body);
  const own = entries.find(([key, value]) => ["message", "msg", "error"].includes(key) && typeof value === "string");
  if (own) return own[1] as string;
  for (const [, value] of entries) {
    const words = wordsIn(value);
    if (words !== undefined) return words;
  }
  return undefined;
}

const present = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
