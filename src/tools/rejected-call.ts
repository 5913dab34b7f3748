import { GatewayError } from "../errors/errors.ts";
import { isObject } from "../response/json.ts";

/** Maximum length of the model's text and of the provider's message when quoted. */
const maxQuoted = 500;

/**
 * A message that asks the model to correct a tool call rejected by the provider; undefined for any other error. Groq validates calls itself:
 * status 400, code `tool_use_failed`, and the model's text in `failed_generation` (https://console.groq.com/docs/tool-use#error-handling).
 */
export function describeRejectedCall(error: unknown): string | undefined {
  if (!GatewayError.is(error) || error.code !== "bad-request" || !isObject(error.body)) return undefined;
  const details = isObject(error.body.error) ? error.body.error : error.body;
  const { code, message, failed_generation: written } = details;
  if (code !== "tool_use_failed") return undefined;
  const quoted = typeof written === "string" && written !== "" ? ` You wrote: ${written.slice(0, maxQuoted)}` : "";
  const reason = typeof message === "string" ? message.slice(0, maxQuoted) : "it does not match the tools";
  return `Your tool call was rejected: ${reason}\nCall the tool again with corrected arguments, or answer without it.${quoted}`;
}
