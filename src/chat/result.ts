import type { GatewayError } from "../errors/errors.ts";
import type { ToolCall, ToolResult } from "../options/chat-options.ts";
import type { GatewayMetadata } from "../response/gateway-metadata.ts";
import type { Usage } from "../response/usage.ts";
import type { Message } from "../wire.ts";

export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "max-turns" | "other";

/** Something the caller should know though the call succeeded. */
export interface Warning {
  code: "option-dropped" | "option-renamed" | "no-finish-reason" | "strategy-fallback" | "response-drift" | (string & {});
  message: string;
  /** The option it is about, as it is written in `ChatOptions`. */
  option?: string;
}

/** One model answer that was kept, with the tools that it called. */
export interface Turn {
  text: string;
  reasoning?: string;
  toolCalls: ToolCall[];
  /** In the order of `toolCalls`. */
  toolResults: ToolResult[];
  finishReason: FinishReason;
  /** The finish reason as the provider wrote it. */
  rawFinishReason?: string;
  usage: Usage;
  gateway: GatewayMetadata;
  /** Who answered: after a fallback, not the one first asked. */
  provider: string;
  /** As it was sent, provider prefix included. */
  model: string;
  /** Requests it took: 1 plus the retries, and the requests of providers that it fell back from. */
  attempts: number;
}

/** A verdict on a logged call. */
export interface Feedback {
  /** Thumbs up or down. */
  feedback?: 1 | -1 | undefined;
  /** 0 to 100. */
  score?: number | undefined;
  metadata?: Record<string, string | number | boolean> | undefined;
}

export interface ChatResult<O = undefined> {
  /** The answer: the text of the last turn, and of turns before it that only started background tasks. */
  text: string;
  /** The validated value, where `output` was asked for. */
  output: O;
  reasoning?: string;
  refusal?: string;
  /** Sources as the provider gave them: Perplexity's `citations`, OpenAI's and OpenRouter's `annotations`. */
  citations?: unknown[];
  finishReason: FinishReason;
  rawFinishReason?: string;
  /** Calls left to the caller: tools without `execute`. */
  toolCalls: ToolCall[];
  /** Requests that were retried or fallen back from. */
  failedAttempts: { provider: string; model: string; error: GatewayError }[];
  turns: Turn[];
  /** The whole conversation, the answer included; pass it back to go on. */
  messages: Message[];
  /** Summed over the turns. */
  usage: Usage;
  /** Of the last turn. */
  gateway: GatewayMetadata;
  /** The tasks that were started; `done` resolves with a task's result, or undefined when it failed. */
  backgroundTasks: { name: string; toolCallId: string; done: Promise<unknown> }[];
  warnings: Warning[];
  /** Of the last turn's response. */
  headers: Headers;
  /** The last turn's completion, as the provider sent it; on a stream, put together from its chunks. */
  raw: unknown;
  /** Rates the last turn's log; see `gateway.logs.feedback`. */
  feedback(feedback: Feedback): Promise<void>;
}

/** The text of the last turn, behind those of the turns right before it that only started background tasks, as one answer. */
export function answerText(turns: readonly Pick<Turn, "text" | "toolCalls">[]): string {
  const texts: string[] = [];
  for (const turn of turns.toReversed()) {
    const { text, toolCalls } = turn;
    const goesOn = toolCalls.length > 0 && toolCalls.every(({ background }) => background);
    if (turn !== turns.at(-1) && !goesOn) break;
    if (text) texts.unshift(text);
  }
  return texts.join("\n\n");
}
