const scalarPattern = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const literals = ["true", "false", "null"];

/** Whether a number or literal can start with this character. */
export const beginsScalar = (character: string): boolean => /[-\dtfn]/.test(character);

/** Parses one JSON number or literal incrementally. */
export class JsonScalarReader {
  state: "open" | "closed" | "failed" = "open";
  #text: string;

  constructor(first: string) {
    this.#text = first;
  }

  /** The value, once complete. */
  get value(): unknown {
    return JSON.parse(this.#text);
  }

  /** Continues from `start`, after the first character; returns where it stopped. The character that ends a number is not consumed. */
  read(input: string, start: number): number {
    let at = start;
    while (at < input.length && /[-+.\w]/.test(input.charAt(at))) at += 1;
    this.#text += input.slice(start, at);
    const isLiteral = literals.includes(this.#text);
    if (at === input.length && !isLiteral) {
      const mayGrow = /^[-\d]/.test(this.#text) || literals.some((literal) => literal.startsWith(this.#text));
      if (!mayGrow) this.state = "failed";
    } else this.state = scalarPattern.test(this.#text) ? "closed" : "failed";
    return at;
  }
}
