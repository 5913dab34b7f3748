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

/** What a chat achieved: the model's answer, the conversation, what it used and what the gateway said about it. */
export interface ChatResult<O = undefined> {
  /** The answer: the text of the last turn, and of turns before it that only started background tasks. */
  text: string;
  /** The validated value, if `output` was set. */
  output: O;
  /** The reasoning of the last turn, where the provider sends it. */
  reasoning?: string;
  /** The model's words where it refused to answer. With `output`, a refusal is an OutputValidationError instead. */
  refusal?: string;
  /** Sources as the provider gave them: Perplexity's `citations`, OpenAI's and OpenRouter's `annotations`. */
  citations?: unknown[];
  /** Images that the model generated in its last turn. */
  images?: GeneratedImage[];
  /** What the model spoke in its last turn. Its text stays empty; see `transcript`. */
  audio?: GeneratedAudio;
  /**
   * Why the last turn ended. `"length"` means that the answer was cut off at its token limit; `"max-turns"` that calls were left
   * unrun.
   */
  finishReason: FinishReason;
  /** The last turn's finish reason as the provider wrote it. */
  rawFinishReason?: string;
  /** Calls that are left to the caller: their tools have no `execute`. */
  toolCalls: ToolCall[];
  /** Requests that were retried, or whose provider was fallen back from. */
  failedAttempts: { provider: string; model: string; error: GatewayError }[];
  /** Every completion that was kept, with its tool calls and their results, in order. */
  turns: Turn[];
  /** The whole conversation, the answer included; pass it back to go on. */
  messages: Message[];
  /** Summed over the turns. */
  usage: Usage;
  /** Of the last turn. */
  gateway: GatewayMetadata;
  /** The tasks that were started; `done` resolves with a task's result, or with undefined if it failed. */
  backgroundTasks: { name: string; toolCallId: string; done: Promise<unknown> }[];
  /** What was left out, renamed or changed in the request, and what was odd about a response. */
  warnings: Warning[];
  /** Of the last turn's response. */
  headers: Headers;
  /** The last turn's completion as the provider sent it; of a stream, assembled from its chunks. */
  raw: unknown;
  /** Rates the last turn's log; see `gateway.logs.feedback`. */
  feedback(feedback: Feedback): Promise<void>;
}
