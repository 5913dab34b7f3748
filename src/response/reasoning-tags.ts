/** The tags between which models write their reasoning into the text; Google's is `thought`. */
export const openingTags = ["<think>", "<thinking>", "<thought>"];
export const closingTags = ["</think>", "</thinking>", "</thought>"];
export const longestTag = 11;
const opening = /^<(think|thinking|thought)>/i;
/** Any closing tag. */
export const closing = /<\/(?:think|thinking|thought)>/i;

/** Whether the text is the beginning of a tag, in any case. */
export const startsOneOf = (tags: readonly string[], text: string): boolean =>
  text.length <= longestTag && tags.some((tag) => tag.startsWith(text.toLowerCase()));

/**
 * Separates reasoning from text where a model writes it at the start of the text, between tags. White space next to the tags belongs to
 * neither. What may still become a tag is held back until that is decided.
 *
 * Models that think first get their opening tag from the prompt, so that only the closing one comes: for them, everything up to it is
 * reasoning.
 */
export class LeadingReasoning {
  readonly #onText: (text: string) => void;
  readonly #onReasoning: (text: string) => void;
  #thinksFirst: boolean;
  #state: "start" | "reasoning" | "gap" | "text" = "start";
  /** The beginning of what may become a tag. */
  #held = "";
  /** White space that belongs to the text or the reasoning only if more of it follows. */
  #space = "";
  /** Whether the reasoning has begun. */
  #begun = false;
  /** The tag that ends the reasoning: that of the opening one, any where there was none. */
  #closing = closing;
  /** Whether there was an opening tag. */
  hasOpened = false;
  /** Whether a closing tag came. */
  hasClosed = false;

  constructor(onText: (text: string) => void, onReasoning: (text: string) => void, thinksFirst: boolean) {
    this.#onText = onText;
    this.#onReasoning = onReasoning;
    this.#thinksFirst = thinksFirst;
  }

  /** The reasoning comes in a field of its own, so that the content is text from its start. */
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
    // A cut closing tag is no reasoning, but neither is it known to be one.
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
    const [tag, name] = opening.exec(rest) ?? [];
    if (tag === undefined && startsOneOf(openingTags, rest)) return;
    this.#held = "";
    // Reasoning is prose: what begins with a bracket is JSON, or a tool call in the model's own notation.
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
      this.#space = "";
      this.#state = "gap";
      this.hasClosed = true;
      this.#skipGap(text.slice(end.index + end[0].length));
      return;
    }
    const tagStart = text.indexOf("<", Math.max(0, text.length - longestTag));
    const cut = beginningOfTag(text, tagStart);
    this.#held = text.slice(cut);
    this.#emitReasoning(text.slice(0, cut));
  }

  /** Emits reasoning, up to white space that may turn out to stand before the closing tag. */
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

  #skipGap(piece: string): void {
    const rest = piece.trimStart();
    if (rest === "") return;
    this.#state = "text";
    this.#onText(rest);
  }
}

/** Where the end of the text may be the beginning of a closing tag; the text's length where it is not. */
function beginningOfTag(text: string, from: number): number {
  for (let at = from; at >= 0; at = text.indexOf("<", at + 1)) {
    if (startsOneOf(closingTags, text.slice(at))) return at;
  }
  return text.length;
}
