/** The tags that enclose reasoning in the text; Google's is `thought`. */
export const openingTags = ["<think>", "<thinking>", "<thought>"];
export const closingTags = ["</think>", "</thinking>", "</thought>"];
export const tags = [...openingTags, ...closingTags];
export const longestTag = 11;
const leadingTag = /^<(\/?)(think|thinking|thought)>/i;
/** Any closing tag. */
export const closing = /<\/(?:think|thinking|thought)>/i;

/** Whether the text is the beginning of a tag, in any case. */
export const startsOneOf = (tags: readonly string[], text: string): boolean =>
  text.length <= longestTag && tags.some((tag) => tag.startsWith(text.toLowerCase()));

/**
 * Separates reasoning between tags at the start of the text from the text itself. White space next to the tags belongs to neither. A possible
 * tag is held back until it is complete.
 *
 * For models that think first, the opening tag is in the prompt and only the closing one arrives; everything up to it is reasoning.
 */
export class LeadingReasoning {
  readonly #onText: (text: string) => void;
  readonly #onReasoning: (text: string) => void;
  #thinksFirst: boolean;
  #state: "start" | "reasoning" | "gap" | "text" = "start";
  /** The beginning of a possible tag. */
  #held = "";
  /** White space that belongs to the text or the reasoning only if more of it follows. */
  #space = "";
  /** Whether the reasoning has started. */
  #begun = false;
  /** The tag that ends the reasoning: the one matching the opening tag, or any if there was none. */
  #closing = closing;
  /** Whether there was an opening tag. */
  hasOpened = false;
  /** Whether there was a closing tag. */
  hasClosed = false;

  constructor(onText: (text: string) => void, onReasoning: (text: string) => void, thinksFirst: boolean) {
    this.#onText = onText;
    this.#onReasoning = onReasoning;
    this.#thinksFirst = thinksFirst;
  }

  /** Called if reasoning arrives in its own field, so that all content is text. */
  disableThinkingFirst(): void {
    this.#thinksFirst = false;
  }

  push(piece: string): void {
    if (this.#state === "text") this.#onText(piece);
    else if (this.#state === "start") this.#start(piece);
    else if (this.#state === "reasoning") this.#reason(piece);
    else this.#skipGap(piece);
  }

  /** Releases what was held back. */
  end(): void {
    const rest = this.#space + this.#held;
    if (this.#state === "start" && rest) this.#onText(rest);
    // A truncated closing tag is not reasoning, but may not be a tag either.
    else if (this.#state === "reasoning" && this.#held) this.#onReasoning(rest);
    this.#space = this.#held = "";
    this.#state = "text";
  }

  #start(piece: string): void {
    let rest = this.#held + piece;
    if (this.#held === "") {
      rest = piece.trimStart();
      this.#space += piece.slice(0, piece.length - rest.length);
    }
    this.#held = rest;
    if (rest === "") return;
    const [tag, slash, name] = leadingTag.exec(rest) ?? [];
    if (tag === undefined && startsOneOf(tags, rest)) return;
    this.#held = "";
    if (slash) {
      // The end of reasoning that is empty, or arrived in its own field.
      this.#close(rest.slice(tag?.length));
      return;
    }
    // Reasoning is prose: text that starts with a bracket is JSON, or a tool call in the model's own markup.
    if (tag !== undefined || (this.#thinksFirst && !/^[<{[]/.test(rest))) {
      this.#state = "reasoning";
      this.hasOpened = tag !== undefined;
      if (name !== undefined) this.#closing = new RegExp(`</${name}>`, "i");
      this.#space = "";
      this.#reason(rest.slice(tag?.length ?? 0));
    } else {
      this.#state = "text";
      this.#onText(this.#space + rest);
      this.#space = "";
    }
  }

  #reason(piece: string): void {
    const text = this.#held + piece;
    this.#held = "";
    const end = this.#closing.exec(text);
    if (end) {
      this.#emitReasoning(text.slice(0, end.index));
      this.#close(text.slice(end.index + end[0].length));
      return;
    }
    const tagStart = text.indexOf("<", Math.max(0, text.length - longestTag));
    const cut = findPartialTag(text, tagStart);
    this.#held = text.slice(cut);
    this.#emitReasoning(text.slice(0, cut));
  }

  /** Emits reasoning, except trailing white space, which may precede the closing tag. */
  #emitReasoning(text: string): void {
    const trimmed = text.trimEnd();
    if (trimmed === "") {
      if (this.#begun) this.#space += text;
      return;
    }
    this.#onReasoning(this.#begun ? this.#space + trimmed : trimmed.trimStart());
    this.#begun = true;
    this.#space = text.slice(trimmed.length);
  }

  /** Ends the reasoning at its closing tag. */
  #close(rest: string): void {
    this.#space = "";
    this.#state = "gap";
    this.hasClosed = true;
    this.#skipGap(rest);
  }

  #skipGap(piece: string): void {
    const rest = piece.trimStart();
    if (rest === "") return;
    this.#state = "text";
    this.#onText(rest);
  }
}

/** The index at which the end of the text may be the start of a closing tag; the text's length if there is none. */
function findPartialTag(text: string, from: number): number {
  for (let at = from; at >= 0; at = text.indexOf("<", at + 1)) {
    if (startsOneOf(closingTags, text.slice(at))) return at;
  }
  return text.length;
}
