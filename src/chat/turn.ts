import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { FinishReason } from "../response/finish-reason.ts";
import type { Usage } from "../response/token-usage.ts";
import type { ToolCall, ToolResult } from "../tools/tool-call.ts";

/** One completion that was kept, with the tools that it called. */
export interface Turn {
  /** When the turn's first request was sent. */
  startedAt: Date;
  /** Milliseconds until the completion was received, retries included and tools not. */
  durationMs: number;
  /** Milliseconds until the first chunk of the stream that was kept. */
  firstChunkMs?: number;
  /** What the model said in this turn; `""` if nothing. */
  text: string;
  /** Its reasoning, where the provider sends it. */
  reasoning?: string;
  /** The calls that the model made, run or not. */
  toolCalls: ToolCall[];
  /** In the order of `toolCalls`. */
  toolResults: ToolResult[];
  /** Why the completion ended. */
  finishReason: FinishReason;
  /** The finish reason as the provider wrote it. */
  rawFinishReason?: string;
  /** What this completion used; retries and refused strategies are not included. */
  usage: Usage;
  /** What the gateway reported with this turn's response. */
  gateway: GatewayMetadata;
  /** The provider that answered: after a fallback, not the first target. */
  provider: string;
  /** As it was sent, provider prefix included. */
  model: string;
  /** Requests that it took: 1, plus the retries and the requests to providers that it fell back from. */
  attempts: number;
}

/** The text of the last turn, after the texts of the turns right before it that only started background tasks. */
export function answerText(turns: readonly Pick<Turn, "text" | "toolCalls">[]): string {
  const texts: string[] = [];
  for (const turn of turns.toReversed()) {
    const { text, toolCalls } = turn;
    const isBackgroundOnly = toolCalls.length > 0 && toolCalls.every(({ background }) => background);
    if (turn !== turns.at(-1) && !isBackgroundOnly) break;
    if (text) texts.unshift(text);
  }
  return texts.join("\n\n");
}
