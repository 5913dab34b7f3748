import type { ChatResult } from "../result.ts";
import type { StreamEvent } from "../stream-event.ts";
import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/** The events as they are here, as far as a browser may see them. */
export function createEventsFormat(): StreamFormat {
  const isWorthSending = createGrowthFilter();
  return {
    write(event) {
      if (event.type === "partial-output" && !isWorthSending(JSON.stringify(event.value) ?? "")) return [];
      const visible = toBrowserEvent(event);
      return visible === undefined ? [] : [visible];
    },
    fail: (failure) => [{ event: "error", data: { type: "error", ...failure } }],
  };
}

/** What `finish` shows a browser: not the conversation, headers or the raw body, and not the turns, which came with their `turn-end`. */
const visibleFields = [
  "text",
  "output",
  "reasoning",
  "refusal",
  "citations",
  "images",
  "audio",
  "finishReason",
  "toolCalls",
  "usage",
  "gateway",
  "warnings",
] as const satisfies (keyof ChatResult<unknown>)[];

/** Headers and raw chunks stay on the server. */
function toBrowserEvent(event: StreamEvent<unknown>): object | undefined {
  if (event.type === "response" || event.type === "raw-chunk") return undefined;
  if (event.type !== "finish") return event;
  const { result } = event;
  return { type: "finish", result: Object.fromEntries(visibleFields.map((field) => [field, result[field]])) };
}
