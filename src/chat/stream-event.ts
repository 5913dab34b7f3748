import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { AnswerEvent } from "../response/answer-event.ts";
import type { DeepPartial } from "../schema.ts";
import type { ToolCall, ToolResult } from "../tools/tool-call.ts";
import type { Message } from "../wire.ts";
import type { ChatResult } from "./result.ts";
import type { Turn } from "./turn.ts";

/** What a stream yields, in the order in which it happens. */
export type StreamEvent<O = undefined> =
  /** A turn begins. It comes with the first event of the turn's answer; `turn` counts from 0. */
  | { type: "turn-start"; turn: number }
  /** The headers of the response that is kept are in; `attempts` counts the requests for this turn so far. */
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
  /** A call is complete. `needsApproval` is set when it waits for a verdict. */
  | ({ type: "tool-call" } & ToolCall)
  /** A running tool reports: what a generator yields, or what was passed to `progress()`. */
  | { type: "tool-progress"; id: string; name: string; value: unknown }
  /** A tool has ended or was vetoed, with `isError` where the result says what to correct. Results come as the tools end. */
  | ({ type: "tool-result" } & ToolResult)
  /** A background task was started. */
  | { type: "background-task"; id: string; name: string; args: unknown }
  /** The structured output so far: unvalidated, and only growing. */
  | { type: "partial-output"; value: DeepPartial<Exclude<O, undefined>> }
  /** A turn is complete, its tools included; `message` is the model's message as it is stored. */
  | { type: "turn-end"; turn: Turn; message: Message }
  /** The last event, with what `chat()` would have returned. A stream that fails or is cancelled has none. */
  | { type: "finish"; result: ChatResult<O> };

/** For the readers of `elements` alone: elements of an array output that have become complete. */
export interface ElementsEvent {
  type: "output-elements";
  elements: unknown[];
}

/**
 * Hands a batch of events to the reader of a stream; the promise resolves when the reader has taken them, or has left. It never rejects.
 * Undefined when there is nothing to wait for.
 */
export type Emit = (events: (StreamEvent<unknown> | ElementsEvent)[]) => Promise<void> | undefined;

/** `chat()` has no reader. */
export const ignoreEvents: Emit = () => undefined;
