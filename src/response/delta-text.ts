import type { EventSink } from "./answer-event.ts";
import { WellFormedText } from "./well-formed.ts";

/** The text or the reasoning of an answer: collects what it passes on as deltas, in well-formed pieces. */
export class DeltaText {
  text = "";
  readonly #type: "text-delta" | "reasoning-delta";
  readonly #pieces = new WellFormedText();

  constructor(type: "text-delta" | "reasoning-delta") {
    this.#type = type;
  }

  push(text: string, out: EventSink): void {
    this.#emit(this.#pieces.push(text), out);
  }

  /** Passes on what is left, after a last `text`. */
  end(out: EventSink, text = ""): void {
    this.#emit(this.#pieces.push(text) + this.#pieces.end(), out);
  }

  #emit(text: string, out: EventSink): void {
    if (text === "") return;
    this.text += text;
    out.push({ type: this.#type, text });
  }
}
