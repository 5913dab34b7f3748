import { isObject, type JsonObject } from "./json.ts";

/** Fields by which servers report a failure without the word `error`, as long as the payload has no choice. */
const complaints = ["message", "detail", "msg", "error_msg", "error_message", "errorMessage", "errmsg", "title"];
/** Fields beside them that say what kind of failure it is. */
const codes = ["code", "error_code", "status_code", "statusCode", "status", "type", "errcode"];

/**
 * The failure that a payload reports, in the form in which errors read it; undefined when it reports none.
 *
 * With `error` in it, or on its first choice, a payload is a failure whatever else it holds. Without any choice it is one also when it
 * says so in the way of some other API: `{"object":"error","message"}`, `{"type":"error"}`, `{"detail"}`, `{"code","message"}`,
 * `{"errors":[…]}`, `{"success":false}`, or a `base_resp` whose status code is not 0 (MiniMax).
 */
export function findFailure(payload: unknown): unknown {
  if (!isObject(payload)) return undefined;
  if (isSaid(payload.error) || payload.success === false) return payload;
  const choice = firstChoice(payload);
  if (choice) return isSaid(choice.error) ? { error: choice.error } : undefined;
  if (isObject(payload.x_groq) && isSaid(payload.x_groq.error)) return { error: payload.x_groq.error };
  return reportsFailure(payload) ? payload : undefined;
}

/** Whether a payload has a choice that says anything: a delta, a message, or a finish reason. */
export const hasChoice = (payload: unknown): boolean => isObject(payload) && firstChoice(payload) !== undefined;

/** The payload of a body, which Google wraps into a list. */
export const unwrapBody = (body: unknown): unknown => (Array.isArray(body) ? body[0] : body);

/** Whether a choice says anything; some servers pad the list with empty ones. */
export const saysAnything = (choice: unknown): choice is JsonObject =>
  isObject(choice) &&
  (isObject(choice.delta) || isObject(choice.message) || typeof choice.finish_reason === "string" || isSaid(choice.error));

function firstChoice({ choices }: JsonObject): JsonObject | undefined {
  return Array.isArray(choices) ? choices.find(saysAnything) : undefined;
}

/** Whether an error is reported: `null`, `false`, `""` and `{}` report none. */
const isSaid = (error: unknown): boolean => (isObject(error) ? Object.keys(error).length > 0 : Boolean(error));

function reportsFailure(payload: JsonObject): boolean {
  const { object, type, status, base_resp, errors } = payload;
  if (isObject(base_resp) && Number.isFinite(base_resp.status_code) && base_resp.status_code !== 0) return true;
  if ([object, type, status].some((word) => word === "error")) return true;
  if (Array.isArray(errors) && errors.length > 0) return true;
  // A chunk without a choice brings usage or the provider's own data; a detail of one is no failure.
  if (isObject(payload.usage) || object === "chat.completion.chunk") return false;
  if (isSaid(payload.detail) && typeof payload.detail !== "boolean") return true;
  const complains = complaints.some((field) => typeof payload[field] === "string" && payload[field] !== "");
  return complains && codes.some((field) => isFailureCode(payload[field]));
}

/** A code or a word beside a message that is none of success. */
const isFailureCode = (code: unknown): boolean =>
  typeof code === "number"
    ? code !== 0 && (code < 200 || code > 299)
    : typeof code === "string" && code !== "" && !/^(0|2\d\d|ok|success|ping|processing|pending|queued|running)$/i.test(code);
