import type { ChatCompletionRequest } from "../wire.ts";
import { bodyFields } from "./fit-options.ts";
import type { ModelRow } from "./model-rules.ts";

/** What of an error the refusal is read from. */
export interface Refusal {
  code: string;
  origin: string;
  message: string;
  body?: unknown;
}

/**
 * Fields whose absence would change what is asked, or that have a way of their own to be given up (`stream_options`, `tool_choice`, and
 * `response_format` with the output strategies).
 */
const kept: ReadonlySet<string> = new Set([
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

/** Fields that the conversation may bring back to a provider, and that some refuse. */
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

const mayRefuse: ReadonlySet<string> = new Set(["bad-request", "provider", "stream"]);

/**
 * The rule that a refusal teaches about a model: which field of the request to leave out, or how else to send it. Only where the provider
 * says that a field is unknown, unsupported or not permitted; a complaint about a value is the caller's to see.
 */
export function learnFromRejection(refusal: Refusal, sent: ChatCompletionRequest, extraBody: object = {}): ModelRow | undefined {
  if (refusal.origin !== "provider" || !mayRefuse.has(refusal.code)) return undefined;
  const words = wordsOf(refusal);
  const row: ModelRow = { model: /^/, source: refusal.message };
  if (sent.tools && /\bset [`'"]?reasoning_effort[`'"]? to [`'"]?none\b/i.test(words)) {
    return { ...row, withTools: { set: { reasoningEffort: "none" } }, consequence: "so the model answers without thinking" };
  }
  if ("max_tokens" in sent && /\bmax_completion_tokens\b/.test(words) && refuses(words, "max_tokens")) {
    return { ...row, rename: { maxTokens: "max_completion_tokens" } };
  }
  const both = /(\w+)[`'"]? and [`'"]?(\w+)[`'"]? (?:cannot|can't|can not|may not) (?:both )?be (?:specified|set|used)/i.exec(
    words,
  );
  const [first, second] = [optionOf(both?.[1]), optionOf(both?.[2])];
  if (first && second) return { ...row, exclusive: [first, second] };
  const refused = refusedOptions(words, sent, extraBody);
  if (refused.length > 0) return { ...row, unsupported: refused };
  const fields = messageFields.filter((field) => isInMessages(sent, field) && refuses(words, field));
  return fields.length > 0 ? { ...row, refusedFields: fields } : undefined;
}

/** Names as `unsupported` takes them: the option's, or `extraBody.{field}`. */
function refusedOptions(words: string, sent: ChatCompletionRequest, extraBody: object): string[] {
  const candidates = Object.keys(sent).filter((field) => !kept.has(field));
  return candidates
    .filter((field) => refuses(words, field) || (optionOf(field) !== undefined && refuses(words, optionOf(field) ?? "")))
    .map((field) => (Object.hasOwn(extraBody, field) ? `extraBody.${field}` : (optionOf(field) ?? field)));
}

function optionOf(field: string | undefined): string | undefined {
  return Object.entries(bodyFields).find(([option, name]) => name === field || option === field)?.[0];
}

/** Characters of a body that are looked at. */
const maxBodyLength = 10_000;

/** Message and body as one line. Within the body an embedded error may be JSON in JSON (OpenRouter's `metadata.raw`). */
function wordsOf({ message, body }: Refusal): string {
  // Only the start: the patterns above take long for long strings.
  return `${message} ${body === undefined ? "" : JSON.stringify(body).slice(0, maxBodyLength)}`
    .replaceAll("\\n", " ")
    .replaceAll("\\", "");
}

const isInMessages = ({ messages }: ChatCompletionRequest, field: string) =>
  messages.some(
    (message) => field in message || (message.role === "assistant" && message.tool_calls?.some((call) => field in call)),
  );

const quote = "[`'\"“”‘’*]*";
const refusedAs = [
  "(?:currently |yet )?not (?:currently |yet )?(?:supported|allowed|permitted|accepted|available|enabled|recogni[sz]ed|a valid \\w+|a known \\w+)",
  "unsupported",
  "unknown",
  "unrecogni[sz]ed",
  "unexpected",
  "no longer supported",
  "deprecated (?:for|on|with) this model",
].join("|");
const things =
  "(?:(?:request |body |input |keyword )?(?:parameter|argument|field|property|properties|option|key|name|input)(?:\\(s\\)|s)?)";

/**
 * Ways to say that a field as such is refused, `F` standing for its name. Each is from a public report:
 *
 * 1. OpenAI "Unknown parameter: 'x'", "Unrecognized request argument supplied: x"; Gemini "Unknown name "x": Cannot find field"; Cohere
 *    "unknown field: parameter 'x' is not a valid field"; xAI "Argument not supported on this model: x"
 * 2. Groq, Cerebras "property 'x' is unsupported"; OpenAI "'x' is not supported with this model"; Anthropic "`x` is deprecated for this
 *    model", "x: Extra inputs are not permitted"
 * 3. xAI "Model grok-4 does not support parameter x"
 * 4. Mistral and others built with pydantic: `{"type":"extra_forbidden","loc":["body","x"]}`
 * 5. OpenAI "'x' does not support 0.2 with this model. Only the default (1) value is supported."
 */
const wordings = [
  `(?:un(?:known|recogni[sz]ed|supported|expected)|extra|additional) ${things}(?: (?:supplied|provided|given|in \\w+))?:? ?(?:[\`'"\\w.,\\[\\] -]{0,60}[\`'" ,.])??F(?!\\w|\\.\\w)`,
  `${things} (?:is |are )?not (?:supported|allowed|permitted|recogni[sz]ed)[^.:]{0,40}: ?F(?!\\w)`,
  `(?<![\\w])F${quote}(?:(?:,| and| or|, and) ${quote}\\w+${quote})*:?(?: ${things})?(?: (?:is|are|was))? (?:${refusedAs})`,
  `(?<![\\w])F${quote}:? ${quote}(?:extra (?:inputs|fields) (?:are )?not permitted|cannot find field)`,
  `(?:does|do)(?:n['’]t| not) (?:support|accept|allow|recogni[sz]e) (?:the |an? )?(?:${things} )?${quote}F(?!\\w)(?!${quote} ?(?:=|:|value|of |to be))`,
  `"loc":\\["body"(?:,[^\\]]{0,80})?,"F"\\][^}]{0,80}(?:extra|not permitted)|(?:extra_forbidden|not permitted)[^}]{0,80}"loc":\\["body"(?:,[^\\]]{0,80})?,"F"\\]`,
  `F${quote} does not support .{1,40} with this model\\. Only the default`,
  `"F" was unexpected|'F' was unexpected`,
];

function refuses(words: string, field: string): boolean {
  const name = field.replace(/[^\w]/g, (character) => `\\${character}`);
  if (/^(?:frequency|presence)_penalty$/.test(field) && /\bpenalty is not enabled\b/i.test(words)) return true;
  return wordings.some((wording) => new RegExp(wording.replaceAll("F", name), "i").test(words));
}
