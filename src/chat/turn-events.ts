import type { PartialOutput, StructuredOutput } from "../output/structured-output.ts";
import type { AnswerEvent } from "../response/answer-event.ts";
import type { StreamEvent } from "./stream-event.ts";

/**
 * Presents the events of one attempt at a turn: its start comes before the first, and the structured output so far beside the text that
 * it is read from. Called with no events at the end of the answer.
 */
export type PresentEvents = (events: AnswerEvent[]) => StreamEvent<unknown>[];

export function createTurnEvents(turn: number, output: StructuredOutput | undefined): PresentEvents {
  let started = false;
  let partial: PartialOutput | undefined;
  /** Ids of calls that are the output, not calls of the conversation. */
  const outputCalls: string[] = [];

  function growPartial(events: readonly AnswerEvent[], output: StructuredOutput): boolean {
    partial ??= output.createPartial();
    let hasGrown = false;
    for (const event of events) {
      if (event.type === "tool-call-start" && event.name === output.toolName) outputCalls.push(event.id);
      else if (event.type === "text-delta" && output.strategy !== "tool") hasGrown = partial.push(event.text) || hasGrown;
      else if (event.type === "tool-call-delta" && outputCalls.includes(event.id))
        hasGrown = partial.push(event.argsText) || hasGrown;
    }
    return hasGrown;
  }

  return (answerEvents) => {
    let events: StreamEvent<unknown>[] = answerEvents;
    if (output) {
      const hasGrown = growPartial(answerEvents, output);
      if (outputCalls.length > 0) events = events.filter((event) => !("id" in event && outputCalls.includes(event.id)));
      if (hasGrown && partial) events.push({ type: "partial-output", value: partial.value });
    }
    if (started) return events;
    started = true;
    return [{ type: "turn-start", turn }, ...events];
  };
}
