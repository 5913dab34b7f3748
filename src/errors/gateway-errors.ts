import type { ContentRow, ErrorRow } from "./error-row.ts";

const rateLimit: ErrorRow = {
  code: "rate-limit",
  origin: "gateway",
  retryable: true,
  means: "The gateway's own rate limit is reached.",
  hint: "Wait and try again; a gateway administrator can raise the rate limit in the gateway's settings.",
};

const wrongToken: ErrorRow = {
  code: "authentication",
  origin: "gateway",
  retryable: false,
  means: "The gateway token is missing or wrong.",
  hint: "Check gatewayToken (CLOUDFLARE_GATEWAY_TOKEN): it needs the permission AI Gateway Run for this account.",
};

const noCredit: ErrorRow = {
  code: "insufficient-credits",
  origin: "gateway",
  retryable: false,
  means: "There is no stored key for the provider, and no Unified Billing credit either.",
  hint: "Store a provider key in the gateway (dashboard: AI Gateway > Provider Keys), or buy Unified Billing credit.",
};

const deniedByPolicy: ContentRow = {
  words: /access denied by policy/i,
  code: "permission",
  origin: "gateway",
  retryable: false,
  means: "A policy of the gateway denies this request.",
  hint: "Contact your gateway administrator; the same request will be rejected again.",
};

/** Codes in Cloudflare's own error bodies. Sources: Cloudflare's documentation; 2003, 2005, 2036 and the second meaning of 2001 as observed. */
export const gatewayCodes: Readonly<Record<string, ErrorRow>> = {
  2001: {
    code: "not-found",
    origin: "gateway",
    retryable: false,
    means: "There is no such gateway, or it stores no key for the provider.",
    hint: "Check gatewayId (CLOUDFLARE_GATEWAY_ID) and accountId (CLOUDFLARE_ACCOUNT_ID), and that the gateway stores a key for this provider (dashboard: AI Gateway > Provider Keys).",
  },
  2003: rateLimit,
  2005: {
    code: "provider",
    origin: "provider",
    retryable: true,
    means: "The gateway could not reach the provider, or got no usable response from it.",
    hint: "Try again; if it persists, check the provider's status page or set fallbacks.",
  },
  2008: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway doesn't know the provider in the model's prefix.",
    hint: "Check the provider's name: the model is sent as {provider}/{model}. A custom provider is custom-{slug}.",
  },
  2009: wrongToken,
  2016: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "prompt",
    means: "Guardrails blocked the prompt.",
    hint: "Change the prompt; a gateway administrator can change the Guardrails settings.",
  },
  2017: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "response",
    means: "Guardrails blocked the response.",
    hint: "Change the prompt; a gateway administrator can change the Guardrails settings.",
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
    means: "The gateway could not read the request, usually because the model has no provider prefix.",
    hint: "Set provider, or write the model as {provider}/{model}.",
  },
  2021: noCredit,
  2029: {
    code: "dlp",
    origin: "gateway",
    retryable: false,
    blocked: "request",
    means: "A data loss prevention rule blocked the request.",
    hint: "Remove the sensitive data from the request; error.gateway.dlp lists the findings, if the gateway reports them.",
  },
  2030: {
    code: "dlp",
    origin: "gateway",
    retryable: false,
    blocked: "response",
    means: "A data loss prevention rule blocked the response.",
    hint: "The response contained sensitive data; error.gateway.dlp lists the findings, if the gateway reports them.",
  },
  2036: {
    code: "permission",
    origin: "gateway",
    retryable: false,
    means: "The feature is not available to the account.",
    hint: "Leave the option out, or ask Cloudflare to enable the feature for the account.",
  },
  2040: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway stores no key for the provider under that alias.",
    hint: "Set gateway.byokAlias to one of the configured aliases, or store a key under it.",
  },
  2041: {
    code: "spend-limit",
    origin: "gateway",
    retryable: false,
    means: "A spend limit rule of the gateway is exceeded.",
    hint: "Retrying soon won't help: a gateway administrator can raise the limit, or wait for its period to end.",
  },
  7013: {
    code: "provider",
    origin: "gateway",
    retryable: true,
    means: "The Guardrails scanner is unavailable.",
    hint: "Try again; if it persists, check Cloudflare's status page.",
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

/** Error bodies of the gateway without a code, recognized by their message. */
export const gatewayMessages: readonly ContentRow[] = [
  {
    words: /spend(ing)? limit/i,
    code: "spend-limit",
    origin: "gateway",
    retryable: false,
    means: "A spending limit of the gateway is exceeded.",
    hint: "Retrying soon won't help: a gateway administrator can raise the limit, or wait for its period to end.",
  },
  deniedByPolicy,
];

/** Error bodies of the gateway with an unknown code or none, recognized by their status. */
export const gatewayStatuses: Readonly<Record<string, ErrorRow | undefined>> = {
  400: {
    code: "bad-request",
    origin: "gateway",
    retryable: false,
    means: "The gateway rejected the request. Without Unified Billing, it does so when it stores no key for the provider.",
    hint: "If no key is stored for this provider, store one in the gateway (dashboard: AI Gateway > Provider Keys), or set gateway.allowUnifiedBilling.",
  },
  401: wrongToken,
  402: noCredit,
  403: deniedByPolicy,
  429: rateLimit,
};
