import type { PartialOutput, StructuredOutput } from "../output/structured-output.ts";
import { type AnswerEvent, isContent } from "../response/answer-event.ts";
import type { ElementsEvent, StreamEvent } from "./stream-event.ts";

export type PresentedEvent = StreamEvent<unknown> | ElementsEvent;

/** Turns the answer of one attempt into the events of a stream. */
export interface TurnEvents {
  /** Called when the response headers have arrived. */
  onResponse(event: Extract<StreamEvent, { type: "response" }>): void;
  /**
   * Returns the events to emit now, with the partial structured output after the text it was read from. Events before the first content
   * are held back, since the attempt may still be retried.
   */
  present(events: AnswerEvent[]): PresentedEvent[];
  /** Returns the events still held back, once the attempt is kept. */
  flush(): PresentedEvent[];
}

/** `withElements`: also emits the elements of an array output. */
export function createTurnEvents(turn: number, output: StructuredOutput | undefined, withElements: boolean): TurnEvents {
  const present = output ? presentWithOutput(output, withElements) : (events: AnswerEvent[]): PresentedEvent[] => events;
  let held: PresentedEvent[] | undefined = [{ type: "turn-start", turn }];

  function flush(): PresentedEvent[] {
    const events = held ?? [];
    held = undefined;
    return events;
  }

  return {
    onResponse: (event) => void held?.push(event),
    present(events) {
      const presented = present(events);
      if (held === undefined) return presented;
      for (const event of presented) held.push(event);
      return events.some(isContent) ? flush() : [];
    },
    flush,
  };
}

function presentWithOutput(output: StructuredOutput, withElements: boolean): (events: AnswerEvent[]) => PresentedEvent[] {
  const partial: PartialOutput = output.createPartial();
  /** Ids of the calls that carry the output; they are not emitted as tool calls. */
  const outputCalls: string[] = [];

  function grow(event: AnswerEvent): boolean {
    if (event.type === "tool-call-start" && event.name === output.toolName) outputCalls.push(event.id);
    if (event.type === "text-delta" && output.strategy !== "tool") return partial.push(event.text);
    return event.type === "tool-call-delta" && outputCalls.includes(event.id) && partial.push(event.argsText);
  }

  return (events) => {
    let hasGrown = false;
    for (const event of events) hasGrown = grow(event) || hasGrown;
    const presented: PresentedEvent[] =
      outputCalls.length > 0 ? events.filter((event) => !("id" in event && outputCalls.includes(event.id))) : events;
    if (hasGrown) presented.push({ type: "partial-output", value: partial.value });
    if (!withElements) return presented;
    const elements = partial.takeElements();
    if (elements.length > 0) presented.push({ type: "output-elements", elements });
    return presented;
  };
}
