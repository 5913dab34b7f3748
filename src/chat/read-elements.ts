import type { ElementReader } from "../output/elements.ts";
import type { ElementsEvent, StreamEvent } from "./stream-event.ts";

/** The element type of an array output. */
export type ElementOf<O> = O extends readonly (infer E)[] ? E : never;

interface ElementSource<O> {
  createReader(): Promise<ElementReader>;
  /** Makes the caller the consumer of the stream. */
  claim(): AsyncIterator<StreamEvent<O> | ElementsEvent, undefined>;
}

/** Yields the elements of an array output from the events of a stream. */
export async function* readElements<O>({ createReader, claim }: ElementSource<O>): AsyncGenerator<ElementOf<O>, void> {
  // First, so that it wins over `stream.result` awaited in the same tick.
  const events = claim();
  /** Whether elements arrived while the last answer was streaming. */
  let sawElements = false;
  try {
    const reader = await createReader();
    for (let step = await events.next(); !step.done; step = await events.next()) {
      const event = step.value;
      if (event.type === "turn-start") {
        reader.restart();
        sawElements = false;
      } else if (event.type === "output-elements") {
        sawElements = true;
        yield* (await reader.read(event.elements)) as ElementOf<O>[];
      } else if (event.type === "finish" && !sawElements && Array.isArray(event.result.output)) {
        // The text could only be parsed as a whole.
        yield* event.result.output as ElementOf<O>[];
      }
    }
  } finally {
    await events.return?.();
  }
}
