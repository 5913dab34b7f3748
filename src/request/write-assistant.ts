import type { AssistantMessage, AssistantToolCall, WireToolCall } from "../wire.ts";
import { sendableName } from "./call-names.ts";
import type { ModelId } from "./model-id.ts";
import type { Returnable } from "./providers.ts";

type Content = NonNullable<AssistantMessage["content"]>;
type Part = Exclude<Content, string>[number];
type Takes = (kind: Returnable) => boolean;

/** Google's documented placeholder for a call without a signature. https://ai.google.dev/gemini-api/docs/thought-signatures */
const unsigned = { google: { thought_signature: "skip_thought_signature_validator" } };

/** Fields of an assistant message that come from an answer; others are the caller's and are sent unchanged. */
const answerFields = [
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "extra_content",
  "refusal",
  "audio",
  "images",
  "annotations",
] as const satisfies readonly Returnable[];

/** What every target takes of an assistant message. */
const plainFields: ReadonlySet<string> = new Set(["role", "content", "name", "tool_calls"]);

/**
 * Whether a message is sent to the target as stored. Most messages of a loop are, so the conversation is not copied for every turn.
 */
export function isPlain(message: AssistantMessage, { row, name }: ModelId): boolean {
  for (const field in message) if (!plainFields.has(field)) return false;
  const { content, tool_calls: calls } = message;
  const isText = typeof content === "string" && !isBlank(content) && !/^\s*</.test(content);
  if (calls === undefined) return isText;
  // Messages copied from a raw response contain `tool_calls: null`.
  if (!calls?.length || row.signedCalls?.test(name)) return false;
  return (isText || content === null) && calls.every(isPlainCall);
}

function isPlainCall(call: AssistantToolCall): boolean {
  if (call.type === "custom") return true;
  const { name, arguments: args } = call.function;
  return (
    call.type === "function" &&
    call.index === undefined &&
    call.extra_content === undefined &&
    args !== "" &&
    sendableName(name) === name
  );
}

/**
 * Writes an assistant message for a target; no message if nothing is left in it. `unsupported` are the fields that the target is known to
 * reject.
 */
export function writeAssistant(message: AssistantMessage, target: ModelId, unsupported: ReadonlySet<string>): AssistantMessage[] {
  const takes: Takes = (kind) => (target.row.accepts?.includes(kind) ?? true) && !unsupported.has(kind);
  const written: AssistantMessage = { ...message };
  for (const field of answerFields) {
    // Messages copied from a raw response contain `refusal: null` and the like.
    if (written[field] === null || !takes(field)) delete written[field];
  }
  if (written.reasoning_details) keepDetails(written, target);
  if (takes("extra_content") && target.row.signedCalls && written.extra_content !== undefined) keepSignature(written);
  if (written.audio) written.audio = { id: written.audio.id };
  writeContent(written, message, takes);
  if (written.tool_calls) written.tool_calls = written.tool_calls.map((call) => writeCall(call, takes));
  if (!written.tool_calls?.length) delete written.tool_calls;
  if (written.tool_calls && target.row.signedCalls?.test(target.name)) written.tool_calls = signed(written.tool_calls);
  return isEmpty(written) ? [] : [written];
}

/**
 * OpenRouter's details name the format of the model family that wrote them. Another family can't use their signature or encrypted data.
 * https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
function keepDetails(message: AssistantMessage, { name }: ModelId): void {
  const author = name.split("/")[0] ?? "";
  const kept = (message.reasoning_details ?? []).filter(({ format }) => {
    const family = typeof format === "string" ? /^(anthropic|google|openai|xai)-/.exec(format)?.[1] : undefined;
    return family === undefined || family === author.replace("x-ai", "xai") || !name.includes("/");
  });
  if (kept.length > 0) message.reasoning_details = kept;
  else delete message.reasoning_details;
}

/** Google accepts only its own provider data. */
function keepSignature(holder: { extra_content?: unknown }): void {
  const content = holder.extra_content;
  if (typeof content !== "object" || content === null || !("google" in content)) delete holder.extra_content;
}

function writeContent(written: AssistantMessage, message: AssistantMessage, takes: Takes): void {
  const { content } = written;
  if (Array.isArray(content)) written.content = writeParts(content, takes);
  else if (typeof content === "string" && !takes("think-tags")) written.content = withoutThinkTags(content);
  if (!isBlank(written.content)) return;
  // A refusal or a transcript is sent as text to a provider that supports only text.
  const alternatives = [written.refusal ? undefined : message.refusal, written.audio ? undefined : message.audio?.transcript];
  const text = alternatives.find((one): one is string => typeof one === "string" && one.trim() !== "");
  if (text !== undefined) written.content = text;
  // Anthropic: "text content blocks must contain non-whitespace text".
  else if (typeof written.content === "string" && written.content !== "" && written.tool_calls) written.content = null;
}

function writeParts(parts: readonly Part[], takes: Takes): Content {
  const kept = parts.flatMap((part): Part[] => {
    if (part.type === "thinking") return takes("thinking-parts") ? [part] : [];
    if (part.type === "refusal" && !takes("refusal")) return [{ type: "text", text: part.refusal }];
    return [part];
  });
  return kept.length > 0 ? kept : "";
}

/** Removes reasoning at the start of the content. A block that never closes is reasoning to the end. */
const withoutThinkTags = (content: string) => content.replace(/^\s*<(think|thinking|thought)>(?:[\s\S]*?<\/\1>|[\s\S]*$)\s*/, "");

function writeCall(call: AssistantToolCall, takes: Takes): AssistantToolCall {
  // Custom calls are OpenAI's own and are sent back unchanged.
  if (call.type === "custom") return call;
  const { name, arguments: args } = call.function;
  // Copied from a raw response, a call may lack its type, and its arguments may be empty.
  const called = { ...call.function, name: sendableName(name), arguments: args || "{}" };
  const written: WireToolCall = { ...call, type: "function", function: called };
  delete written.index;
  if (!takes("extra_content")) delete written.extra_content;
  return written;
}

/** Gemini signs only the first of parallel calls; if none is signed, they are from another model. */
function signed(calls: readonly AssistantToolCall[]): AssistantToolCall[] {
  const hasSignature = ({ extra_content }: AssistantToolCall) =>
    typeof (extra_content as { google?: { thought_signature?: unknown } } | undefined)?.google?.thought_signature === "string";
  return calls.some(hasSignature) ? [...calls] : calls.map((call) => ({ ...call, extra_content: unsigned }));
}

function isEmpty({ content, tool_calls, refusal, audio, images, function_call }: AssistantMessage): boolean {
  const hasOtherContent =
    (Array.isArray(images) && images.length > 0) || Boolean(tool_calls || refusal || audio || function_call);
  return !hasOtherContent && isBlank(content);
}

/** Providers that reject empty content also reject white space alone. */
function isBlank(content: AssistantMessage["content"]): boolean {
  if (Array.isArray(content)) return content.every((part) => part.type === "text" && part.text.trim() === "");
  return (content ?? "").trim() === "";
}
