import { fail } from "../errors/create-error.ts";
import type { GatewayError } from "../errors/errors.ts";
import { isHtml } from "../errors/parse-error-body.ts";
import { excerpt } from "../errors/redact.ts";
import type { ChatCompletion } from "../wire.ts";
import type { EventSink } from "./answer-event.ts";
import { parseFirstValue, parseJson } from "./json.ts";
import { findFailure, hasChoice, unwrapBody } from "./payload.ts";
import type { Reading } from "./reading.ts";
import type { ResponseValidation } from "./response-validation.ts";
import { unreadable } from "./unreadable.ts";

/** Maximum length of a body; a longer one is assumed never to end. */
export const maxBodyLength = 64 * 1024 * 1024;

/**
 * Reads an answer that is one JSON body, adding its events to `out`. If the body reports a failure instead of an answer, returns its
 * payload.
 */
export function readBody(text: string, reading: Reading, out: EventSink): unknown {
  const { completion, hasTail } = findCompletion(text, reading.validation);
  if (completion === undefined) return readFailure(text, reading);
  const { answer, onChunk } = reading;
  onChunk?.(completion, out);
  answer.addBody(completion, out);
  if (hasTail) answer.brokenTail = "the body goes on with something else";
  return undefined;
}

export const bodyTooLong = ({ target }: Reading): GatewayError =>
  fail("answer:malformed", `${target.model}: the response is longer than ${maxBodyLength / 1024 / 1024} MB.`, target);

/** Finds the completion in a body, even if something else follows it. */
function findCompletion(
  text: string,
  validation: ResponseValidation | undefined,
): { completion: ChatCompletion | undefined; hasTail: boolean } {
  try {
    return { completion: readCompletion(parseJson(text), validation), hasTail: false };
  } catch {
    const completion = readCompletion(parseFirstValue(text), validation);
    const isComplete = completion?.choices.some(({ finish_reason }) => typeof finish_reason === "string");
    return { completion: isComplete ? completion : undefined, hasTail: true };
  }
}

function readCompletion(value: unknown, validation: ResponseValidation | undefined): ChatCompletion | undefined {
  const payload = unwrapBody(value);
  if (findFailure(payload) !== undefined) return undefined;
  validation?.observe(value, "completion");
  return hasChoice(payload) ? payload : undefined;
}

/** Returns the failure that a body without an answer reports. Throws if it reports none. */
function readFailure(text: string, reading: Reading): unknown {
  const { target, redact, streaming } = reading;
  if (text.trim() === "") {
    throw fail(streaming ? "stream:empty" : "answer:empty", `${target.model}: the response is empty.`, target);
  }
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    const kind = isHtml(text) ? "answer:html" : "answer:malformed";
    throw fail(kind, `${target.model}: the response starts with ${JSON.stringify(excerpt(text, redact))}.`, target);
  }
  const failure = findFailure(unwrapBody(body));
  if (failure !== undefined) return failure;
  const details = { body: redact(body) };
  throw fail(...unreadable({ kind: "answer:no-choices", problem: "the response has no choices", shown: text, details }, reading));
}
