import type { GatewayError } from "../errors/errors.ts";
import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { Feedback } from "../logs/log-types.ts";
import type { GeneratedAudio, GeneratedImage } from "../response/answer-event.ts";
import type { FinishReason } from "../response/finish-reason.ts";
import type { Usage } from "../response/token-usage.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { Message } from "../wire.ts";
import type { Turn } from "./turn.ts";
import type { Warning } from "./warning.ts";

/** The result of a chat: the model's answer, the conversation, token usage and gateway metadata. */
export interface ChatResult<O = undefined> {
  /** The answer: the text of the last turn, and of turns before it that only started background tasks. */
  text: string;
  /** The validated value, if `output` was set. */
  output: O;
  /** The reasoning of the last turn, if the provider returns it. */
  reasoning?: string;
  /** The model's refusal message, if it refused to answer. With `output`, a refusal throws an OutputValidationError instead. */
  refusal?: string;
  /** Sources in the provider's format: Perplexity's `citations`, OpenAI's and OpenRouter's `annotations`. */
  citations?: unknown[];
  /** Images that the model generated in its last turn. */
  images?: GeneratedImage[];
  /** Audio that the model generated in its last turn. `text` is empty; see `transcript`. */
  audio?: GeneratedAudio;
  /**
   * Why the last turn ended. `"length"` means that the answer was cut off at its token limit; `"max-turns"` that tool calls were not
   * executed because no turns were left.
   */
  finishReason: FinishReason;
  /** The last turn's finish reason as the provider sent it. */
  rawFinishReason?: string;
  /** Calls for the caller to run or approve: their tools have no `execute`, or need approval. */
  toolCalls: ToolCall[];
  /** Failed requests that were followed by a retry or a fallback. */
  failedAttempts: { provider: string; model: string; error: GatewayError }[];
  /** Every completion that was kept, with its tool calls and their results, in order. */
  turns: Turn[];
  /** The whole conversation including the answer; pass it as `messages` to continue. */
  messages: Message[];
  /** Summed over the turns. */
  usage: Usage;
  /** Gateway metadata of the last turn. */
  gateway: GatewayMetadata;
  /** Background tasks that were started; `done` resolves with the task's result, or with undefined if it failed. */
  backgroundTasks: { name: string; toolCallId: string; done: Promise<unknown> }[];
  /** What was omitted, renamed or changed in a request, and irregularities of a response. */
  warnings: Warning[];
  /** Headers of the last turn's response. */
  headers: Headers;
  /** The last turn's completion as the provider sent it; for a stream, assembled from its chunks. */
  raw: unknown;
  /** Rates the last turn's log; see `gateway.logs.feedback`. */
  feedback(feedback: Feedback): Promise<void>;
}
