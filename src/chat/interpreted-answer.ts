import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { ModelId } from "../request/model-id.ts";
import type { Answer } from "../response/answer.ts";
import type { FinishReason } from "../response/finish-reason.ts";
import type { ParsedToolCall } from "../tools/parse-tool-call.ts";

/** A completion that was kept, and how it was obtained. */
export interface TurnAnswer {
  readonly answer: Answer;
  readonly target: ModelId;
  /** Number of requests for this turn. */
  readonly attempts: number;
  readonly gateway: GatewayMetadata;
  readonly headers: Headers;
  readonly startedAt: Date;
  /** Milliseconds, as on the turn. */
  readonly durationMs: number;
  readonly firstChunkMs: number | undefined;
  /** The structured output that was requested, if any. */
  readonly output: StructuredOutput | undefined;
  /** The tool that the model had to call, if there was exactly one. */
  readonly forcedTool: string | undefined;
}

/** An answer as the chat interprets it, before anything has been executed or validated. */
export interface InterpretedAnswer {
  readonly answered: TurnAnswer;
  readonly answer: Answer;
  /** All calls, in the model's order. */
  readonly calls: readonly ParsedToolCall[];
  /** All calls except those of the output tool. */
  readonly toolCalls: readonly ParsedToolCall[];
  /** The call that carries the structured output, if any. */
  readonly outputCall: ParsedToolCall | undefined;
  readonly finishReason: FinishReason;
  /** Whether the finish reason means that the calls are complete. */
  readonly runsTools: boolean;
}
