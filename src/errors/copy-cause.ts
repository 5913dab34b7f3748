import { quote } from "./quote.ts";
import type { Thrown } from "./read-thrown.ts";
import type { Redact } from "./redact.ts";

/** Characters of a cause's message that are kept, and frames of its stack: Node prints them of an uncaught error. */
const maxLength = 120;
const maxFrames = 2;

/**
 * A copy of a foreign error that is safe to keep as a cause: name, message, code and causes, without the fields by which libraries attach
 * whole requests, headers included. Of anything else that was thrown, its text.
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
