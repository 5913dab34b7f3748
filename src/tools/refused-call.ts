import { GatewayError } from "../errors/errors.ts";
import { isObject } from "../response/json.ts";

/** Characters of what the model wrote, and of the provider's words, that are repeated to it. */
const maxQuoted = 500;

/**
 * A request to the model after the provider refused its tool call, or undefined when the error is another. Groq validates calls itself: status
 * 400, the code `tool_use_failed`, and what the model wrote in `failed_generation` (https://console.groq.com/docs/tool-use#error-handling).
 */
export function describeRefusedCall(error: unknown): string | undefined {
  if (!GatewayError.is(error) || error.code !== "bad-request" || !isObject(error.body)) return undefined;
  const details = isObject(error.body.error) ? error.body.error : error.body;
  const { code, message, failed_generation: written } = details;
  if (code !== "tool_use_failed") return undefined;
  const quoted = typeof written === "string" && written !== "" ? ` You wrote: ${written.slice(0, maxQuoted)}` : "";
  const reason = typeof message === "string" ? message.slice(0, maxQuoted) : "it does not fit the tools";
  return `Your tool call was refused: ${reason}\nCall the tool again with corrected arguments, or answer without it.${quoted}`;
}
