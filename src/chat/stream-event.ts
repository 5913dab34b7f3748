import type { ToolCall, ToolResult } from "../options/chat-options.ts";
import type { ChatResult, Turn } from "./result.ts";

/** What a stream tells, in the order in which it happens. */
export type StreamEvent<O = undefined> =
  | { type: "turn-start"; turn: number }
  | { type: "text-delta"; text: string }
  | { type: "reasoning-delta"; text: string }
  | { type: "tool-call-start"; id: string; name: string }
  | { type: "tool-call-delta"; id: string; argsText: string }
  | ({ type: "tool-call" } & ToolCall)
  | ({ type: "tool-result" } & ToolResult)
  | { type: "background-task"; id: string; name: string; args: unknown }
  /** What there is of the structured output so far: unvalidated, growing. */
  | { type: "partial-output"; value: unknown }
  | { type: "turn-end"; turn: Turn }
  | { type: "finish"; result: ChatResult<O> };

/** The events that come out of a model's answer alone, before any tool has run. */
export type AnswerEvent = Extract<
  StreamEvent,
  { type: "text-delta" | "reasoning-delta" | "tool-call-start" | "tool-call-delta" }
>;
