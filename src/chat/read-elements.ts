import type { ElementReader } from "../output/elements.ts";
import type { ElementsEvent, StreamEvent } from "./stream-event.ts";

/** The type of the elements of an output that is an array. */
export type ElementOf<O> = O extends readonly (infer E)[] ? E : never;

interface ElementSource<O> {
  createReader(): Promise<ElementReader>;
  /** Makes the caller the consumer of the stream. */
  claim(): AsyncIterator<StreamEvent<O> | ElementsEvent, undefined>;
}

/** The elements of an array output, read from the events of a stream that emits them. */
export async function* readElements<O>({ createReader, claim }: ElementSource<O>): AsyncGenerator<ElementOf<O>, void> {
  const reader = await createReader();
  const events = claim();
  /** Whether elements came while the last answer was written. */
  let sawElements = false;
  try {
    for (let step = await events.next(); !step.done; step = await events.next()) {
      const event = step.value;
      if (event.type === "turn-start") {
        reader.restart();
        sawElements = false;
      } else if (event.type === "output-elements") {
        sawElements = true;
        yield* (await reader.read(event.elements)) as ElementOf<O>[];
      } else if (event.type === "finish" && !sawElements && Array.isArray(event.result.output)) {
        // The text could only be read as a whole.
        yield* event.result.output as ElementOf<O>[];
      }
    }
  } finally {
    await events.return?.();
  }
}
