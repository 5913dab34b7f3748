import type { EventSink } from "./answer-event.ts";
import { StringBuilder } from "./string-builder.ts";
import { WellFormedText } from "./well-formed.ts";

/** Collects the text or the reasoning of an answer, and emits it as well-formed deltas. */
export class DeltaText {
  #text = new StringBuilder();
  readonly #type: "text-delta" | "reasoning-delta";
  readonly #pieces = new WellFormedText();

  constructor(type: "text-delta" | "reasoning-delta") {
    this.#type = type;
  }

  get text(): string {
    return this.#text.text;
  }

  set text(text: string) {
    this.#text = new StringBuilder();
    this.#text.append(text);
  }

  push(text: string, out: EventSink): void {
    this.#emit(this.#pieces.push(text), out);
  }

  /** Emits a last `text` and whatever is left. */
  end(out: EventSink, text = ""): void {
    this.#emit(this.#pieces.push(text) + this.#pieces.end(), out);
  }

  #emit(text: string, out: EventSink): void {
    if (text === "") return;
    this.#text.append(text);
    out.push({ type: this.#type, text });
  }
}
