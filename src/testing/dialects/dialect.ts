import type { Answer, TokenCounts } from "./answer.ts";

/** How one provider writes answers and errors. */
export interface Dialect {
  /** The body of an answer that is not streamed. */
  completion(answer: Answer): object;
  /** The frames of a streamed answer, including their framing; comments are separate frames. */
  frames(answer: Answer): string[];
  /** The body of an error. */
  error(failure: ProviderFailure): unknown;
}

export interface ProviderFailure {
  status: number;
  message: string;
  /** The invalid field of the request. */
  param?: string | undefined;
  /** The provider's code for it. @default depends on the status */
  code?: string | undefined;
}

export type ToolCallAnswer = Answer["toolCalls"][number];

export const frame = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
export const done = "data: [DONE]\n\n";

/** Frames of an event stream that ends with `[DONE]`, as nearly all do. */
export const eventStream = (chunks: object[]): string[] => [...chunks.map(frame), done];

export const finishReason = (answer: Answer): string =>
  answer.finishReason ?? (answer.toolCalls.length > 0 ? "tool_calls" : "stop");

/** The `usage` of an answer: from the script, else the counts in the provider's fields; `undefined` if there is none. */
export function buildUsage(answer: Answer, fields: (counts: TokenCounts) => object): object | undefined {
  if (answer.usage === null) return undefined;
  return "given" in answer.usage ? answer.usage.given : fields(answer.usage);
}

/** `{ usage }`, or nothing. */
export function usageField(answer: Answer, fields: (counts: TokenCounts) => object): object {
  const usage = buildUsage(answer, fields);
  return usage ? { usage } : {};
}

/** `{ reasoning_content }`, or nothing. */
export const reasoningContent = ({ reasoning }: Answer): object => (reasoning ? { reasoning_content: reasoning } : {});

/** A body with one choice. `extra` is added to the choice. */
export const buildCompletion = (envelope: object, message: object, finish_reason: string, extra: object = {}): object => ({
  ...envelope,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", ...message }, ...extra, finish_reason }],
});

/** The usage in a separate chunk without a choice; no chunk if there is none. */
export const usageChunk = (envelope: object, usage: object): object[] =>
  "usage" in usage ? [{ ...envelope, object: "chat.completion.chunk", choices: [], ...usage }] : [];

/** Creates chunks that share the fields of `envelope`. */
export const createChunkBuilder =
  (envelope: object) =>
  (delta: object, finish_reason: string | null = null, extra: object = {}): object => ({
    ...envelope,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
    ...extra,
  });

/** Arguments parsed to an object; the text if it is not JSON. */
export function parsedArguments(call: ToolCallAnswer): unknown {
  try {
    return JSON.parse(call.arguments);
  } catch {
    return call.arguments;
  }
}

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Looks random, but is the same for the same number. */
export function idText(number: number, length: number): string {
  let state = (number * 2654435761 + 12345) >>> 0;
  let text = "";
  for (let at = 0; at < length; at++) {
    state = (state * 1664525 + 1013904223) >>> 0;
    text += letters[(state >>> 16) % letters.length];
  }
  return text;
}

/** Distinguishes the calls of one answer. */
export const callNumber = (answer: Answer, position: number): number => answer.number * 64 + position + 1;
