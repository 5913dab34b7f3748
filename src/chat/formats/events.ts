import type { ChatResult } from "../result.ts";
import type { StreamEvent } from "../stream-event.ts";
import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/** The client's own events, limited to what a browser may see. */
export function createEventsFormat(): StreamFormat {
  const hasGrownEnough = createGrowthFilter();
  return {
    write(event) {
      if (event.type === "partial-output" && !hasGrownEnough(JSON.stringify(event.value) ?? "")) return [];
      const visible = toBrowserEvent(event);
      return visible === undefined ? [] : [visible];
    },
    fail: (failure) => [{ event: "error", data: { type: "error", ...failure } }],
  };
}

/** What a browser sees of `finish`: not the conversation, headers or raw body, and not the turns, which `turn-end` has already sent. */
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
