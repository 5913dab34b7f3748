import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { ModelId } from "../request/model-id.ts";
import type { Answer } from "../response/answer.ts";
import type { FinishReason } from "../response/finish-reason.ts";
import type { ParsedToolCall } from "../tools/parse-tool-call.ts";

/** A completion that was kept, and how it was come by. */
export interface TurnAnswer {
  readonly answer: Answer;
  readonly target: ModelId;
  /** Requests that it took. */
  readonly attempts: number;
  readonly gateway: GatewayMetadata;
  readonly headers: Headers;
  readonly startedAt: Date;
  /** Milliseconds, as on the turn. */
  readonly durationMs: number;
  readonly firstChunkMs: number | undefined;
  /** The structured output that was requested, if any. */
  readonly output: StructuredOutput | undefined;
  /** The tool that the model had to call, where it was exactly one. */
  readonly forcedTool: string | undefined;
}

/** What an answer means for the chat. Nothing has been run or validated yet. */
export interface InterpretedAnswer {
  readonly answered: TurnAnswer;
  readonly answer: Answer;
  /** All calls, in the model's order. */
  readonly calls: readonly ParsedToolCall[];
  /** Without those of the output tool. */
  readonly toolCalls: readonly ParsedToolCall[];
  /** The structured output, where it came as a call. */
  readonly outputCall: ParsedToolCall | undefined;
  readonly finishReason: FinishReason;
  /** Whether the finish reason says that the calls are complete. */
  readonly runsTools: boolean;
}
