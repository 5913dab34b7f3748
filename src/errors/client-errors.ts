import type { ErrorRow } from "./error-row.ts";

export const configuration: ErrorRow = {
  code: "configuration",
  origin: "client",
  retryable: false,
  means: "An option is missing or wrong; nothing was sent.",
  hint: "Fix the options listed in error.issues.",
};

const network = { code: "network", origin: "network", retryable: true } as const;
const timeout = { code: "timeout", origin: "network", retryable: false } as const;
const stream = { code: "stream", origin: "provider", retryable: false } as const;
const response = { code: "provider", origin: "provider", retryable: false } as const;
const output = { code: "output-validation", origin: "provider", retryable: false } as const;

/** Failures without an error response: before the request, in transit, or while reading a 200. */
export const failures = {
  configuration,

  "network:connect": {
    ...network,
    means: "The connection failed.",
    hint: "Check the network and baseUrl, then try again.",
  },
  "network:dns": {
    ...network,
    means: "The host name was not found.",
    hint: "Check baseUrl, customDomain and the network's DNS.",
  },
  "network:refused": {
    ...network,
    means: "Nothing accepts connections there.",
    hint: "Check baseUrl and its port, and that the server is running.",
  },
  "network:tls": {
    ...network,
    retryable: false,
    means: "No trusted TLS connection could be made.",
    hint: "Check the certificate, the host name in baseUrl, the system clock and any proxy.",
  },
  "network:reset": {
    ...network,
    means: "The connection was interrupted.",
    hint: "Try again; error.partial contains what had arrived.",
  },
  "network:redirect": {
    ...network,
    retryable: false,
    means: "The server redirects elsewhere; the redirect was not followed, so that the token isn't sent there.",
    hint: "Set baseUrl (or customDomain) to the final address.",
  },
  "network:remote-binding": {
    ...network,
    origin: "client",
    retryable: false,
    means: "The AI binding has no local implementation.",
    hint: 'Run "wrangler dev" with a remote binding: set "remote": true on the ai binding in the Wrangler configuration.',
  },

  "timeout:first-byte": {
    ...timeout,
    phase: "first-byte",
    means: "No response arrived in time.",
    hint: "Increase timeout.firstByte, or use stream(): long answers then start early. The request may still be billed.",
  },
  "timeout:idle": {
    ...timeout,
    phase: "idle",
    means: "The response stalled.",
    hint: "Increase timeout.idle if such pauses are expected. The request may still be billed.",
  },
  "timeout:chunk": {
    ...timeout,
    phase: "chunk",
    means: "The stream sent heartbeats, but no chunk in time.",
    hint: "Increase timeout.chunk if the model may think that long. The request may still be billed.",
  },
  "timeout:total": {
    ...timeout,
    origin: "client",
    phase: "total",
    means: "The chat took longer than allowed.",
    hint: "Increase timeout.total, or shorten the task.",
  },

  "stream:truncated": {
    ...stream,
    reason: "truncated",
    means: "The stream ended without a finish reason.",
    hint: "Try again; error.partial contains what had arrived.",
  },
  "stream:malformed": {
    ...stream,
    reason: "malformed",
    means: "The stream contained data that is not a chunk.",
    hint: "See the message for its start; error.partial contains what had arrived.",
  },
  "stream:error-event": {
    ...stream,
    retryable: true,
    reason: "error-event",
    means: "The stream reported an error.",
    hint: "The message is the provider's own; error.partial contains what had arrived.",
  },
  "stream:empty": {
    ...stream,
    reason: "empty",
    means: "The stream was empty.",
    hint: "Try again; if it persists, check the gateway's log of the request.",
  },

  "answer:html": {
    ...response,
    means: "The response is an HTML page instead of a completion.",
    hint: "Check baseUrl and customDomain: a login page or a proxy may have answered.",
  },
  "answer:empty": {
    ...response,
    means: "The response was empty.",
    hint: "Try again; if it persists, check the gateway's log of the request.",
  },
  "answer:malformed": {
    ...response,
    means: "The response is not JSON.",
    hint: "See the message for its start; check baseUrl.",
  },
  "answer:error": {
    ...response,
    means: "The response has status 200 but contains an error.",
    hint: "The message is the provider's own.",
  },
  "answer:no-choices": {
    ...response,
    means: "The response contains no choices.",
    hint: "Try again; if it persists, check the gateway's log of the request.",
  },
  "answer:drift": {
    ...response,
    means: "The response does not match the spec.",
    hint: 'Set validateResponses to "warn" to accept it, and report the difference.',
  },

  "output:invalid": {
    ...output,
    reason: "invalid",
    means: "The answer does not match the schema.",
    hint: "See issues and text; loosen the schema, increase outputRetries, or use a stronger model.",
  },
  "output:refusal": {
    ...output,
    reason: "refusal",
    means: "The model refused to answer.",
    hint: "error.text contains the refusal; change the prompt.",
  },
  "output:length": {
    ...output,
    reason: "length",
    means: "The answer was cut off at its token limit.",
    hint: "Increase maxTokens, or shorten the task.",
  },
  "output:content-filter": {
    ...output,
    reason: "content-filter",
    means: "The provider's content filter stopped the answer.",
    hint: "Change the prompt.",
  },
} as const satisfies Record<string, ErrorRow>;

export type FailureKind = keyof typeof failures;
