import { fail } from "../errors/create-error.ts";
import type { GatewayError } from "../errors/errors.ts";
import { isHtml } from "../errors/parse-error-body.ts";
import { excerpt } from "../errors/redact.ts";
import type { ChatCompletion } from "../wire.ts";
import type { EventSink } from "./answer-event.ts";
import { parseFirstValue, parseJson } from "./json.ts";
import { findFailure, hasChoice } from "./payload.ts";
import type { Reading } from "./reading.ts";
import { unreadable } from "./unreadable.ts";

/** Maximum length of a body; a longer one is assumed never to end. */
export const maxBodyLength = 64 * 1024 * 1024;

/**
 * Reads an answer that is one JSON body, adding its events to `out`. If the body reports a failure instead of an answer, returns its
 * payload. Throws if it is neither.
 */
export function readBody(text: string, reading: Reading, out: EventSink): unknown {
  const { body, hasTail } = parseBody(text);
  const payload = Array.isArray(body) ? body[0] : body;
  const failure = findFailure(payload);
  if (failure !== undefined) return failure;
  const { answer, onChunk, validation } = reading;
  if (body !== undefined) validation?.observe(body, "completion");
  if (!hasChoice(payload) || (hasTail && !isFinished(payload))) throw unreadableBody(text, hasTail ? undefined : body, reading);
  onChunk?.(payload, out);
  answer.addBody(payload, out);
  if (hasTail) answer.brokenTail = "the body goes on with something else";
  return undefined;
}

const isFinished = ({ choices }: ChatCompletion): boolean =>
  choices.some(({ finish_reason }) => typeof finish_reason === "string");

/** Parses the body, or its first value if something else follows. Google wraps errors in an array; a longer one has a tail. */
function parseBody(text: string): { body: unknown; hasTail: boolean } {
  try {
    const body = parseJson(text);
    return { body, hasTail: Array.isArray(body) && body.length > 1 };
  } catch {
    return { body: parseFirstValue(text), hasTail: true };
  }
}

export const bodyTooLong = ({ target }: Reading): GatewayError =>
  fail("answer:malformed", `${target.model}: the response is longer than ${maxBodyLength / 1024 / 1024} MB.`, target);

/** The error for a body that is neither an answer nor a failure; `body` is undefined if it is not one JSON value. */
function unreadableBody(text: string, body: unknown, reading: Reading): GatewayError {
  const { target, redact, streaming } = reading;
  if (text.trim() === "") {
    return fail(streaming ? "stream:empty" : "answer:empty", `${target.model}: the response is empty.`, target);
  }
  if (body === undefined) {
    const kind = isHtml(text) ? "answer:html" : "answer:malformed";
    return fail(kind, `${target.model}: the response starts with ${JSON.stringify(excerpt(text, redact))}.`, target);
  }
  const details = { body: redact(body) };
  return fail(
    ...unreadable({ kind: "answer:no-choices", problem: "the response has no choices", shown: text, details }, reading),
  );
}
