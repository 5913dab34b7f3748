import type { GatewayMetadata } from "../errors/gateway-metadata.ts";
import type { AnswerEvent } from "../response/answer-event.ts";
import type { DeepPartial } from "../schema.ts";
import type { ToolCall, ToolResult } from "../tools/tool-types.ts";
import type { Message } from "../wire.ts";
import type { ChatResult } from "./result.ts";
import type { Turn } from "./turn.ts";

/** What a stream yields, in the order in which it happens. */
export type StreamEvent<O = undefined> =
  | { type: "turn-start"; turn: number }
  /** The headers of a response that is kept are in. */
  | {
      type: "response";
      turn: number;
      provider: string;
      model: string;
      /** Requests for this turn so far. */
      attempts: number;
      headers: Headers;
      gateway: GatewayMetadata;
    }
  | AnswerEvent
  | ({ type: "tool-call" } & ToolCall)
  /** What a tool reports while it runs. */
  | { type: "tool-progress"; id: string; name: string; value: unknown }
  | ({ type: "tool-result" } & ToolResult)
  | { type: "background-task"; id: string; name: string; args: unknown }
  /** What there is of the structured output so far: unvalidated, growing. */
  | { type: "partial-output"; value: DeepPartial<Exclude<O, undefined>> }
  /** `message` is the model's message, as it is stored. */
  | { type: "turn-end"; turn: Turn; message: Message }
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
