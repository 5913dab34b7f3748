import type { Message } from "../wire.ts";
import { fitCallIds } from "./call-ids.ts";
import type { ModelId } from "./model-id.ts";
import { canonicalName } from "./model-rules.ts";
import { providers } from "./providers.ts";
import { moveToolMedia } from "./tool-media.ts";
import { isPlain, writeAssistant } from "./write-assistant.ts";

export interface WriteOptions {
  /** Appended to the system message by output strategies that use a prompt. */
  instruction?: string | undefined;
  /** Message fields that this target rejected. */
  unsupportedFields?: ReadonlySet<string> | undefined;
}

/**
 * Writes the conversation for the target of the next request. It is stored in a provider-neutral form, as received; the provider table says
 * what this target accepts back. Messages that need no change are not copied.
 */
export function writeMessages(messages: readonly Message[], target: ModelId, options: WriteOptions = {}): readonly Message[] {
  const { row } = target;
  const unsupported = row.unsupportedFields
    ? new Set([...row.unsupportedFields, ...(options.unsupportedFields ?? [])])
    : (options.unsupportedFields ?? none);
  let written: readonly Message[] = options.instruction === undefined ? messages : withInstruction(messages, options.instruction);
  if (written.some((message) => message.role === "assistant" && !isPlain(message, target)))
    written = written.flatMap((message): Message[] =>
      message.role === "assistant" ? writeAssistant(message, target, unsupported) : [message],
    );
  if (unsupported.size > 0) written = written.map((message) => withoutFields(message, unsupported));
  const callIds = row.callIds ?? getAuthorRow(target)?.callIds;
  if (callIds) written = fitCallIds(written, callIds);
  if (row.accepts && !row.accepts.includes("tool-media")) written = moveToolMedia(written);
  return row.plainContent ? written.map(withPlainContent) : written;
}

const none: ReadonlySet<string> = new Set();

/** The row of the model's author, if another provider serves it (`openrouter/mistralai/…`): the model determines the form of ids. */
function getAuthorRow(target: ModelId) {
  if (!target.row.hosts) return undefined;
  const author = canonicalName(target).split("/")[0] ?? "";
  return Object.hasOwn(providers, author) ? providers[author] : undefined;
}

function withInstruction(messages: readonly Message[], instruction: string): Message[] {
  const [first, ...others] = messages;
  if (first?.role === "system" && typeof first.content === "string")
    return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...others];
  return [{ role: "system", content: instruction }, ...messages];
}

/** Removes fields from a message and its content parts. */
function withoutFields(message: Message, unsupported: ReadonlySet<string>): Message {
  const kept = omit(message, unsupported);
  if (!Array.isArray(kept.content)) return kept;
  const content = kept.content as readonly object[];
  const parts = content.map((part) => omit(part, unsupported));
  return parts.every((part, index) => part === content[index]) ? kept : ({ ...kept, content: parts } as Message);
}

function omit<T extends object>(value: T, unsupported: ReadonlySet<string>): T {
  const keys = Object.keys(value);
  if (!keys.some((key) => unsupported.has(key))) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !unsupported.has(key))) as T;
}

/** Workers AI accepts only strings as content, even where others accept null or a list of text parts. */
function withPlainContent(message: Message): Message {
  const { content } = message;
  if (content === null || content === undefined) return { ...message, content: "" } as Message;
  if (!Array.isArray(content) || !content.every((part) => part.type === "text")) return message;
  // Parts of the system message are separate instructions; parts of other messages are one text.
  const separator = message.role === "system" || message.role === "developer" ? "\n\n" : "";
  return { ...message, content: content.map((part) => (part as { text: string }).text).join(separator) } as Message;
}
