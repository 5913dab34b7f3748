import { checkGatewayOptions } from "../request/gateway-headers.ts";
import { isStandardSchema } from "../schema.ts";
import { isDispatched } from "../tools/background-tasks-of.ts";
import type { ChatDefaults, ChatOptions } from "./chat-options.ts";
import { checkHeaders } from "./validate-headers.ts";
import {
  anyText,
  between,
  type Check,
  callable,
  entryOf,
  flag,
  kindOf,
  milliseconds,
  name,
  type OptionProblem,
  object,
  plainObject,
  problemOf,
  strategy,
  text,
  wholeFrom,
} from "./validators.ts";

const stop: Check = (value) =>
  (Array.isArray(value) ? value.length > 0 && value.every((entry) => text(entry) === undefined) : text(value) === undefined)
    ? undefined
    : `must be a text, or a list of texts, that are not empty, not ${kindOf(value)}`;

const fallbacks: Check = (value) =>
  Array.isArray(value) &&
  value.every((entry) => object(entry) === undefined && name(entry.provider) === undefined && name(entry.model) === undefined)
    ? undefined
    : `must be a list of { provider, model }, not ${kindOf(value)}`;

const timeout: Check = (value) => {
  const problem = plainObject(value);
  if (problem) return problem;
  for (const [phase, limit] of Object.entries(value as object)) {
    if (!["firstByte", "idle", "total"].includes(phase))
      return `has the unknown limit "${phase}": known are firstByte, idle, total`;
    const wrong = limit === undefined ? undefined : milliseconds(limit);
    if (wrong) return `.${phase} ${wrong}`;
  }
  return undefined;
};

/** Fields of the body that the client itself writes; laid over, they would break what it promises. */
const ownFields: Readonly<Record<string, string>> = {
  model: "use the options provider and model",
  messages: "use the options system, prompt and messages",
  stream: "call stream() or chat()",
  tools: "use the option tools",
};
const extraBody: Check = (value) => {
  const problem = plainObject(value);
  if (problem) return problem;
  const own = Object.keys(value as object).find((field) => Object.hasOwn(ownFields, field));
  return own === undefined ? undefined : `must not hold "${own}": ${ownFields[own]}`;
};

const schema: Check = (value) =>
  isStandardSchema(value) || typeof value === "boolean" || object(value) === undefined
    ? undefined
    : `must be a Standard Schema (Zod, Valibot, ArkType, …) or a JSON Schema, not ${kindOf(value)}`;

const toolName = /^[a-zA-Z0-9_-]{1,64}$/;
const tools: Check = (value) => {
  const problem = object(value);
  if (problem) return problem;
  for (const [key, entry] of Object.entries(value as object)) {
    if (!toolName.test(key)) return `has the name "${key}": names are 1 to 64 letters, digits, _ and -`;
    if (object(entry) !== undefined || schema((entry as { parameters?: unknown }).parameters) !== undefined)
      return `.${key} must be made by tool({ parameters, … }), not ${kindOf(entry)}`;
  }
  return undefined;
};
const backgroundTasks: Check = (value) => {
  if (!isDispatched(value)) return tools(value);
  return (
    tools(value.tasks) ??
    (typeof value.dispatcher.dispatch === "function" ? undefined : ".dispatcher must have a function dispatch")
  );
};

const toolChoice: Check = (value) =>
  value === "auto" ||
  value === "none" ||
  value === "required" ||
  (object(value) === undefined && typeof (value as { tool?: unknown }).tool === "string")
    ? undefined
    : `must be "auto", "none", "required" or { tool: name }, not ${kindOf(value)}`;

const roles = ["developer", "system", "user", "assistant", "tool"];
const messages: Check = (value) => {
  if (!Array.isArray(value) || value.length === 0)
    return `must be a list of messages, at least one, not ${Array.isArray(value) ? "an empty one" : kindOf(value)}`;
  const wrong = value.findIndex((message) => object(message) !== undefined || !roles.includes(message.role));
  return wrong < 0 ? undefined : `[${wrong}] must be an object whose role is one of ${roles.join(", ")}`;
};

const signal: Check = (value) =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value
    ? undefined
    : `must be an AbortSignal, not ${kindOf(value)}`;

const defaults: Record<keyof ChatDefaults, Check> = {
  provider: name,
  model: name,
  temperature: between(0, 2),
  maxTokens: wholeFrom(1),
  topP: between(0, 1),
  stop,
  seed: (value) => (Number.isSafeInteger(value) ? undefined : `must be a whole number, not ${kindOf(value)}`),
  frequencyPenalty: between(-2, 2),
  presencePenalty: between(-2, 2),
  reasoningEffort: text,
  maxTurns: wholeFrom(1),
  toolConcurrency: wholeFrom(1),
  toolTimeout: milliseconds,
  parallelToolCalls: flag,
  outputStrategy: strategy,
  outputRetries: wholeFrom(0),
  maxRetries: wholeFrom(0),
  timeout,
  fallbacks,
  gateway: plainObject,
  headers: plainObject,
  extraBody,
  prepareTurn: callable,
  stopWhen: callable,
  onTurn: callable,
  onToolCall: callable,
  onRetry: callable,
  onBackgroundTaskError: callable,
};

const conversation: Record<Exclude<keyof ChatOptions, keyof ChatDefaults>, Check> = {
  system: (value) => (Array.isArray(value) ? undefined : anyText(value)),
  providerTools: () => undefined,
  approvals: () => undefined,
  prompt: text,
  messages,
  tools,
  backgroundTasks,
  toolChoice,
  output: schema,
  signal,
};

/** What each option must be. */
export const checks: Readonly<Record<string, Check>> = { ...defaults, ...conversation };

/** Names of options that may be defaults of a gateway. */
export const isChatDefault = (option: string): option is keyof ChatDefaults => Object.hasOwn(defaults, option);

/** What is wrong with the options of a gateway or of a call, or with some of them; `headers` and `gateway` are checked against the endpoint. */
export function checkChatOptions(
  options: object,
  endpoint: "compat" | "rest",
  some: readonly string[] = Object.keys(options),
): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const option of some) {
    const value = (options as Record<string, unknown>)[option];
    if (value === undefined) continue;
    const check = entryOf(checks, option);
    const message = check ? check(value) : unknownOption(option);
    if (message) problems.push(problemOf(option, message));
    else if (option === "gateway") problems.push(...checkGatewayOptions(value as object, endpoint));
    else if (option === "headers") problems.push(...checkHeaders(value as Record<string, unknown>));
  }
  return problems;
}

const wireNames: Readonly<Record<string, string>> = {
  max_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  top_p: "topP",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  reasoning_effort: "reasoningEffort",
  parallel_tool_calls: "parallelToolCalls",
  tool_choice: "toolChoice",
  response_format: "output",
  background_tasks: "backgroundTasks",
  system_prompt: "system",
  user_message: "prompt",
};

function unknownOption(option: string): string {
  const meant = entryOf(wireNames, option) ?? Object.keys(checks).find((known) => known.toLowerCase() === option.toLowerCase());
  return meant ? `is not an option: use ${meant}` : "is not an option; a field of the request body goes in extraBody";
}
