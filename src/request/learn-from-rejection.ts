import type { ChatCompletionRequest } from "../wire.ts";
import { bodyFields } from "./fit-options.ts";
import type { ModelRow } from "./model-rules.ts";

/** The part of an error that describes the rejection. */
export interface Rejection {
  code: string;
  origin: string;
  message: string;
  body?: unknown;
}

/**
 * Fields whose absence would change the request's meaning, or that are omitted in another way (`stream_options`, `tool_choice`, and
 * `response_format` by the output strategies).
 */
const essentialFields: ReadonlySet<string> = new Set([
  "messages",
  "model",
  "max_tokens",
  "max_completion_tokens",
  "response_format",
  "tools",
  "tool_choice",
  "stop",
  "stream",
  "stream_options",
]);

/** Fields that the conversation may send back to a provider, and that some reject. */
const messageFields = [
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "extra_content",
  "refusal",
  "annotations",
  "audio",
  "images",
];

const rejectionCodes: ReadonlySet<string> = new Set(["bad-request", "provider", "stream"]);

/**
 * Derives a rule about a model from a rejected request: which field to omit, or how else to send it. Only if the provider says that a field
 * is unknown, unsupported or not permitted; an error about a value is reported to the caller.
 */
export function learnFromRejection(
  rejection: Rejection,
  sent: ChatCompletionRequest,
  extraBody: object = {},
): ModelRow | undefined {
  if (rejection.origin !== "provider" || !rejectionCodes.has(rejection.code)) return undefined;
  const text = toText(rejection);
  const row: ModelRow = { model: /^/ };
  if (sent.tools && /\bset [`'"]?reasoning_effort[`'"]? to [`'"]?none\b/i.test(text)) {
    return { ...row, withTools: { set: { reasoningEffort: "none" } }, consequence: "so the model answers without thinking" };
  }
  if ("max_tokens" in sent && /\bmax_completion_tokens\b/.test(text) && isRejected(text, "max_tokens")) {
    return { ...row, rename: { maxTokens: "max_completion_tokens" } };
  }
  const both = /(\w+)[`'"]? and [`'"]?(\w+)[`'"]? (?:cannot|can't|can not|may not) (?:both )?be (?:specified|set|used)/i.exec(
    text,
  );
  const [first, second] = [toOption(both?.[1]), toOption(both?.[2])];
  if (first && second) return { ...row, exclusive: [first, second] };
  const rejected = findRejectedOptions(text, sent, extraBody);
  if (rejected.length > 0) return { ...row, unsupported: rejected };
  const fields = messageFields.filter((field) => isInMessages(sent, field) && isRejected(text, field));
  return fields.length > 0 ? { ...row, unsupportedFields: fields } : undefined;
}

/** The names for `unsupported`: the option, or `extraBody.{field}`. */
function findRejectedOptions(text: string, sent: ChatCompletionRequest, extraBody: object): string[] {
  const candidates = Object.keys(sent).filter((field) => !essentialFields.has(field));
  return candidates
    .filter((field) => isRejected(text, field) || (toOption(field) !== undefined && isRejected(text, toOption(field) ?? "")))
    .map((field) => (Object.hasOwn(extraBody, field) ? `extraBody.${field}` : (toOption(field) ?? field)));
}

function toOption(field: string | undefined): string | undefined {
  return Object.entries(bodyFields).find(([option, name]) => name === field || option === field)?.[0];
}

/** Maximum number of characters of a body to search. */
const maxBodyLength = 10_000;

/** Joins message and body in one line. The body may contain an error as JSON inside JSON (OpenRouter's `metadata.raw`). */
function toText({ message, body }: Rejection): string {
  // Only the start, because the patterns are slow on long strings.
  return `${message} ${body === undefined ? "" : JSON.stringify(body).slice(0, maxBodyLength)}`
    .replaceAll("\\n", " ")
    .replaceAll("\\", "");
}

const isInMessages = ({ messages }: ChatCompletionRequest, field: string) =>
  messages.some(
    (message) => field in message || (message.role === "assistant" && message.tool_calls?.some((call) => field in call)),
  );

const quote = "[`'\"“”‘’*]*";
const rejectionPhrases = [
  "(?:currently |yet )?not (?:currently |yet )?(?:supported|allowed|permitted|accepted|available|enabled|recogni[sz]ed|a valid \\w+|a known \\w+)",
  "unsupported",
  "unknown",
  "unrecogni[sz]ed",
  "unexpected",
  "no longer supported",
  "deprecated (?:for|on|with) this model",
].join("|");
const fieldNouns =
  "(?:(?:request |body |input |keyword )?(?:parameter|argument|field|property|properties|option|key|name|input)(?:\\(s\\)|s)?)";

/** The location of a field in an error of pydantic's, as JSON or as Python prints it: `'loc': ('body', 'x')`. */
const location = "[\"']loc[\"']: ?[[(][\"']body[\"'](?:,[^\\])]{0,80})?, ?[\"']F[\"'][\\])]";

/**
 * Patterns of rejections of a field, with `F` for its name. Each is from a public report:
 *
 * 1. OpenAI "Unknown parameter: 'x'", "Unrecognized request argument supplied: x"; Gemini "Unknown name "x": Cannot find field"; Cohere
 *    "unknown field: parameter 'x' is not a valid field"; xAI "Argument not supported on this model: x"
 * 2. Groq, Cerebras "property 'x' is unsupported"; OpenAI "'x' is not supported with this model"; Anthropic "`x` is deprecated for this
 *    model", "x: Extra inputs are not permitted"
 * 3. xAI "Model grok-4 does not support parameter x"
 * 4. Mistral and others built with pydantic: `{"type":"extra_forbidden","loc":["body","x"]}`
 * 5. OpenAI "'x' does not support 0.2 with this model. Only the default (1) value is supported."
 */
const rejectionPatterns = [
  `(?:un(?:known|recogni[sz]ed|supported|expected)|extra|extraneous|additional) ${fieldNouns}(?: (?:supplied|provided|given|in \\w+))?:? ?(?:[\`'"\\w.,\\[\\] -]{0,60}[\`'" ,.[])??F(?!\\w|\\.\\w)`,
  `${fieldNouns} (?:is |are )?not (?:supported|allowed|permitted|recogni[sz]ed)[^.:]{0,40}: ?${quote}F(?!\\w)`,
  `(?<![\\w])F${quote}(?:(?:,| and| or|, and) ${quote}\\w+${quote})*:?(?: ${fieldNouns})?(?: (?:is|are|was))? (?:${rejectionPhrases})`,
  `(?<![\\w])F${quote}:? ${quote}(?:extra (?:inputs|fields) (?:are )?not permitted|cannot find field)`,
  `(?:does|do)(?:n['’]t| not) (?:support|accept|allow|recogni[sz]e) (?:the |an? )?(?:${fieldNouns} )?${quote}F(?!\\w)(?!${quote} ?(?:=|:|value|of |to be))`,
  `${location}[^}]{0,80}(?:extra|not permitted)|(?:extra_forbidden|not permitted)[^}]{0,80}${location}`,
  `F${quote} does not support .{1,40} with this model\\. Only the default`,
  `"F" was unexpected|'F' was unexpected`,
];

function isRejected(text: string, field: string): boolean {
  const name = field.replace(/[^\w]/g, (character) => `\\${character}`);
  if (/^(?:frequency|presence)_penalty$/.test(field) && /\bpenalty is not enabled\b/i.test(text)) return true;
  return rejectionPatterns.some((pattern) => new RegExp(pattern.replaceAll("F", name), "i").test(text));
}
