const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Parses one JSON string incrementally. */
export class JsonStringReader {
  /** The text so far: whole characters only, without half a surrogate pair. */
  text = "";
  state: "open" | "closed" | "failed" = "open";
  /** The characters of an escape that is incomplete. */
  #escape = "";
  /** The first half of a surrogate pair, held back until the second arrives. */
  #half = "";

  /** Continues from `start`, after the opening quote; returns where it stopped. */
  read(input: string, start: number): number {
    let at = start;
    while (at < input.length && this.state === "open")
      at = this.#escape ? this.#readEscape(input, at) : this.#readPlain(input, at);
    return at;
  }

  #readPlain(input: string, start: number): number {
    let at = start;
    let code = input.charCodeAt(at);
    // Up to a quote, a backslash or a control character.
    while (at < input.length && code !== 34 && code !== 92 && code >= 32) code = input.charCodeAt(++at);
    if (at > start) this.#append(input.slice(start, at));
    if (at === input.length) return at;
    if (code === 92) this.#escape = "\\";
    else if (code === 34) this.#close();
    else this.state = "failed";
    return at + 1;
  }

  #readEscape(input: string, at: number): number {
    const character = input.charAt(at);
    if (this.#escape === "\\" && character !== "u") {
      const meaning = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
      this.#escape = "";
      if (meaning === undefined) this.state = "failed";
      else this.#append(meaning);
      return at + 1;
    }
    if (this.#escape !== "\\" && !/[0-9a-fA-F]/.test(character)) {
      this.state = "failed";
      return at + 1;
    }
    this.#escape += character;
    if (this.#escape.length === 6) {
      this.#append(String.fromCharCode(Number.parseInt(this.#escape.slice(2), 16)));
      this.#escape = "";
    }
    return at + 1;
  }

  #append(piece: string): void {
    const whole = this.#half + piece;
    const last = whole.charCodeAt(whole.length - 1);
    const endsInHalf = last >= 0xd800 && last <= 0xdbff;
    this.#half = endsInHalf ? whole.slice(-1) : "";
    this.text += endsInHalf ? whole.slice(0, -1) : whole;
  }

  #close(): void {
    this.text += this.#half;
    this.#half = "";
    this.state = "closed";
  }
}
