import type {
  BackgroundTasks,
  ChatDefaults,
  ChatOptions,
  ProviderProfile,
  TaskDispatcher,
  Tool,
  TurnOverrides,
} from "../options.ts";
import { isStandardSchema } from "../schema.ts";
import { checkGatewayOptions, isHeaderSafe, kindOf, type OptionProblem } from "./gateway-headers.ts";

type Check = (value: unknown) => string | undefined;

/** A table's own entry: not what every object has, such as `constructor`. */
const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const between =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === "number" && value >= min && value <= max
      ? undefined
      : `must be a number from ${min} to ${max}, not ${kindOf(value)}`;
const wholeFrom =
  (min: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min
      ? undefined
      : `must be a whole number from ${min}, not ${kindOf(value)}`;
const milliseconds: Check = (value) =>
  typeof value === "number" && value > 0 ? undefined : `must be a number of milliseconds above 0, not ${kindOf(value)}`;
const text: Check = (value) =>
  typeof value === "string" && value !== ""
    ? undefined
    : `must be a text that is not empty, not ${value === "" ? "an empty one" : kindOf(value)}`;
const anyText: Check = (value) => (typeof value === "string" ? undefined : `must be a text, not ${kindOf(value)}`);
const flag: Check = (value) => (typeof value === "boolean" ? undefined : `must be true or false, not ${kindOf(value)}`);
const callable: Check = (value) => (typeof value === "function" ? undefined : `must be a function, not ${kindOf(value)}`);
const object: Check = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : `must be an object, not ${kindOf(value)}`;
const name: Check = (value) => {
  const problem = text(value);
  return (
    problem ??
    (/[\x00-\x20\x7f]/.test(value as string) ? "must not hold spaces, line breaks or other control characters" : undefined)
  );
};

const stop: Check = (value) =>
  (Array.isArray(value) ? value.length > 0 && value.every((entry) => text(entry) === undefined) : text(value) === undefined)
    ? undefined
    : `must be a text, or a list of texts, that are not empty, not ${kindOf(value)}`;

const strategies = ["auto", "json-schema", "tool", "json-object", "prompt"];
const strategy: Check = (value) =>
  strategies.includes(value as string) ? undefined : `must be one of ${strategies.join(", ")}, not ${kindOf(value)}`;

const fallbacks: Check = (value) =>
  Array.isArray(value) &&
  value.every((entry) => object(entry) === undefined && name(entry.provider) === undefined && name(entry.model) === undefined)
    ? undefined
    : `must be a list of { provider, model }, not ${kindOf(value)}`;

const timeout: Check = (value) => {
  const problem = object(value);
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
  const problem = object(value);
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

/** Whether background tasks come with a dispatcher, rather than as a plain map of tools. */
export function isDispatched(value: unknown): value is { tasks: Record<string, never>; dispatcher: { dispatch: unknown } } {
  if (typeof value !== "object" || value === null || !("tasks" in value) || !("dispatcher" in value)) return false;
  return typeof value.dispatcher === "object" && value.dispatcher !== null;
}

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
  gateway: object,
  headers: object,
  extraBody,
  prepareTurn: callable,
  stopWhen: callable,
  onTurn: callable,
  onToolCall: callable,
  onRetry: callable,
  onBackgroundTaskError: callable,
};

const conversation: Record<Exclude<keyof ChatOptions, keyof ChatDefaults>, Check> = {
  system: anyText,
  prompt: text,
  messages,
  tools,
  backgroundTasks,
  toolChoice,
  output: schema,
  signal,
};

const checks: Readonly<Record<string, Check>> = { ...defaults, ...conversation };

/** Names of options that may be defaults of a gateway. */
export const isChatDefault = (option: string): option is keyof ChatDefaults => Object.hasOwn(defaults, option);

/** What is wrong with the options of a gateway or of a call; `headers` and `gateway` are checked against the endpoint. */
export function checkChatOptions(options: Record<string, unknown>, endpoint: "compat" | "rest"): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const check = entryOf(checks, option);
    const message = check ? check(value) : unknownOption(option);
    if (message?.startsWith(".") || message?.startsWith("[")) {
      const end = message.indexOf(" ");
      problems.push({ option: option + message.slice(0, end), message: message.slice(end + 1) });
    } else if (message) problems.push({ option, message });
    else if (option === "gateway") problems.push(...checkGatewayOptions(value as object, endpoint));
    else if (option === "headers") problems.push(...checkHeaders(value as Record<string, unknown>));
  }
  return problems;
}

/** What is wrong with a whole call, beyond its single options. */
export function checkCall(options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if ((options.prompt === undefined) === (options.messages === undefined)) {
    problems.push({
      option: "prompt",
      message:
        options.prompt === undefined
          ? "is missing: give prompt, or messages"
          : "and messages exclude each other: give one of them",
    });
  }
  const { tasks, dispatcher } = backgroundTasksOf(options);
  for (const [name, task] of Object.entries(tasks)) {
    if (!dispatcher && (task as { execute?: unknown }).execute === undefined)
      problems.push({
        option: `backgroundTasks.${name}`,
        message: "has no execute: give it one, or a dispatcher that hands it to where it is run",
      });
  }
  return [...problems, ...checkToolNames(options)];
}

/** What `prepareTurn` may return. */
const overridable: ReadonlySet<string> = new Set(["provider", "model", "messages", "tools", "toolChoice"]);

/** What is wrong with the changes that `prepareTurn` makes to a turn of a call. */
export function checkTurnOverrides(overrides: TurnOverrides, options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [option, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const message = overridable.has(option)
      ? checks[option]?.(value)
      : `is not for a single turn: prepareTurn may return ${[...overridable].join(", ")}`;
    if (message) problems.push({ option: `prepareTurn.${option}`, message: message.replace(/^\./, "") });
  }
  if (problems.length > 0) return problems;
  const { tools = options.tools, toolChoice } = overrides;
  return checkToolNames({ tools, toolChoice, backgroundTasks: options.backgroundTasks });
}

/** The background tasks of a call, by name, and who takes them over. */
export function backgroundTasksOf({ backgroundTasks }: Pick<ChatOptions<unknown>, "backgroundTasks">): {
  tasks: Record<string, Tool>;
  dispatcher: TaskDispatcher | undefined;
} {
  if (isDispatched(backgroundTasks)) return backgroundTasks as BackgroundTasks;
  return { tasks: (backgroundTasks ?? {}) as Record<string, Tool>, dispatcher: undefined };
}

/** Names that stand for two things, or for none. */
function checkToolNames(options: Pick<ChatOptions<unknown>, "tools" | "backgroundTasks" | "toolChoice">): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { tasks } = backgroundTasksOf(options);
  const offered = { ...options.tools, ...tasks };
  for (const name of Object.keys(options.tools ?? {})) {
    if (Object.hasOwn(tasks, name))
      problems.push({
        option: `backgroundTasks.${name}`,
        message: "is the name of a tool as well: a name may stand in one of the two only",
      });
  }
  if (typeof options.toolChoice === "object" && !Object.hasOwn(offered, options.toolChoice.tool)) {
    problems.push({
      option: "toolChoice",
      message: `names "${options.toolChoice.tool}", which is not among the tools (${Object.keys(offered).join(", ") || "none"})`,
    });
  }
  if (options.toolChoice === "required" && Object.keys(offered).length === 0) {
    problems.push({ option: "toolChoice", message: 'is "required", but there are no tools' });
  }
  return problems;
}

const listOf =
  (kind: string, check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((entry) => check(entry) === undefined)
      ? undefined
      : `must be a list of ${kind}, not ${kindOf(value)}`;

const profileFields: Record<keyof ProviderProfile, Check> = {
  compat: name,
  rest: name,
  outputStrategies: listOf(`strategies (${strategies.slice(1).join(", ")})`, (value) =>
    value === "auto" ? "is no strategy" : strategy(value),
  ),
  toolsWithOutput: flag,
  maxTokensField: (value) =>
    value === "max_tokens" || value === "max_completion_tokens"
      ? undefined
      : `must be "max_tokens" or "max_completion_tokens", not ${kindOf(value)}`,
  unsupported: listOf("names of options", text),
};

/** What is wrong with the user's own rows of the provider table. */
export function checkProviders(providers: unknown): OptionProblem[] {
  const wrong = object(providers);
  if (wrong) return [{ option: "providers", message: wrong }];
  const problems: OptionProblem[] = [];
  for (const [provider, profile] of Object.entries(providers as object)) {
    const option = `providers.${provider}`;
    const problem = object(profile);
    if (problem) problems.push({ option, message: problem });
    else
      for (const [field, value] of Object.entries(profile as object)) {
        const known = entryOf(profileFields, field);
        const message = known
          ? value !== undefined && known(value)
          : `is not a field: known are ${Object.keys(profileFields).join(", ")}`;
        if (message) problems.push({ option: `${option}.${field}`, message });
      }
  }
  return problems;
}

/** The headers that carry tokens, and the option that belongs there. */
const tokenHeaders: Readonly<Record<string, string>> = {
  authorization:
    "must not be set: on compat it would go to the provider in place of the stored key, and on rest it is the API token's; use gatewayToken, or apiToken",
  "cf-aig-authorization": "must not be set: use gatewayToken",
};

function checkHeaders(headers: Record<string, unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const option = `headers.${header.replace(/[^\x20-\x7e]/g, "?")}`;
    const refused = entryOf(tokenHeaders, header.toLowerCase());
    if (refused) problems.push({ option, message: refused });
    else if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)) problems.push({ option, message: "is not a header's name" });
    else if (typeof value !== "string") problems.push({ option, message: `must be a text, not ${kindOf(value)}` });
    else if (!isHeaderSafe(value))
      problems.push({
        option,
        message: "must not hold line breaks, other control characters, characters beyond latin-1, or spaces around it",
      });
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
