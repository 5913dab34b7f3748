import { copyCause } from "./copy-cause.ts";
import { fail } from "./create-error.ts";
import type { FailureKind } from "./error-table.ts";
import type { GatewayError } from "./errors.ts";
import { quote, sentence } from "./quote.ts";
import { readThrown, type Thrown } from "./read-thrown.ts";
import type { Redact } from "./redact.ts";

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
  const thrown = readThrown(error);
  const message = describe(thrown);
  const kind = isTimeout(thrown)
    ? (`timeout:${phase === "connect" ? "first-byte" : "idle"}` as const)
    : (wordings.find(([pattern]) => pattern.test(message))?.[1] ?? (phase === "body" ? "network:reset" : "network:connect"));
  const what = phase === "connect" ? `The request to ${hostOf(url)} failed` : `The response of ${hostOf(url)} broke off`;
  return fail(kind, `${what}: ${sentence(quote(redact(message), maxMessageLength))}`, { cause: copyCause(thrown, redact) });
}

const maxMessageLength = 300;

/** Limits of the transport's own, such as the 300 seconds of Node's fetch. The request may be billed, so it is not retried. */
const isTimeout = ({ isError, name, code, inner }: Thrown): boolean =>
  isError &&
  (name === "TimeoutError" || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code ?? "") || (inner !== undefined && isTimeout(inner)));

/** Everything that an error and its causes say; `fetch failed` alone says nothing. */
function describe({ message, code, inner }: Thrown): string {
  const own = [message, code !== undefined && !message.includes(code) ? `(${code})` : ""].filter(Boolean).join(" ");
  return inner === undefined ? own : `${own}: ${describe(inner)}`;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "the gateway";
  }
}
