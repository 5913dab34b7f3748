import type { FailureKind } from "../errors/client-errors.ts";
import { excerpt, type Redact } from "../errors/redact.ts";
import type { ResponseValidation } from "./response-validation.ts";

interface Unreadable {
  kind: FailureKind;
  /** The problem, as a clause. */
  problem: string;
  /** The payload that shows it, as received. */
  shown?: string | undefined;
  /** Whether nothing more can come. @default true */
  isWhole?: boolean;
  details?: Details;
}

interface ResponseContext {
  target: { provider: string; model: string };
  redact: Redact;
  validation?: ResponseValidation | undefined;
}

interface Details {
  body?: unknown;
  retryable?: boolean;
  hint?: string;
}

/**
 * Returns the arguments of `fail` for an answer that can't be read. The message quotes the payload or, if responses are validated, says how
 * it differs from the spec.
 */
export function unreadable(
  { kind, problem, shown, isWhole = true, details }: Unreadable,
  { target, redact, validation }: ResponseContext,
): [kind: FailureKind, message: string, details: Details] {
  const drift = validation?.describe(isWhole);
  if (validation === undefined || drift === undefined) {
    const quoted = shown === undefined ? "." : `: ${excerpt(shown, redact)}`;
    return [kind, `${target.model}: ${problem}${quoted}`, { ...target, ...details }];
  }
  const message = `${target.model}: ${problem}; it does not match the spec: ${drift}.`;
  if (validation.mode === "throw") return ["answer:drift", message, { ...target, hint: "Report the difference." }];
  return [kind, message, { ...target, ...details, body: undefined }];
}
