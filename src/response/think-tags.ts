const names = ["think", "thought"] as const;

/**
 * Tells thinking from text where a model writes its thinking into the text, between `<think>` tags (Google: `<thought>`) at its very start.
 * White space next to the tags belongs to neither. What may still become a tag is held back until it is decided.
 */
export class ThinkTags {
  readonly #onText: (text: string) => void;
  readonly #onThinking: (text: string) => void;
  #state: "undecided" | "thinking" | "leading" | "text" = "undecided";
  #held = "";
  /** All that has come before the text. */
  #before = "";
  /** The tag that ends the thinking. */
  #closing = "";
  /** Whether the thinking has begun. */
  #begun = false;

  constructor(onText: (text: string) => void, onThinking: (text: string) => void) {
    this.#onText = onText;
    this.#onThinking = onThinking;
  }

  /** What stood before the text, tags and all. */
  get removed(): string {
    return this.#before;
  }

  push(piece: string): void {
    if (this.#state === "text") {
      if (piece) this.#onText(piece);
      return;
    }
    this.#held += piece;
    this.#before += piece;
    if (this.#state === "undecided") this.#decide();
    else if (this.#state === "thinking") this.#think();
    else this.#lead();
  }

  /** Lets go of what was held back. */
  end(): void {
    if (this.#state === "undecided" && this.#held) this.#tell(this.#held);
    else if (this.#state === "thinking" && this.#held.trimEnd()) this.#onThinking(this.#held.trimEnd());
    this.#held = "";
  }

  #tell(text: string): void {
    this.#state = "text";
    this.#held = "";
    this.#before = this.#before.slice(0, this.#before.length - text.length);
    if (text) this.#onText(text);
  }

  #decide(): void {
    const start = this.#held.trimStart();
    const name = names.find((each) => start.startsWith(`<${each}>`));
    if (name) {
      this.#state = "thinking";
      this.#closing = `</${name}>`;
      this.#held = start.slice(name.length + 2);
      this.#think();
    } else if (!names.some((each) => `<${each}>`.startsWith(start))) this.#tell(this.#held);
  }

  #think(): void {
    // White space directly behind the opening tag may come in a piece of its own.
    if (!this.#begun) this.#held = this.#held.trimStart();
    const held = this.#held;
    this.#begun ||= held !== "";
    const end = held.indexOf(this.#closing);
    if (end >= 0) {
      const last = held.slice(0, end).trimEnd();
      if (last) this.#onThinking(last);
      this.#state = "leading";
      this.#held = held.slice(end + this.#closing.length);
      this.#lead();
      return;
    }
    // Held back: the start of a closing tag, and white space that may turn out to stand before one.
    const tag = held.lastIndexOf("<");
    const sure = (tag >= 0 && this.#closing.startsWith(held.slice(tag)) ? held.slice(0, tag) : held).trimEnd();
    this.#held = held.slice(sure.length);
    if (sure) this.#onThinking(sure);
  }

  #lead(): void {
    const rest = this.#held.trimStart();
    this.#held = "";
    if (rest) this.#tell(rest);
  }
}
