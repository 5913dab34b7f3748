const anySurrogate = /[\ud800-\udfff]/;
const loneSurrogates = /[\ud800-\udfff]/gu;

/** The text with each lone surrogate replaced by U+FFFD, as encoding to UTF-8 would. */
export const toWellFormed = (text: string): string => (anySurrogate.test(text) ? text.replace(loneSurrogates, "\ufffd") : text);

const endsInHighSurrogate = (text: string): boolean => {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
};

/** Splits text into well-formed pieces: a surrogate pair that a provider split is emitted in one piece. */
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
    return toWellFormed(whole);
  }

  /** Returns the rest at the end. */
  end(): string {
    const rest = toWellFormed(this.#half);
    this.#half = "";
    return rest;
  }
}
