import type { PartialOutput, StructuredOutput } from "../output/structured-output.ts";
import { type AnswerEvent, isContent } from "../response/answer-event.ts";
import type { ElementsEvent, StreamEvent } from "./stream-event.ts";

type PresentedEvent = StreamEvent<unknown> | ElementsEvent;

/** Turns the answer of one attempt into the events of a stream. */
export class TurnEvents {
  readonly #addOutput: ((events: AnswerEvent[]) => PresentedEvent[]) | undefined;
  #held: PresentedEvent[] | undefined;

  /** `withElements`: also emits the elements of an array output. */
  constructor(turn: number, output: StructuredOutput | undefined, withElements: boolean) {
    this.#addOutput = output && presentWithOutput(output, withElements);
    this.#held = [{ type: "turn-start", turn }];
  }

  /** Called when the response headers have arrived. */
  onResponse(event: Extract<StreamEvent, { type: "response" }>): void {
    this.#held = this.#held?.concat(event);
  }

  /**
   * Returns the events to emit now, with the partial structured output after the text it was read from. Events before the first content
   * are held back, since the attempt may still be retried.
   */
  present(events: AnswerEvent[]): PresentedEvent[] {
    const presented: PresentedEvent[] = this.#addOutput ? this.#addOutput(events) : events;
    if (this.#held === undefined) return presented;
    this.#held = this.#held.concat(presented);
    return events.some(isContent) ? this.flush() : [];
  }

  /** Returns the events still held back, once the attempt is kept. */
  flush(): PresentedEvent[] {
    const events = this.#held ?? [];
    this.#held = undefined;
    return events;
  }
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
