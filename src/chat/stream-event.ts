import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { AnswerEvent } from "../response/answer-event.ts";
import type { DeepPartial } from "../schema.ts";
import type { ToolCall, ToolResult } from "../tools/tool-call.ts";
import type { Message } from "../wire.ts";
import type { ChatResult } from "./result.ts";
import type { Turn } from "./turn.ts";

/** The events of a stream, in order. */
export type StreamEvent<O = undefined> =
  /** A turn begins. Emitted together with the first content of its answer; `turn` counts from 0. */
  | { type: "turn-start"; turn: number }
  /** The response headers of the attempt that is kept; `attempts` counts the requests for this turn so far. */
  | {
      type: "response";
      turn: number;
      provider: string;
      model: string;
      attempts: number;
      headers: Headers;
      gateway: GatewayMetadata;
    }
  | AnswerEvent
  /** A tool call is complete. `needsApproval` is set if it waits for approval. */
  | ({ type: "tool-call" } & ToolCall)
  /** Progress of a running tool: a value that it yielded or passed to `progress()`. */
  | { type: "tool-progress"; id: string; name: string; value: unknown }
  /** A tool has ended or was vetoed; if `isError` is set, the result says what to correct. Emitted in the order in which tools end. */
  | ({ type: "tool-result" } & ToolResult)
  /** A background task was started. */
  | { type: "background-task"; id: string; name: string; args: unknown }
  /** The structured output so far, unvalidated; it only grows. */
  | { type: "partial-output"; value: DeepPartial<Exclude<O, undefined>> }
  /** A turn and its tools are complete; `message` is the model's message as stored in the conversation. */
  | { type: "turn-end"; turn: Turn; message: Message }
  /** The last event, with the result that `chat()` would have returned. Absent if the stream fails or is cancelled. */
  | { type: "finish"; result: ChatResult<O> };

/** Complete elements of an array output; emitted only to consumers of `elements`. */
export interface ElementsEvent {
  type: "output-elements";
  elements: unknown[];
}

/**
 * Emits a batch of events to the consumer of a stream. The promise resolves when the consumer has read them or has stopped, and never
 * rejects; undefined if there is nothing to wait for.
 */
export type Emit = (events: (StreamEvent<unknown> | ElementsEvent)[]) => Promise<void> | undefined;

/** `chat()` has no consumer. */
export const ignoreEvents: Emit = () => undefined;
