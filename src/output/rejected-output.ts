import type { GatewayError } from "../errors/errors.ts";

/**
 * How providers report that the model's JSON failed their own validation: a mistake of the model, like an invalid answer in a 200.
 * Groq: 400 with the code `json_validate_failed` and the text as `failed_generation`, https://github.com/langchain-ai/langchain/issues/31459;
 * Workers AI: "AiError: JSON Mode couldn't be met", code 5024.
 */
const rejection = /json_validate_failed|JSON Mode (?:couldn['’]t|could not|cannot) be met|failed to (?:generate|validate) JSON/i;

/** Groq's error for any tool call, including one of the output tool: https://github.com/agno-agi/agno/issues/4090 */
const rejectedCall = /tool_use_failed/i;

/**
 * Returns the model's text if the provider rejected its output, `""` if the error has no text; undefined for any other error. `asTool`: the
 * output is a tool call.
 */
export function getRejectedText(error: GatewayError, { asTool }: { asTool: boolean }): string | undefined {
  if (!["bad-request", "provider", "stream"].includes(error.code)) return undefined;
  const errorText = `${error.message} ${error.body === undefined ? "" : JSON.stringify(error.body)}`;
  if (!rejection.test(errorText) && !(asTool && rejectedCall.test(errorText))) return undefined;
  return findString(error.body, "failed_generation") ?? "";
}

/** Finds the string with this key at any depth; a body may contain another body as text. */
function findString(body: unknown, key: string, depth = 0): string | undefined {
  const value = typeof body === "string" && /^\s*\{/.test(body) ? parse(body) : body;
  if (typeof value !== "object" || value === null || depth > 5) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = name === key && typeof member === "string" ? member : findString(member, key, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
