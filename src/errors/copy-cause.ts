import { quote } from "./quote.ts";
import type { Thrown } from "./read-thrown.ts";
import type { Redact } from "./redact.ts";

/** Maximum length of a cause's message, and of its stack: Node prints both for an uncaught error. */
const maxLength = 120;
const maxFrames = 2;

/**
 * Copies a foreign error so that it is safe to keep as a cause: name, message, code and causes, without fields in which libraries store the
 * whole request, including headers. Any other thrown value becomes a string.
 */
export function copyCause({ isError, name, message, code, frames, inner }: Thrown, redact: Redact): unknown {
  const text = quote(redact(message), maxLength);
  if (!isError) return text;
  const copy = new Error(text, inner === undefined ? undefined : { cause: copyCause(inner, redact) });
  const stack = [`${redact(name)}: ${text}`, ...redact(frames.slice(0, maxFrames))].join("\n");
  for (const [field, value] of Object.entries({ name: redact(name), stack, code: redact(code) })) {
    if (value !== undefined) Object.defineProperty(copy, field, { value, configurable: true, writable: true });
  }
  return copy;
}
