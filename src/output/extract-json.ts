import { createPartialJson } from "./partial-json.ts";

export type Extracted = { found: true; value: unknown } | { found: false };

/**
 * The JSON in the answer of a model that was only asked for JSON: the whole text, what a code fence holds, or the first object, or array of
 * objects or arrays, among the prose (`[1]` is how citations are written). JSON that is cut or malformed ends the search: what is
 * left of it would be a fragment, not the answer.
 */
export function extractJson(text: string): Extracted {
  const whole = parse(text);
  const fence = text.indexOf("```");
  if (whole.found || fence < 0) return whole.found ? whole : find(text);
  const body = parse(text.slice(text.indexOf("\n", fence) + 1, text.indexOf("```", fence + 3)));
  if (body.found) return body;
  const fenced = find(text.slice(fence));
  return fenced.found ? fenced : find(text);
}

function parse(text: string): Extracted {
  try {
    return { found: true, value: JSON.parse(text.trim()) };
  } catch {
    return { found: false };
  }
}

function find(text: string): Extracted {
  const json = createPartialJson({ prose: true });
  json.push(text);
  return json.complete ? { found: true, value: json.value } : { found: false };
}
