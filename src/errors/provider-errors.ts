import type { ContentRow, ErrorRow } from "./error-row.ts";
import { vary } from "./vary.ts";

const noCredit: ErrorRow = {
  code: "insufficient-credits",
  origin: "provider",
  retryable: false,
  means: "The account at the provider has no credit or quota left.",
  hint: "Add credit at the provider, or raise the quota or spending limit there; retrying soon won't help.",
};

const rejectedKey: ErrorRow = {
  code: "authentication",
  origin: "provider",
  retryable: false,
  means: "The provider rejected its key, or got none.",
  hint: "Check the provider key stored in the gateway (dashboard: AI Gateway > Provider Keys), and that no authorization header replaces it.",
};

const rejectedRequest: ErrorRow = {
  code: "bad-request",
  origin: "provider",
  retryable: false,
  means: "The provider rejected the request.",
  hint: "The message says what it rejected; change the request.",
};

const tooLarge: ErrorRow = vary(rejectedRequest, {
  means: "The provider rejected the request, which is too large for the model or for the account's limits.",
  hint: "Shorten the messages, lower maxTokens or choose a model with a larger context: change the request, or it will be rejected again.",
});

const rateLimit: ErrorRow = {
  code: "rate-limit",
  origin: "provider",
  retryable: true,
  means: "The provider's rate limit is reached.",
  hint: "Wait and try again (see retryAfterMs), or set fallbacks.",
};

const forbidden: ErrorRow = {
  code: "permission",
  origin: "provider",
  retryable: false,
  means: "The provider doesn't allow this request for its key or account.",
  hint: "Check what the stored provider key is allowed to do, and whether the model is available to that account and region.",
};

const notFound: ErrorRow = {
  code: "not-found",
  origin: "provider",
  retryable: false,
  means: "The provider has no such model, or the address is wrong.",
  hint: "Check the model's name and the base URL.",
};

const failed: ErrorRow = {
  code: "provider",
  origin: "provider",
  retryable: true,
  means: "The provider, or a proxy in front of it, failed.",
  hint: "Try again; if it persists, check the provider's status page or set fallbacks.",
};

/** A daily limit: a rate limit if the response says how long to wait, an exhausted quota otherwise. */
export const dailyLimit: { timed: ErrorRow; untimed: ErrorRow } = {
  timed: vary(rateLimit, {
    means: "The provider's daily limit is reached.",
    hint: "Wait as long as retryAfterMs says, raise the limit at the provider, or set fallbacks.",
  }),
  untimed: vary(noCredit, { means: "The provider's quota for the day is used up." }),
};

/** Phrases for a daily limit, in a message or a quota's id. */
export const dailyWords = /per[-_ ]?day|daily (?:request |token |usage |free )?(?:limit|quota|allocation)|\b(?:RPD|TPD)\b/i;

/**
 * Rows for the content of a provider's error body, tried in this order and before the HTTP status: an exhausted quota is reported as 429, a
 * wrong key or missing credit as 400, an oversized request as 429. test/errors/error-shapes.json contains the bodies that they are based on.
 */
export const providerContent: readonly ContentRow[] = [
  vary(noCredit, {
    codes:
      /^(?:insufficient_quota|insufficient_balance(?:_error)?|insufficient_credits|billing_hard_limit_reached|billing_not_active|billing_error|exceeded_current_quota_error|payment_required|credits?_exhausted|account_overdue|Arrearage|1008|1113|1308|1309|1310|2056|3036|4006)$/i,
    words:
      /credit balance is too low|(?:insufficient|not enough|overdue) (?:account )?(?:balance|credits?|funds)|used (?:up )?all (?:available|of your) credits|monthly (?:spending|usage) (?:limit|cap)|key limit exceeded|API calls \/ month|reached your (?:specified )?(?:workspace )?API usage limits|requires more credits|never purchased credits|(?:out of|no remaining|no more|n't have any) credits|credits are depleted|balance (?:is )?(?:insufficient|not enough|too low|exhausted)|free allocation of [\d,]+ neurons|please (?:recharge|top up)|account is (?:suspended|not active)[^.]*(?:balance|billing)|account is in arrears|token quota is not enough/i,
  }),
  vary(noCredit, { untimed: true, words: /exceeded your (?:current|monthly) (?:included )?(?:quota|credits)/i }),
  vary(tooLarge, {
    codes: /^(?:context_length_exceeded|string_above_max_length|request_too_large|3006)$/,
    words:
      /request (?:is )?too large|must be reduced in order|reduce the length of the messages|maximum context length|context (?:length|window) (?:exceeded|of)|exceeds? (?:the )?(?:model'?s? )?(?:max(?:imum)? )?(?:context|input|prompt|token) ?(?:length|window|limit|tokens)|(?:prompt|input) is too long|input token count .*exceeds/i,
  }),
  vary(rejectedKey, {
    codes:
      /^(?:invalid_api_key|authentication_error|invalid_authentication_error|authentication_failed|API_KEY_INVALID|API_KEY_EXPIRED|UNAUTHENTICATED|unauthorized|missing_api_key|token_expired|account_deactivated|InvalidApiKey|1004|2049)$/i,
    words:
      /(?:incorrect|invalid|wrong|missing|malformed|expired|no) (?:x-)?api[- ]?key|api[- ]?key (?:\S+ )?(?:is |was )?(?:not valid|invalid|incorrect|expired|missing|required|not found|not provided|reported as leaked)|didn't provide an api key|missing authorization header|no auth credentials found|no cookie auth credentials|invalid authentication|(?:invalid|incorrect) (?:bearer |access )?token\b(?!s| count)|authentication fails?\b|unauthenticated/i,
  }),
  vary(notFound, {
    codes: /^(?:model_not_found|not_found_error|ModelNotFound|model_decommissioned|invalid_model|NOT_FOUND|5007|3042)$/,
    words:
      /is not a valid model id|model .{1,120} (?:does not exist|doesn't exist|is not found|was not found|not found|has been decommissioned)|no such model|unknown model|model not exist/i,
  }),
  vary(forbidden, {
    codes:
      /^(?:permission_error|permission_denied_error|PERMISSION_DENIED|unsupported_country_region_territory|access_denied|3023|3041|5016|5018)$/,
    words: /country, region, or territory not supported|location is not supported/i,
  }),
  vary(failed, { means: "The provider is overloaded.", codes: /^(?:overloaded_error|engine_overloaded_error|overloaded)$/ }),
  vary(rateLimit, {
    except: 413,
    codes:
      /^(?:rate_limit_error|rate_limit_exceeded|rate_limit_reached_error|RESOURCE_EXHAUSTED|rateLimitExceeded|too_many_requests|rate_limited|1300|3505|1302|1303|1002)$/i,
    words:
      /rate[- ]limit(?:ed)?\b(?: has been| was)? (?:exceeded|reached|upstream)|temporarily rate[- ]limited|too many requests|error code: 1015/i,
  }),
  vary(failed, {
    inStream: true,
    means: "The provider is overloaded or failed.",
    codes: /^(?:3040|server_error|api_error|internal_server_error|service_unavailable|UNAVAILABLE|INTERNAL|DEADLINE_EXCEEDED)$/,
    words: /overloaded|service unavailable|internal server error|no (?:available )?capacity/i,
  }),
  vary(rejectedRequest, {
    inStream: true,
    codes: /^(?:invalid_request_error|invalid_request|INVALID_ARGUMENT|FAILED_PRECONDITION|invalid_prompt)$/,
  }),
];

/** Workers AI's codes, in Cloudflare's envelope. Source: Cloudflare's page "Workers AI errors", which lists them between 3003 and 5028. */
export const workersAiCodes = /^(?:30[0-4]\d|4006|50[0-2]\d)$/;

/** Rows by HTTP status, for bodies without details. `4xx` and `5xx` cover statuses without their own row. */
export const statuses: Readonly<Record<string, ErrorRow>> & Record<"4xx" | "5xx" | "other", ErrorRow> = {
  401: rejectedKey,
  402: noCredit,
  403: forbidden,
  404: notFound,
  408: vary(failed, { means: "The provider timed out." }),
  409: vary(failed, { means: "The provider reports a conflict." }),
  425: vary(failed, { means: "The provider was not ready." }),
  424: {
    code: "guardrail",
    origin: "gateway",
    retryable: false,
    blocked: "prompt",
    means: "Guardrails blocked the request.",
    hint: "Change the prompt; a gateway administrator can change the Guardrails settings.",
  },
  413: tooLarge,
  429: rateLimit,
  500: failed,
  502: failed,
  503: failed,
  504: failed,
  520: failed,
  521: failed,
  522: failed,
  523: failed,
  524: failed,
  529: vary(failed, { means: "The provider is overloaded." }),
  "4xx": rejectedRequest,
  "5xx": vary(failed, { retryable: false }),
  other: vary(failed, {
    retryable: false,
    means: "The response is not from a chat-completions endpoint.",
    hint: "Check baseUrl and customDomain: something other than the gateway may have answered.",
  }),
};
