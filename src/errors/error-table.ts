/**
 * What can go wrong, one row each: which class it becomes, whose fault it is, whether a second try can help, and what to do. The classes,
 * every `hint`, the retry policy and the table in docs/errors.md are all read from here.
 */

import { configuration, timeouts } from "./client-failures.ts";

export type ErrorCode =
  | "configuration"
  | "authentication"
  | "permission"
  | "insufficient-credits"
  | "rate-limit"
  | "spend-limit"
  | "guardrail"
  | "dlp"
  | "bad-request"
  | "not-found"
  | "provider"
  | "network"
  | "timeout"
  | "stream"
  | "output-validation";

export type ErrorOrigin = "client" | "gateway" | "provider" | "network";

export interface ErrorRow {
  code: ErrorCode;
  origin: ErrorOrigin;
  retryable: boolean;
  /** What it means, in a sentence. */
  means: string;
  /** What to do about it: the error's `hint`. */
  hint: string;
  /** Which side of the call a guardrail or a DLP rule stopped. */
  blocked?: "prompt" | "request" | "response";
}

/** Codes in bodies that Cloudflare makes. Sources: Cloudflare's documentation; 2003, 2005, 2036 and the second meaning of 2001 as observed. */
export const gatewayCodes: Readonly<Record<string, ErrorRow>> = {
  2001: {
    code: "not-found",
    origin: "gateway",
    retryable: false,
    means: "There is no such gateway, or it holds no key for the provider.",
    hint: "Check gatewayId (CLOUDFLARE_GATEWAY_ID) and accountId (CLOUDFLARE_ACCOUNT_ID), and that the gateway stores a key for this provider (dashboard: AI Gateway > Provider Keys).",
  },
  2003: {
    code: "rate-limit",
    origin: "gateway",
    retryable: true,
    means: "The gateway's own rate limit is reached.",
    hint: "Wait and try again, or raise the rate limit in the gateway's settings.",
  },
  2005: {
    code: "provider",
    origin: "provider",
    retryable: true,
    means: "The gateway could not reach the provider, or got no usable answer from it.",
    hint: "Try again; if it lasts, look at the provider's status page or set fallbacks.",
  },
  2008: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway does not know the provider in the model's prefix.",
    hint: "Check the provider's name: the model is sent as {provider}/{model}. A custom provider is custom-{slug}.",
  },
  2009: {
    code: "authentication",
    origin: "gateway",
    retryable: false,
    means: "The gateway token is missing or wrong.",
    hint: "Check gatewayToken (CLOUDFLARE_GATEWAY_TOKEN): it needs the permission AI Gateway Run for this account.",
  },
  2016: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "prompt",
    means: "Guardrails blocked the prompt.",
    hint: "Change the prompt, or the gateway's Guardrails settings.",
  },
  2017: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "response",
    means: "Guardrails blocked the response.",
    hint: "Change the prompt, or the gateway's Guardrails settings.",
  },
  2018: {
    code: "rate-limit",
    origin: "gateway",
    retryable: true,
    means: "Unified Billing's rate limit is reached (200 requests a minute).",
    hint: "Wait and try again, or store your own provider key in the gateway.",
  },
  2019: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway could not read the request, mostly because the model has no provider prefix.",
    hint: "Set provider, or write the model as {provider}/{model}.",
  },
  2021: {
    code: "insufficient-credits",
    origin: "gateway",
    retryable: false,
    means: "There is no stored key for the provider, and no Unified Billing credit either.",
    hint: "Store a provider key in the gateway (dashboard: AI Gateway > Provider Keys), or buy credit.",
  },
  2029: {
    code: "dlp",
    origin: "gateway",
    retryable: false,
    blocked: "request",
    means: "A data loss prevention rule blocked the request.",
    hint: "Remove the sensitive data from the request; error.gateway.dlp lists the findings where the gateway gives them.",
  },
  2030: {
    code: "dlp",
    origin: "gateway",
    retryable: false,
    blocked: "response",
    means: "A data loss prevention rule blocked the response.",
    hint: "The answer held sensitive data; error.gateway.dlp lists the findings where the gateway gives them.",
  },
  2036: {
    code: "permission",
    origin: "gateway",
    retryable: false,
    means: "The feature is not available to the account.",
    hint: "Leave the option out, or have the feature enabled for the account.",
  },
  2040: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway holds no key for the provider under that alias.",
    hint: "Set gateway.byokAlias to one of the configured aliases, or store a key under it.",
  },
  2041: {
    code: "spend-limit",
    origin: "gateway",
    retryable: false,
    means: "A spend limit rule of the gateway is exceeded.",
    hint: "Waiting seconds does not help: raise the limit in the gateway's settings, or wait for its period to end.",
  },
  7013: {
    code: "provider",
    origin: "gateway",
    retryable: true,
    means: "The Guardrails scanner is unavailable.",
    hint: "Try again; if it lasts, look at Cloudflare's status page.",
  },
  9106: {
    code: "authentication",
    origin: "gateway",
    retryable: false,
    means: "The Cloudflare API token is missing or malformed.",
    hint: "Check apiToken (CLOUDFLARE_API_TOKEN): the rest endpoint and the logs need an API token with AI Gateway permissions.",
  },
  10000: {
    code: "authentication",
    origin: "gateway",
    retryable: false,
    means: "The Cloudflare API token is wrong, or lacks a permission.",
    hint: "Check apiToken (CLOUDFLARE_API_TOKEN): it needs AI Gateway Run to chat on the rest endpoint, Read for logs and Edit for feedback.",
  },
};

/** Bodies that the gateway makes without a code, told by their text. */
export const gatewayMessages: readonly (ErrorRow & { pattern: RegExp })[] = [
  {
    pattern: /spend(ing)? limit/i,
    code: "spend-limit",
    origin: "gateway",
    retryable: false,
    means: "A spending limit of the gateway is exceeded.",
    hint: "Waiting seconds does not help: raise the limit in the gateway's settings, or wait for its period to end.",
  },
  {
    pattern: /access denied by policy/i,
    code: "permission",
    origin: "gateway",
    retryable: false,
    means: "A policy of the gateway denies this call.",
    hint: "Ask whoever keeps the gateway's policies; the same call will be refused again.",
  },
];

/** Bodies that the gateway makes with an unknown code, or none, told by their status. */
export const gatewayStatuses: Readonly<Record<string, ErrorRow | undefined>> = {
  400: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway refused the request. Without Unified Billing, it does so when it holds no key for the provider.",
    hint: "If no key is stored for this provider, store one in the gateway (dashboard: AI Gateway > Provider Keys), or set gateway.allowUnifiedBilling.",
  },
  401: gatewayCodes[2009],
  402: gatewayCodes[2021],
  403: gatewayMessages.find(({ code }) => code === "permission"),
  429: gatewayCodes[2003],
};

/**
 * Words of a provider's `code` or `type` that say more than the HTTP status. Those with `inStream` serve errors that come without a status
 * of their own, inside a 200; elsewhere the status is more reliable (Groq answers 413 with rate_limit_exceeded).
 */
export const providerCodes: readonly (ErrorRow & { pattern: RegExp; inStream?: true })[] = [
  {
    pattern: /^(insufficient_quota|insufficient_balance|billing_hard_limit_reached|billing_not_active|billing_error)$/,
    code: "insufficient-credits",
    origin: "provider",
    retryable: false,
    means: "The account at the provider has no credit or quota left.",
    hint: "Add credit at the provider; waiting does not help.",
  },
  {
    inStream: true,
    pattern: /^(overloaded_error|server_error|api_error|internal_server_error|service_unavailable|UNAVAILABLE|INTERNAL)$/,
    code: "provider",
    origin: "provider",
    retryable: true,
    means: "The provider is overloaded or failed.",
    hint: "Try again; if it lasts, look at the provider's status page or set fallbacks.",
  },
  {
    inStream: true,
    pattern: /^(rate_limit_error|rate_limit_exceeded|RESOURCE_EXHAUSTED)$/,
    code: "rate-limit",
    origin: "provider",
    retryable: true,
    means: "The provider's rate limit is reached.",
    hint: "Wait and try again (see retryAfterMs), or set fallbacks.",
  },
  {
    inStream: true,
    pattern: /^(invalid_request_error|invalid_request|INVALID_ARGUMENT|invalid_prompt|context_length_exceeded)$/,
    code: "bad-request",
    origin: "provider",
    retryable: false,
    means: "The provider refused the request.",
    hint: "The message says what it refused; change the request.",
  },
];

const failing: ErrorRow = {
  code: "provider",
  origin: "provider",
  retryable: true,
  means: "The provider, or an edge before it, failed.",
  hint: "Try again; if it lasts, look at the provider's status page or set fallbacks.",
};

/** HTTP statuses, for bodies that say nothing more. `4xx` and `5xx` serve those without a row of their own. */
export const statuses: Readonly<Record<string, ErrorRow>> & Record<"4xx" | "5xx" | "other", ErrorRow> = {
  401: {
    code: "authentication",
    origin: "provider",
    retryable: false,
    means: "The provider refused its key.",
    hint: "Check the provider key that the gateway stores, and that no authorization header reaches the provider.",
  },
  402: {
    code: "insufficient-credits",
    origin: "provider",
    retryable: false,
    means: "The account at the provider has no credit left.",
    hint: "Add credit at the provider; waiting does not help.",
  },
  403: {
    code: "permission",
    origin: "provider",
    retryable: false,
    means: "The provider's key may not do this.",
    hint: "Check what the stored provider key is allowed to do, and whether the model is open to that account.",
  },
  404: {
    code: "not-found",
    origin: "provider",
    retryable: false,
    means: "The provider has no such model, or the address is wrong.",
    hint: "Check the model's name and the base URL.",
  },
  408: { ...failing, means: "The provider timed out." },
  409: { ...failing, means: "The provider reports a conflict." },
  425: { ...failing, means: "The provider was not ready." },
  424: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "prompt",
    means: "Guardrails blocked the call.",
    hint: "Change the prompt, or the gateway's Guardrails settings.",
  },
  429: {
    code: "rate-limit",
    origin: "provider",
    retryable: true,
    means: "The provider's rate limit is reached.",
    hint: "Wait and try again (see retryAfterMs), or set fallbacks.",
  },
  500: failing,
  502: failing,
  503: failing,
  504: failing,
  520: failing,
  521: failing,
  522: failing,
  523: failing,
  524: failing,
  529: { ...failing, means: "The provider is overloaded." },
  "4xx": {
    code: "bad-request",
    origin: "provider",
    retryable: false,
    means: "The provider refused the request.",
    hint: "The message says what it refused; change the request.",
  },
  "5xx": { ...failing, retryable: false },
  other: {
    ...failing,
    retryable: false,
    means: "The answer is not one of a chat-completions endpoint.",
    hint: "Check baseUrl and customDomain: something other than the gateway may have answered.",
  },
};

const failure = (code: ErrorCode, origin: ErrorOrigin, retryable: boolean, means: string, hint: string): ErrorRow => ({
  code,
  origin,
  retryable,
  means,
  hint,
});

/** What goes wrong without an error answer: before the request, on the way, or in the reading of a 200. */
export const failures = {
  configuration,

  "network:connect": failure(
    "network",
    "network",
    true,
    "The connection failed.",
    "Check the network and baseUrl, then try again.",
  ),
  "network:dns": failure(
    "network",
    "network",
    true,
    "The host's name was not found.",
    "Check baseUrl, customDomain and the network's DNS.",
  ),
  "network:refused": failure(
    "network",
    "network",
    true,
    "Nothing accepts connections there.",
    "Check baseUrl and its port, and that the server runs.",
  ),
  "network:tls": failure(
    "network",
    "network",
    false,
    "No trusted TLS connection could be made.",
    "Check the certificate, the host name in baseUrl, and the clock; a proxy may be in between.",
  ),
  "network:reset": failure(
    "network",
    "network",
    true,
    "The connection broke off.",
    "Try again; error.partial holds what had arrived.",
  ),
  "network:redirect": failure(
    "network",
    "network",
    false,
    "The server redirects elsewhere; it was not followed, so that the token stays here.",
    "Set baseUrl (or customDomain) to the final address.",
  ),

  ...timeouts,

  "stream:truncated": failure(
    "stream",
    "provider",
    false,
    "The stream ended without a finish reason.",
    "Try again; error.partial holds what had arrived.",
  ),
  "stream:malformed": failure(
    "stream",
    "provider",
    false,
    "The stream held something that is not a chunk.",
    "See the message for its start; error.partial holds what had arrived.",
  ),
  "stream:error-event": failure(
    "stream",
    "provider",
    true,
    "The stream reported an error.",
    "The message is the provider's own; error.partial holds what had arrived.",
  ),
  "stream:empty": failure(
    "stream",
    "provider",
    false,
    "The stream was empty.",
    "Try again; if it lasts, look at the gateway's log of the call.",
  ),

  "answer:html": failure(
    "provider",
    "provider",
    false,
    "An HTML page came in place of an answer.",
    "Check baseUrl and customDomain: a login page or a proxy may have answered.",
  ),
  "answer:empty": failure(
    "provider",
    "provider",
    false,
    "The answer was empty.",
    "Try again; if it lasts, look at the gateway's log of the call.",
  ),
  "answer:malformed": failure(
    "provider",
    "provider",
    false,
    "The answer is not JSON.",
    "See the message for its start; check baseUrl.",
  ),
  "answer:error": failure(
    "provider",
    "provider",
    false,
    "The answer is an error in spite of its status 200.",
    "The message is the provider's own.",
  ),
  "answer:no-choices": failure(
    "provider",
    "provider",
    false,
    "The answer holds no choice.",
    "Try again; if it lasts, look at the gateway's log of the call.",
  ),
  "answer:drift": failure(
    "provider",
    "provider",
    false,
    "The answer does not fit the spec.",
    'Set validateResponses to "warn" to accept it, and report the difference.',
  ),

  "output:invalid": failure(
    "output-validation",
    "provider",
    false,
    "The answer does not fit the schema.",
    "See issues and text; loosen the schema, raise outputRetries, or take a stronger model.",
  ),
  "output:refusal": failure(
    "output-validation",
    "provider",
    false,
    "The model refused to answer.",
    "error.text is its refusal; change the prompt.",
  ),
  "output:length": failure(
    "output-validation",
    "provider",
    false,
    "The answer was cut off at its token limit.",
    "Raise maxTokens, or ask for less.",
  ),
  "output:content-filter": failure(
    "output-validation",
    "provider",
    false,
    "The provider's content filter stopped the answer.",
    "Change the prompt.",
  ),
} as const satisfies Record<string, ErrorRow>;

export type FailureKind = keyof typeof failures;
