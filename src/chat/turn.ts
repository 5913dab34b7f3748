import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { FinishReason } from "../response/finish-reason.ts";
import type { Usage } from "../response/token-usage.ts";
import type { ToolCall, ToolResult } from "../tools/tool-call.ts";

/** One completion that was kept, and its tool calls. */
export interface Turn {
  /** When the turn's first request was sent. */
  startedAt: Date;
  /** Milliseconds until the completion was received, including retries but not tools. */
  durationMs: number;
  /** Milliseconds until the first chunk; streams only. */
  firstChunkMs?: number;
  /** The model's text in this turn; `""` if none. */
  text: string;
  /** The model's reasoning, if the provider returns it. */
  reasoning?: string;
  /** The model's tool calls, whether or not they were executed. */
  toolCalls: ToolCall[];
  /** In the order of `toolCalls`. */
  toolResults: ToolResult[];
  /** Why the completion ended. */
  finishReason: FinishReason;
  /** The finish reason as the provider sent it. */
  rawFinishReason?: string;
  /** Tokens used by this completion, not by retries or rejected strategies. */
  usage: Usage;
  /** What the gateway reported with this turn's response. */
  gateway: GatewayMetadata;
  /** The provider that answered, which after a fallback is not the first target. */
  provider: string;
  /** As sent, including the provider prefix. */
  model: string;
  /** Number of requests: 1 plus retries and requests to earlier fallback targets. */
  attempts: number;
}

/** The text of the last turn, preceded by that of adjacent turns that only started background tasks. */
export function answerText(turns: readonly Pick<Turn, "text" | "toolCalls">[]): string {
  let text = turns.at(-1)?.text ?? "";
  for (let at = turns.length - 2; at >= 0; at--) {
    const earlier = turns[at];
    if (!earlier?.toolCalls.length || !earlier.toolCalls.every(({ background }) => background)) break;
    text = earlier.text && text ? `${earlier.text}\n\n${text}` : earlier.text || text;
  }
  return text;
}
