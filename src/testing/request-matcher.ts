import { ConfigurationError } from "../errors/errors.ts";
import { providers } from "../request/providers.ts";
import { contentText, lastUserIndex, type WireMessage } from "./read-messages.ts";
import type { ScriptRequest } from "./scripted-reply.ts";

/** Conditions for a request. All of them must match; a string matches as a substring. */
export interface RequestMatcher {
  /** The text of the last user message. */
  user?: string | RegExp | undefined;
  /** The system and developer messages. */
  system?: string | RegExp | undefined;
  /** The model's prefix, under any of its names (`grok` and `xai`). */
  provider?: string | undefined;
  /** The model, with or without its prefix. */
  model?: string | RegExp | undefined;
  /** The name of an offered tool. */
  tool?: string | undefined;
  /** The text of a tool message at the end of the conversation. */
  toolResult?: string | RegExp | undefined;
  /** Counts the assistant messages after the last user message: 0 is the first turn of a chat. */
  turn?: number | undefined;
}

/** The condition of a rule: a matcher or a function. */
export type RequestCondition = RequestMatcher | ((request: ScriptRequest) => boolean);

type Parts = {
  [Name in keyof RequestMatcher]-?: (request: ScriptRequest, expected: NonNullable<RequestMatcher[Name]>) => boolean;
};

const parts: Parts = {
  user: ({ body }, expected) => hasText(contentText(getMessages(body)[lastUserIndex(getMessages(body))]?.content), expected),
  system: ({ body }, expected) => {
    const system = getMessages(body).filter(({ role }) => role === "system" || role === "developer");
    return hasText(system.map(({ content }) => contentText(content)).join("\n\n"), expected);
  },
  provider: ({ provider = "" }, expected) => listNames(provider).some((name) => name.includes(expected)),
  model: ({ provider, model = "" }, expected) => hasText(model, expected) || hasText(`${provider}/${model}`, expected),
  tool: ({ body }, expected) => toolNames(body).some((name) => name.includes(expected)),
  toolResult: ({ body }, expected) => {
    const messages = getMessages(body);
    const results = messages.slice(messages.findLastIndex(({ role }) => role !== "tool") + 1);
    return results.some(({ content }) => hasText(contentText(content), expected));
  },
  turn: ({ body }, expected) => {
    const messages = getMessages(body);
    return messages.slice(lastUserIndex(messages) + 1).filter(({ role }) => role === "assistant").length === expected;
  },
};

export function matches(condition: RequestCondition, request: ScriptRequest): boolean {
  if (typeof condition === "function") return condition(request);
  return Object.entries(condition).every(([name, expected]) => {
    const part = parts[name as keyof RequestMatcher] as (request: ScriptRequest, expected: unknown) => boolean;
    return expected === undefined || part(request, expected);
  });
}

/**
 * How specific a condition is. A tool result and a turn rank highest: the prompt, model and tools are the same in all turns of a chat, so that
 * a rule about them would otherwise match every turn.
 */
export function specificity(condition: RequestCondition): number {
  if (typeof condition === "function") return 1;
  const given = Object.entries(condition).filter(([, expected]) => expected !== undefined);
  return given.length + given.filter(([name]) => name === "toolResult" || name === "turn").length * 10;
}

/** Throws a ConfigurationError for an invalid condition. */
export function checkCondition(condition: unknown): void {
  if (typeof condition === "function") return;
  const problem = conditionProblem(condition);
  if (problem !== undefined) throw new ConfigurationError([{ option: "when", message: problem }]);
}

function conditionProblem(condition: unknown): string | undefined {
  if (typeof condition !== "object" || condition === null) return "needs an object of conditions, or a function";
  for (const [name, expected] of Object.entries(condition)) {
    if (!Object.hasOwn(parts, name)) return `has no condition "${name}"; there are ${Object.keys(parts).join(", ")}`;
    const isNumber = name === "turn";
    const isText = typeof expected === "string" || (expected instanceof RegExp && name !== "provider" && name !== "tool");
    if (expected !== undefined && !(isNumber ? Number.isInteger(expected) : isText))
      return `has a condition "${name}" that must be ${isNumber ? "an integer" : "a string"}, got ${typeof expected}`;
  }
  return undefined;
}

const hasText = (text: string, expected: string | RegExp) =>
  typeof expected === "string" ? text.includes(expected) : text.search(expected) >= 0;

const getMessages = (body: unknown): readonly WireMessage[] => (body as { messages: WireMessage[] }).messages;

const toolNames = (body: { tools?: { function?: { name?: string }; name?: string }[] }): string[] =>
  (body.tools ?? []).map((tool) => tool.function?.name ?? tool.name ?? "");

/** The provider's names in the table, and on either endpoint. */
function listNames(slug: string): string[] {
  const rows = Object.entries(providers).filter(([name, row]) => [name, row.compat, row.rest].includes(slug));
  return [slug, ...rows.flatMap(([name, row]) => [name, row.compat ?? name, row.rest ?? name])];
}
