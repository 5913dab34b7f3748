import { fail } from "./create-error.ts";
import type { FailureKind } from "./error-table.ts";
import type { GatewayError } from "./errors.ts";
import { quote, sentence } from "./quote.ts";
import { type Redact, redactCause } from "./redact.ts";

/** How runtimes (Node, Bun, Deno, workerd, browsers) word what went wrong; the first match counts. */
const wordings: readonly [RegExp, FailureKind][] = [
  // Wrangler's local mode has no Workers AI of its own.
  [/Binding \S+ needs to be run remotely/i, "network:remote-binding"],
  [/ENOTFOUND|EAI_AGAIN|dns error|failed to lookup|name not resolved/i, "network:dns"],
  [/ECONNREFUSED|connection ?refused|unable to connect/i, "network:refused"],
  // Before TLS: a connection that breaks during the handshake is no matter of certificates.
  [/ECONNRESET|EPIPE/, "network:reset"],
  [/CERT|ERR_TLS|ERR_SSL|EPROTO|SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO|\bTLS\b|\bSSL\b|invalid peer/i, "network:tls"],
  [/UND_ERR_SOCKET|UND_ERR_RES|socket|terminated|closed|reset|incomplete|Z_\w+_ERROR|decompress/i, "network:reset"],
];

/** The error of a request that got no response, or lost it midway. */
export function networkError(error: unknown, url: string, redact: Redact, phase: "connect" | "body"): GatewayError {
  const message = describe(error);
  const kind = isTimeout(error)
    ? (`timeout:${phase === "connect" ? "first-byte" : "idle"}` as const)
    : (wordings.find(([pattern]) => pattern.test(message))?.[1] ?? (phase === "body" ? "network:reset" : "network:connect"));
  const what = phase === "connect" ? `The request to ${hostOf(url)} failed` : `The response of ${hostOf(url)} broke off`;
  return fail(kind, `${what}: ${sentence(quote(redact(message), maxMessageLength))}`, { cause: redactCause(error, redact) });
}

const maxMessageLength = 300;

/** Limits of the transport's own, such as the 300 seconds of Node's fetch. The request may be billed, so it is not retried. */
function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, cause } = error as Error & { code?: unknown };
  return name === "TimeoutError" || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String(code)) || isTimeout(cause);
}

/** Everything that an error and its causes say; `fetch failed` alone says nothing. */
function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return describeThrown(error);
  const { code, cause, errors } = error as Error & { code?: unknown; cause?: unknown; errors?: unknown };
  const own = [error.message, typeof code === "string" && !error.message.includes(code) ? `(${code})` : ""]
    .filter(Boolean)
    .join(" ");
  const inner = Array.isArray(errors) && errors.length > 0 ? errors[0] : cause;
  return inner === undefined || depth > 4 ? own : `${own}: ${describe(inner, depth + 1)}`;
}

function describeThrown(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "an unreadable error";
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "the gateway";
  }
}
