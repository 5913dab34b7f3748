import type { Message } from "../wire.ts";
import type { CallIdForm } from "./providers.ts";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Rewrites the ids of tool calls and their tool messages to the form that a provider requires. An id is replaced by its hash, so that calls
 * and results still match, and a growing conversation keeps the same beginning for the provider's cache.
 */
export function fitCallIds(messages: readonly Message[], { pattern, length }: CallIdForm): readonly Message[] {
  if (messages.every((message) => hasFitIds(message, pattern))) return messages;
  const ids = new Set(messages.flatMap(idsIn));
  const invalid = [...ids].filter((id) => !pattern.test(id));
  const replacements = new Map<string, string>();
  for (const id of invalid) {
    let replacement = hash(id, length);
    for (let salt = 1; ids.has(replacement); salt++) replacement = hash(`${id}#${salt}`, length);
    ids.add(replacement);
    replacements.set(id, replacement);
  }
  return messages.map((message) => withIds(message, replacements));
}

const none: readonly string[] = [];

function hasFitIds(message: Message, pattern: RegExp): boolean {
  if (message.role === "tool") return pattern.test(message.tool_call_id);
  return message.role !== "assistant" || (message.tool_calls?.every(({ id }) => pattern.test(id)) ?? true);
}

function idsIn(message: Message): readonly string[] {
  if (message.role === "tool") return [message.tool_call_id];
  return message.role === "assistant" && message.tool_calls ? message.tool_calls.map(({ id }) => id) : none;
}

function withIds(message: Message, replacements: ReadonlyMap<string, string>): Message {
  if (message.role === "tool") {
    const replacement = replacements.get(message.tool_call_id);
    return replacement === undefined ? message : { ...message, tool_call_id: replacement };
  }
  if (message.role !== "assistant" || !message.tool_calls) return message;
  return { ...message, tool_calls: message.tool_calls.map((call) => ({ ...call, id: replacements.get(call.id) ?? call.id })) };
}

/** Hashes to letters and digits, with FNV-1a and two different seeds. Not for secrets. */
function hash(text: string, length: number): string {
  let characters = "";
  for (let seed = 0; characters.length < length; seed++) {
    let value = 0x811c9dc5 ^ seed;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    for (let rest = value >>> 0; rest > 0 && characters.length < length; rest = Math.floor(rest / alphabet.length))
      characters += alphabet[rest % alphabet.length];
  }
  return characters;
}
