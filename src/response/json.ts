/** A JSON object whose fields may be anything. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Maximum nesting. V8 parses far more, but recursive code that traverses the value would overflow the stack. */
export const maxDepth = 500;

/** Parses JSON from the network. Throws a SyntaxError if it is not JSON, or is nested deeper than `maxDepth`. */
export function parseJson(text: string): unknown {
  if (nestsTooDeep(text)) throw new SyntaxError(`JSON nested deeper than ${maxDepth} levels`);
  return JSON.parse(text);
}

/** Parses the first JSON object or array of a text that has more text after it; undefined if there is none. */
export function parseFirstValue(text: string): unknown {
  const end = endOfValue(text, maxDepth);
  if (end === undefined) return undefined;
  try {
    return JSON.parse(text.slice(0, end));
  } catch {
    return undefined;
  }
}

function nestsTooDeep(text: string): boolean {
  // Each level needs an opening and a closing character, so most frames are too short to nest that deeply.
  if (text.length <= 2 * maxDepth) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "{" || character === "[") {
      if (++depth > maxDepth) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}

/** The index after the first object or array. */
function endOfValue(text: string, limit: number): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "{" || character === "[") {
      if (++depth > limit) return undefined;
    } else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return undefined;
}

/** The index of the quote that closes the string opened at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
