/** Placeholders for "no arguments", unless other text follows. */
const placeholders = new Set(["", "{}", "null", '""']);

/** A placeholder in front of the arguments. */
const leadingPlaceholder = /^(?:\{\}|null|"")(?=\s*\{)/;

/** An object behind another one. */
const secondObject = /\}\s*\{/;

/**
 * Joins the arguments of one tool call from the pieces of a stream.
 *
 * Some servers send the arguments more than once: a placeholder before the real ones, everything so far with each piece, or the whole text
 * again at the end. This is only assumed if the joined text is not JSON. A possible repetition is held back until the end, so that the
 * deltas always add up to the arguments.
 */
export class ToolCallArguments {
  /** The first piece, often the only one, replaces the array rather than being pushed: pushing reserves space for many. */
  #pieces: string[] = [];
  #text = "";
  /** Whether only white space has arrived. */
  #isBlank = true;
  /** The emitted part, always the beginning of the text. */
  #passedOn = "";
  /** The held-back part. Stored separately, since slicing it from the text would copy the text for each piece. */
  #pending = "";
  #isHolding = false;
  /** The last character other than white space. */
  #last = "";
  #scanner = new CompletenessScanner();
  /** Number of pieces scanned. */
  #scanned = 0;

  /** The joined text so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether only a placeholder has arrived. */
  get isPlaceholder(): boolean {
    return this.#isBlank || (this.#text.length <= 16 && placeholders.has(this.#text.trim()));
  }

  /** Whether the text contains a complete object or array. */
  get isComplete(): boolean {
    // Only a closing bracket completes a value, so pieces are scanned then, each once.
    if (this.#last === "}" || this.#last === "]") {
      for (; this.#scanned < this.#pieces.length; this.#scanned++) this.#scanner.scan(this.#pieces[this.#scanned] ?? "");
    }
    return this.#scanner.end !== undefined;
  }

  /** Adds a piece; returns the text that can be emitted, which may be empty. */
  add(received: string): string {
    const piece = this.#isBlank ? received.replace(leadingPlaceholder, "") : received;
    if (piece === "") return "";
    const trimmed = piece.trimEnd();
    const isBlank = trimmed === "";
    if (!isBlank && !this.#isBlank && this.isPlaceholder) this.#restart();
    else if (this.#text !== "" && (startsAgain(piece, this.#text) || this.isComplete)) this.#isHolding = true;
    if (secondObject.test(piece)) this.#isHolding = true;
    if (this.#pieces.length === 0) this.#pieces = [piece];
    else this.#pieces.push(piece);
    this.#text += piece;
    this.#pending += piece;
    this.#isBlank &&= isBlank;
    if (!isBlank) this.#last = trimmed.charAt(trimmed.length - 1);
    return this.#isHolding || this.isPlaceholder ? "" : this.#passOn();
  }

  /** Sets arguments that arrived as a parsed value; a later value replaces an earlier one. */
  addWhole(json: string): string {
    if (this.isPlaceholder || json === this.#text) return this.#text === json ? "" : this.add(json);
    this.#restart();
    this.#isHolding = true;
    return this.add(json);
  }

  /** Whether a piece only repeats earlier text. Comparing costs no more than receiving the piece did. */
  repeats(piece: string): boolean {
    if (piece.length < this.#text.length / 2) return false;
    return piece.trim() === this.#text.trim() || isSameJson(piece, this.#text);
  }

  /** Ends the arguments; returns their text and the part that was not yet emitted. */
  end(): { text: string; rest: string } {
    const text = readable(this.#isHolding ? withoutRepetition(this.#pieces, this.#text) : this.#text);
    // If nothing arrived, there is nothing to emit.
    const hasRest = !this.#isBlank && text.startsWith(this.#passedOn);
    return { text, rest: hasRest ? text.slice(this.#passedOn.length) : "" };
  }

  #passOn(): string {
    const added = this.#pending;
    this.#pending = "";
    this.#passedOn = this.#text;
    return added;
  }

  /** Discards a placeholder, which was not emitted. */
  #restart(): void {
    this.#pieces = [];
    this.#text = "";
    this.#pending = "";
    this.#isBlank = true;
    this.#last = "";
    this.#scanner = new CompletenessScanner();
    this.#scanned = 0;
  }
}

const startsAgain = (piece: string, text: string): boolean => piece.length >= text.length && piece.startsWith(text);

/** Returns the text that the pieces repeat, or the joined text if it is JSON or there is no repetition. */
function withoutRepetition(pieces: readonly string[], joined: string): string {
  if (parse(joined) !== undefined) return joined;
  let folded = "";
  for (const piece of pieces) folded = folded !== "" && startsAgain(piece, folded) ? piece : folded + piece;
  if (parse(folded) !== undefined) return folded;
  const scanner = new CompletenessScanner();
  scanner.scan(folded);
  if (scanner.end === undefined) return joined;
  const first = folded.slice(0, scanner.end);
  return isRepeated(first, folded.slice(scanner.end).trim()) ? first : joined;
}

/** Whether the rest repeats the first text: any number of times, with other white space, or truncated. */
function isRepeated(first: string, rest: string): boolean {
  let remaining = rest;
  while (remaining.startsWith(first)) remaining = remaining.slice(first.length).trimStart();
  return placeholders.has(remaining) || first.startsWith(remaining) || isSameJson(first, remaining);
}

function isSameJson(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && JSON.stringify(a.value) === JSON.stringify(b.value);
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Converts a placeholder to an empty object, and an object inside a JSON string to the object. */
function readable(text: string): string {
  const trimmed = text.trim();
  if (placeholders.has(trimmed)) return "{}";
  if (!trimmed.startsWith('"')) return text;
  const inner = parse(trimmed)?.value;
  return typeof inner === "string" && inner.trimStart().startsWith("{") && parse(inner) ? inner : text;
}

/** Finds the end of the first object or array in a text that arrives in pieces. */
class CompletenessScanner {
  #before = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  /** The index after the value, once it is complete. */
  end: number | undefined;

  scan(piece: string): void {
    for (let at = 0; this.end === undefined && at < piece.length; at++) {
      const character = piece[at];
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#inString) {
        if (character === "\\") this.#isEscaped = true;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === "{" || character === "[") this.#depth++;
      else if ((character === "}" || character === "]") && --this.#depth <= 0) this.end = this.#before + at + 1;
    }
    this.#before += piece.length;
  }
}
