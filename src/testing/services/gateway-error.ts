import { jsonReply, type WireReply } from "../wire/wire-reply.ts";

/** The error codes of the gateway and of the Cloudflare API, each with its status and message. */
const errorsByCode: Readonly<Record<number, { status: number; message: string }>> = {
  2001: { status: 400, message: "Please configure AI Gateway in the Cloudflare dashboard" },
  2003: { status: 429, message: "Too many requests" },
  2005: { status: 502, message: "Failed to get response from provider" },
  2008: { status: 400, message: "Invalid provider" },
  2009: { status: 401, message: "Unauthorized" },
  2016: { status: 424, message: "Prompt blocked due to security configurations" },
  2017: { status: 424, message: "Response blocked due to security configurations" },
  2018: { status: 429, message: "Wholesale Rate limited" },
  2019: { status: 400, message: "Chat completion bad format" },
  2021: { status: 402, message: "Insufficient wholesale credits" },
  2029: { status: 400, message: "Request content blocked due to DLP policy violations" },
  2030: { status: 400, message: "Response content blocked due to DLP policy violations" },
  2036: { status: 403, message: "This feature is not available for your account" },
  2040: { status: 400, message: "The provider has no BYOK credential of that name" },
  2041: { status: 429, message: "Spend limit exceeded: rule 'monthly'" },
  7000: { status: 404, message: "No route for that URI" },
  7003: { status: 404, message: "Log not found" },
  7013: { status: 503, message: "Guardrails scanner unavailable" },
  9106: { status: 401, message: "Missing Authorization header" },
  10000: { status: 401, message: "Authentication error" },
  10001: { status: 405, message: "Method not allowed for this URI" },
};

/** Codes whose body repeats name, status and code next to the list. */
const named = new Set([2021, 2036, 2040, 2041]);

/** The gateway's error response; on `rest` and for logs it has the format of the Cloudflare API. */
export function gatewayError(
  endpoint: "compat" | "rest",
  code: number,
  details: { message?: string | undefined; status?: number | undefined } = {},
): WireReply {
  const row = errorsByCode[code] ?? { status: 400, message: "Unknown error" };
  const status = details.status ?? row.status;
  const message = details.message ?? row.message;
  return jsonReply(status, errorBody(endpoint, code, status, message));
}

/** Some errors consist only of a message, on either endpoint. */
export const errorWithoutCode = (status: number, message: string): WireReply =>
  jsonReply(status, { success: false, error: { message } });

function errorBody(endpoint: "compat" | "rest", code: number, status: number, message: string): object {
  const problems = [{ code, message }];
  if (endpoint === "rest") return { success: false, errors: problems, messages: [], result: null };
  if (named.has(code)) {
    return { success: false, error: problems, name: "AiGatewayError", httpCode: status, internalCode: code, message };
  }
  return { success: false, result: [], messages: [], error: problems };
}
