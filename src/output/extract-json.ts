import { JsonParser } from "./json-parser.ts";

export type Extracted = { found: true; value: unknown } | { found: false };

const nothing: Extracted = { found: false };

/**
 * The JSON in a model's answer: the whole text; else what a code fence holds; else the first object, or array of containers, among the words
 * (`[1]` is how citations are written). A fence within a JSON string is none. JSON that is cut or malformed ends the search: what is left of
 * it would be a fragment, not the answer.
 */
export function extractJson(text: string): Extracted {
  const whole = parse(text);
  return whole.found ? whole : search(withoutReasoning(text));
}

/**
 * What follows the model's reasoning, where its closing tag is in the text: some models leave the opening one to the prompt's template. A
 * line break beside the tag distinguishes it from one within a JSON string.
 */
function withoutReasoning(text: string): string {
  let start = 0;
  for (const { 0: tag, index } of text.matchAll(/\n[ \t]*<\/think(?:ing)?>|<\/think(?:ing)?>[ \t]*\n/gi))
    start = index + tag.length;
  return text.slice(start);
}

function search(text: string): Extracted {
  /** JSON among the words, which counts unless a fence follows. */
  let among: Extracted = nothing;
  let fence = text.indexOf("```");
  for (let at = 0; ; ) {
    if (fence >= 0 && fence < at) fence = text.indexOf("```", at);
    if (fence < 0 && among.found) return among;
    const parser = new JsonParser({ prose: true });
    let end = parser.push(fence < 0 ? text : text.slice(0, fence), at);
    // It began before the fence, which may be part of one of its strings.
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

/** The JSON in a fence, or where a fence of something else ends; -1 for one whose JSON is broken. */
function readFence(text: string, fence: number): Extracted & { end: number } {
  const mark = /```[ \t]*(?:json[5cl]?\b)?/iy;
  mark.lastIndex = fence;
  mark.test(text);
  const start = mark.lastIndex;
  const close = text.indexOf("```", start);
  const end = close < 0 ? text.length : close + 3;
  const body = parse(text.slice(start, close < 0 ? text.length : close));
  if (body.found) return { ...body, end };
  // Something may follow the JSON, or the closing mark found is part of one of its strings.
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
