import { JsonParser } from "./json-parser.ts";

export type Extracted = { found: true; value: unknown } | { found: false };

const nothing: Extracted = { found: false };

/**
 * Finds the JSON in a model's answer: the whole text, else the content of a code fence, else the first object or array of containers in the
 * prose (`[1]` is a citation). A fence inside a JSON string doesn't count. Truncated or malformed JSON ends the search: anything found
 * inside it would be a fragment, not the answer.
 */
export function extractJson(text: string): Extracted {
  const whole = parse(text);
  return whole.found ? whole : search(withoutReasoning(text));
}

/**
 * Returns the text after the closing tag of the model's reasoning, if there is one: for some models, the opening tag is part of the prompt
 * template. A line break next to the tag distinguishes it from one inside a JSON string.
 */
function withoutReasoning(text: string): string {
  let start = 0;
  for (const { 0: tag, index } of text.matchAll(/\n[ \t]*<\/think(?:ing)?>|<\/think(?:ing)?>[ \t]*\n/gi))
    start = index + tag.length;
  return text.slice(start);
}

function search(text: string): Extracted {
  /** JSON in the prose, which counts unless a fence follows. */
  let among: Extracted = nothing;
  let fence = text.indexOf("```");
  for (let at = 0; ; ) {
    if (fence >= 0 && fence < at) fence = text.indexOf("```", at);
    if (fence < 0 && among.found) return among;
    const parser = new JsonParser({ prose: true });
    let end = parser.push(fence < 0 ? text : text.slice(0, fence), at);
    // It started before the fence, which may be part of one of its strings.
    if (fence >= 0 && parser.tree.frames.length > 0) end = parser.push(text, fence);
    if (parser.isDone) {
      if (!among.found) among = { found: true, value: parser.tree.root };
      at = end;
    } else if (fence < 0 || !parser.hidden) {
      return among;
    } else {
      const fenced = readFence(text, fence);
      if (fenced.found) return { found: true, value: fenced.value };
      if (fenced.end < 0) return among;
      at = fenced.end;
    }
  }
}

/** Reads the JSON in a fence; if it contains something else, returns where it ends, or -1 for malformed JSON. */
function readFence(text: string, fence: number): Extracted & { end: number } {
  const mark = /```[ \t]*(?:json[5cl]?\b)?/iy;
  mark.lastIndex = fence;
  mark.test(text);
  const start = mark.lastIndex;
  const close = text.indexOf("```", start);
  const end = close < 0 ? text.length : close + 3;
  const body = parse(text.slice(start, close < 0 ? text.length : close));
  if (body.found) return { ...body, end };
  // Text may follow the JSON, or the closing fence may be inside one of its strings.
  const parser = new JsonParser({ prose: true, once: true });
  if (!/^\s*[[{]/.test(text.slice(start, start + 100))) return { found: false, end };
  parser.push(text, start);
  if (parser.isDone) return { found: true, value: parser.tree.root, end };
  return { found: false, end: parser.hidden ? end : -1 };
}

function parse(text: string): Extracted {
  try {
    return { found: true, value: JSON.parse(text.trim()) };
  } catch {
    return nothing;
  }
}
