import { copyCause } from "./copy-cause.ts";
import { fail } from "./create-error.ts";
import type { FailureKind } from "./error-table.ts";
import type { GatewayError } from "./errors.ts";
import { quote, sentence } from "./quote.ts";
import { readThrown, type Thrown } from "./read-thrown.ts";
import type { Redact } from "./redact.ts";

/** Messages of network errors in Node, Bun, Deno, workerd and browsers; the first match counts. */
const patterns: readonly [RegExp, FailureKind][] = [
  // Wrangler's local mode has no local Workers AI.
  [/Binding \S+ needs to be run remotely/i, "network:remote-binding"],
  [/ENOTFOUND|EAI_AGAIN|dns error|failed to lookup|name not resolved/i, "network:dns"],
  [/ECONNREFUSED|connection ?refused|unable to connect/i, "network:refused"],
  // Before TLS: a connection that fails during the handshake is not a certificate problem.
  [/ECONNRESET|EPIPE/, "network:reset"],
  [/CERT|ERR_TLS|ERR_SSL|EPROTO|SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO|\bTLS\b|\bSSL\b|invalid peer/i, "network:tls"],
  [/UND_ERR_SOCKET|UND_ERR_RES|socket|terminated|closed|reset|incomplete|Z_\w+_ERROR|decompress/i, "network:reset"],
];

/** Creates the error for a request without a response, or with an interrupted one. */
export function networkError(error: unknown, url: string, redact: Redact, phase: "connect" | "body"): GatewayError {
  const thrown = readThrown(error);
  const message = describe(thrown);
  const kind = isTimeout(thrown)
    ? (`timeout:${phase === "connect" ? "first-byte" : "idle"}` as const)
    : (patterns.find(([pattern]) => pattern.test(message))?.[1] ?? (phase === "body" ? "network:reset" : "network:connect"));
  const what =
    phase === "connect" ? `The request to ${getHost(url)} failed` : `The response from ${getHost(url)} was interrupted`;
  return fail(kind, `${what}: ${sentence(quote(redact(message), maxMessageLength))}`, { cause: copyCause(thrown, redact) });
}

const maxMessageLength = 300;

/** Timeouts of the transport itself, such as the 300 seconds of Node's fetch. The request may be billed, so it is not retried. */
const isTimeout = ({ isError, name, code, inner }: Thrown): boolean =>
  isError &&
  (name === "TimeoutError" || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code ?? "") || (inner !== undefined && isTimeout(inner)));

/** Joins the messages of an error and its causes; `fetch failed` alone is not helpful. */
function describe({ message, code, inner }: Thrown): string {
  const own = [message, code !== undefined && !message.includes(code) ? `(${code})` : ""].filter(Boolean).join(" ");
  return inner === undefined ? own : `${own}: ${describe(inner)}`;
}

function getHost(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "the gateway";
  }
}
