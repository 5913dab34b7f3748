/**
 * A string that arrives in many pieces. Joins them in groups, because V8 represents a long sum of strings as a tree: each of its nodes
 * would survive several garbage collections.
 */
export class StringBuilder {
  #text = "";
  /** Pieces that have not been joined. */
  #pieces: string[] | undefined;

  get text(): string {
    this.#join();
    return this.#text;
  }

  append(piece: string): void {
    if (this.#text === "") this.#text = piece;
    else if (this.#pieces === undefined) this.#pieces = [piece];
    else if (this.#pieces.push(piece) === groupSize) this.#join();
  }

  #join(): void {
    if (this.#pieces === undefined) return;
    this.#text += this.#pieces.join("");
    this.#pieces = undefined;
  }
}

const groupSize = 100;
