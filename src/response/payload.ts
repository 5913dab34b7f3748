import type { ChatCompletion } from "../wire.ts";
import { isObject, type JsonObject } from "./json.ts";

/** Fields in which servers report a failure without `error`, if the payload has no choice. */
const failureFields = ["message", "detail", "msg", "error_msg", "error_message", "errorMessage", "errmsg", "title"];
/** Fields that name the kind of such a failure. */
const codes = ["code", "error_code", "status_code", "statusCode", "status", "type", "errcode"];

/**
 * Returns the failure that a payload reports, in the form that the error parser reads; undefined if there is none.
 *
 * With `error`, or `error` on its first choice, a payload is always a failure. Without any choice it is also one if it reports an error in
 * the format of another API: `{"object":"error","message"}`, `{"type":"error"}`, `{"detail"}`, `{"code","message"}`,
 * `{"errors":[…]}`, `{"success":false}`, or a `base_resp` whose status code is not 0 (MiniMax).
 */
export function findFailure(payload: unknown): unknown {
  if (!isObject(payload)) return undefined;
  if (isNonEmptyError(payload.error) || payload.success === false) return payload;
  const choice = firstChoice(payload);
  if (choice) return isNonEmptyError(choice.error) ? { error: choice.error } : undefined;
  if (isObject(payload.x_groq) && isNonEmptyError(payload.x_groq.error)) return { error: payload.x_groq.error };
  return reportsFailure(payload) ? payload : undefined;
}

/** Whether a payload has a non-empty choice: with a delta, a message, or a finish reason. */
export const hasChoice = (payload: unknown): payload is ChatCompletion => isObject(payload) && firstChoice(payload) !== undefined;

/** Whether a choice is not empty; some servers pad the array with empty ones. */
export const isNonEmptyChoice = (choice: unknown): choice is JsonObject =>
  isObject(choice) &&
  (isObject(choice.delta) ||
    isObject(choice.message) ||
    typeof choice.finish_reason === "string" ||
    isNonEmptyError(choice.error));

function firstChoice({ choices }: JsonObject): JsonObject | undefined {
  return Array.isArray(choices) ? choices.find(isNonEmptyChoice) : undefined;
}

/** Whether an error is reported: `null`, `false`, `""` and `{}` report none. */
const isNonEmptyError = (error: unknown): boolean => (isObject(error) ? Object.keys(error).length > 0 : Boolean(error));

function reportsFailure(payload: JsonObject): boolean {
  const { object, type, status, base_resp, errors } = payload;
  if (isObject(base_resp) && isFailureCode(base_resp.status_code)) return true;
  if ([object, type, status].some((word) => word === "error")) return true;
  if (Array.isArray(errors) && errors.length > 0) return true;
  // A chunk without a choice contains usage or the provider's own data; a `detail` in it is not a failure.
  if (isObject(payload.usage) || object === "chat.completion.chunk") return false;
  if (isNonEmptyError(payload.detail) && typeof payload.detail !== "boolean") return true;
  const hasMessage = failureFields.some((field) => typeof payload[field] === "string" && payload[field] !== "");
  return hasMessage && codes.some((field) => isFailureCode(payload[field]));
}

/** A code that does not mean success, next to a message. */
const isFailureCode = (code: unknown): boolean =>
  typeof code === "number"
    ? code !== 0 && (code < 200 || code > 299)
    : typeof code === "string" && code !== "" && !/^(0|2\d\d|ok|success|ping|processing|pending|queued|running)$/i.test(code);
