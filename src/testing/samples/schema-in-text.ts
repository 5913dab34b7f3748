/** Finds the first JSON Schema in a text, as in prompts that request JSON. */
export function schemaInText(text: string): Record<string, unknown> | undefined {
  for (let start = text.indexOf("{"); start !== -1; start = text.indexOf("{", start + 1)) {
    const end = closingBrace(text, start);
    if (end === undefined) return undefined;
    const found = parseSchema(text.slice(start, end + 1));
    if (found) return found;
  }
  return undefined;
}

function parseSchema(json: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json) as Record<string, unknown>;
    return ["type", "properties", "anyOf", "oneOf", "$ref", "enum"].some((keyword) => keyword in value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function closingBrace(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  return undefined;
}
