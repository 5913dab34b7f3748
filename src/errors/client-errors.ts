import type { FailureRow } from "./error-row.ts";
import { vary } from "./vary.ts";

export const configuration: FailureRow = {
  code: "configuration",
  origin: "client",
  retryable: false,
  hint: "Fix the options listed in error.issues.",
};

const network = { code: "network", origin: "network", retryable: true } as const;
const timeout = { code: "timeout", origin: "network", retryable: false } as const;
const stream = { code: "stream", origin: "provider", retryable: false } as const;
const response = { code: "provider", origin: "provider", retryable: false } as const;
const output = { code: "output-validation", origin: "provider", retryable: false } as const;

const rows = {
  configuration,

  "network:connect": vary(network, { hint: "Check the network and baseUrl, then try again." }),
  "network:dns": vary(network, {
    hint: "Check baseUrl, customDomain and the network's DNS.",
  }),
  "network:refused": vary(network, {
    hint: "Check baseUrl and its port, and that the server is running.",
  }),
  "network:tls": vary(network, {
    retryable: false,
    hint: "Check the certificate, the host name in baseUrl, the system clock and any proxy.",
  }),
  "network:reset": vary(network, {
    hint: "Try again; error.partial contains what had arrived.",
  }),
  "network:redirect": vary(network, { retryable: false, hint: "Set baseUrl (or customDomain) to the final address." }),
  "network:remote-binding": vary(network, {
    origin: "client",
    retryable: false,
    hint: 'Run "wrangler dev" with a remote binding: set "remote": true on the ai binding in the Wrangler configuration.',
  }),

  "timeout:first-byte": vary(timeout, {
    phase: "first-byte",
    hint: "Increase timeout.firstByte, or use stream(): long answers then start early. The request may still be billed.",
  }),
  "timeout:idle": vary(timeout, {
    phase: "idle",
    hint: "Increase timeout.idle if such pauses are expected. The request may still be billed.",
  }),
  "timeout:chunk": vary(timeout, {
    phase: "chunk",
    hint: "Increase timeout.chunk if the model may think that long. The request may still be billed.",
  }),
  "timeout:total": vary(timeout, { origin: "client", phase: "total", hint: "Increase timeout.total, or shorten the task." }),

  "stream:truncated": vary(stream, { reason: "truncated", hint: "Try again; error.partial contains what had arrived." }),
  "stream:malformed": vary(stream, {
    reason: "malformed",
    hint: "See the message for its start; error.partial contains what had arrived.",
  }),
  "stream:error-event": vary(stream, {
    retryable: true,
    reason: "error-event",
    hint: "The message is the provider's own; error.partial contains what had arrived.",
  }),
  "stream:empty": vary(stream, { reason: "empty", hint: "Try again; if it persists, check the gateway's log of the request." }),

  "answer:html": vary(response, {
    hint: "Check baseUrl and customDomain: a login page or a proxy may have answered.",
  }),
  "answer:empty": vary(response, {
    hint: "Try again; if it persists, check the gateway's log of the request.",
  }),
  "answer:malformed": vary(response, {
    hint: "See the message for its start; check baseUrl.",
  }),
  "answer:no-choices": vary(response, {
    hint: "Try again; if it persists, check the gateway's log of the request.",
  }),
  "answer:drift": vary(response, {
    hint: 'Set validateResponses to "warn" to accept it, and report the difference.',
  }),

  "output:invalid": vary(output, {
    reason: "invalid",
    hint: "See issues and text; loosen the schema, increase outputRetries, or use a stronger model.",
  }),
  "output:refusal": vary(output, { reason: "refusal", hint: "error.text contains the refusal; change the prompt." }),
  "output:length": vary(output, { reason: "length", hint: "Increase maxTokens, or shorten the task." }),
  "output:content-filter": vary(output, { reason: "content-filter", hint: "Change the prompt." }),
} satisfies Record<string, FailureRow>;

export type FailureKind = keyof typeof rows;

/** Failures without an error response: before the request, in transit, or while reading a 200. */
export const failures: Readonly<Record<FailureKind, FailureRow>> = rows;
