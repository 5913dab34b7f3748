const endsInHighSurrogate = (text: string): boolean => {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
};

/**
 * Splits text into well-formed pieces: a surrogate pair that a provider split is emitted in one piece, and a lone surrogate becomes U+FFFD,
 * as encoding to UTF-8 would make it.
 */
export class WellFormedText {
  /** The first half of a pair whose second half may still arrive. */
  #half = "";

  /** Returns the text that can be emitted now; may be empty. */
  push(text: string): string {
    let whole = this.#half + text;
    this.#half = "";
    if (endsInHighSurrogate(whole)) {
      this.#half = whole.slice(-1);
      whole = whole.slice(0, -1);
    }
    return whole.toWellFormed();
  }

  /** Returns the rest at the end. */
  end(): string {
    const rest = this.#half.toWellFormed();
    this.#half = "";
    return rest;
  }
}
