import { vary } from "../errors/vary.ts";
import type { ChatDefaults, ChatOptions, ModelOptions } from "./chat-options.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { checkJson } from "./json-value.ts";
import { runCheck } from "./run-check.ts";
import { suggestName } from "./suggest-option.ts";
import { checkGatewayOptions, gatewayOptionNames } from "./validate-gateway-options.ts";
import { checkHeaders } from "./validate-headers.ts";
import { messages, system } from "./validate-messages.ts";
import { strategies } from "./validate-providers.ts";
import { approvals, backgroundTasks, providerTools, schema, toolChoice, tools } from "./validate-tools.ts";
import {
  abortSignal,
  arrayOf,
  boolean,
  type Check,
  callable,
  describe,
  expect,
  identifier,
  integer,
  integerFrom,
  isObject,
  milliseconds,
  nonEmptyString,
  numberBetween,
  type OptionProblem,
  oneOf,
  ownEntry,
  plainObject,
  plainObjectOf,
  plainObjectWith,
  toOptionProblem,
  within,
} from "./validators.ts";

const isNonEmptyString = (value: unknown) => typeof value === "string" && value !== "";

const stop = expect("a non-empty string or a non-empty array of strings", (value) =>
  Array.isArray(value) ? value.length > 0 && Array.from(value).every(isNonEmptyString) : isNonEmptyString(value),
);

const fallback: Check = (value) => {
  if (isObject(value)) return within(".provider", identifier(value.provider)) ?? within(".model", identifier(value.model));
  const [provider, ...rest] = typeof value === "string" ? value.split("/") : [];
  const written = rest.length > 0 && JSON.stringify({ provider, model: rest.join("/") }).length < 120;
  const example = written
    ? `{ provider: "${provider}", model: "${rest.join("/")}" }`
    : '{ provider: "openai", model: "gpt-4o-mini" }';
  return { path: "", message: `must be { provider, model }, got ${describe(value)}: write ${example}` };
};

const limits = ["firstByte", "idle", "chunk", "total"];

const checkLimits = plainObjectOf((limit, given) => {
  if (limits.includes(limit)) return given === undefined ? undefined : within(`.${limit}`, milliseconds(given));
  const suggestion = suggestName(limit, limits);
  return {
    path: "",
    message: `has the unknown limit "${limit}"${suggestion ? `; did you mean "${suggestion}"?` : `; the limits are ${limits.join(", ")}`}`,
  };
});

const timeout: Check = (value) =>
  typeof value === "number"
    ? { path: "", message: `must be an object, got ${value}: write { total: ${value} } to limit the whole chat` }
    : checkLimits(value);

/** Body fields that the client controls; `extraBody` must not override them. */
const ownFields: Readonly<Record<string, string>> = {
  model: "use the options provider and model",
  messages: "use the options system, prompt and messages",
  stream: "call stream() or chat()",
  tools: "use the options tools and providerTools",
};

const extraBody = plainObjectWith((value) => {
  const own = Object.keys(value).find((field) => Object.hasOwn(ownFields, field));
  return own === undefined ? checkJson(value) : { path: "", message: `must not contain "${own}": ${ownFields[own]}` };
});

const gateway: Check = (value) =>
  typeof value === "string"
    ? { path: "", message: "must be an options object, got string: the gateway's name goes in gatewayId" }
    : plainObject(value);

const modelOptions: Record<keyof ModelOptions, Check> = {
  temperature: numberBetween(0, 2),
  maxTokens: integerFrom(1),
  topP: numberBetween(0, 1),
  stop,
  seed: integer,
  frequencyPenalty: numberBetween(-2, 2),
  presencePenalty: numberBetween(-2, 2),
  reasoningEffort: nonEmptyString,
  parallelToolCalls: boolean,
};

const defaults: Record<keyof ChatDefaults, Check> = vary(modelOptions, {
  provider: identifier,
  model: identifier,
  maxTurns: integerFrom(1),
  toolConcurrency: integerFrom(1),
  toolTimeout: milliseconds,
  outputStrategy: oneOf(/* @__PURE__ */ ["auto"].concat(strategies)),
  outputRetries: integerFrom(0),
  validateOutput: boolean,
  toolMode: oneOf(["run", "return"]),
  maxRetries: integerFrom(0),
  timeout,
  fallbacks: arrayOf("an array of { provider, model }", fallback),
  gateway,
  headers: plainObject,
  extraBody,
  prepareTurn: callable,
  stopWhen: callable,
  onTurn: callable,
  onAbort: callable,
  onToolCall: callable,
  onRetry: callable,
  onBackgroundTaskError: callable,
});

const conversation: Record<Exclude<keyof ChatOptions, keyof ChatDefaults>, Check> = {
  system,
  prompt: nonEmptyString,
  messages,
  tools,
  providerTools,
  approvals,
  backgroundTasks,
  toolChoice,
  output: schema,
  signal: abortSignal,
  rawChunks: boolean,
};

/** The check of each option. */
export const checks: Readonly<Record<string, Check>> = vary(defaults, conversation);

/** Gateway options that can't be set per chat. */
export const gatewayOnly: Readonly<Record<Exclude<keyof GatewayConfig, keyof ChatDefaults>, true>> = {
  accountId: true,
  gatewayId: true,
  gatewayToken: true,
  apiToken: true,
  endpoint: true,
  baseUrl: true,
  apiBaseUrl: true,
  customDomain: true,
  binding: true,
  fetch: true,
  providers: true,
  validator: true,
  waitUntil: true,
  validateResponses: true,
  telemetry: true,
  dangerouslyAllowBrowser: true,
};

export const modelOptionNames: readonly string[] = /* @__PURE__ */ Object.keys(modelOptions);

/** Names of options that may be defaults of a gateway. */
export const isChatDefault = (option: string): option is keyof ChatDefaults => Object.hasOwn(defaults, option);

/** Names of the options of a chat. */
export const isChatOption = (option: string): boolean => Object.hasOwn(checks, option);

/** Checks the options of a gateway or a chat, or only those in `names`. `headers` and `gateway` depend on the endpoint. */
export function checkChatOptions(
  options: object,
  endpoint: "compat" | "rest",
  names: readonly string[] = Object.keys(options),
): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const option of names)
    problems.push(...runCheck(option, () => checkOption(option, Reflect.get(options, option), endpoint)));
  return problems;
}

function checkOption(option: string, value: unknown, endpoint: "compat" | "rest"): OptionProblem[] {
  if (value === undefined) return [];
  const check = ownEntry(checks, option);
  if (!check) return [{ option, message: unknownChatOption(option) }];
  const problem = check(value);
  if (problem) return [toOptionProblem(option, problem)];
  if (option === "gateway" && isObject(value)) return checkGatewayOptions(value, endpoint);
  return option === "headers" && isObject(value) ? checkHeaders(value) : [];
}

function unknownChatOption(option: string): string {
  const suggestion = suggestName(option, Object.keys(gatewayOnly));
  const belongsToGateway = suggestion !== undefined && suggestName(option, Object.keys(checks)) === undefined;
  if (!belongsToGateway) return unknownOption(option, Object.keys(checks));
  return suggestion === option
    ? "belongs to the gateway: pass it to createGateway() or with()"
    : `Unknown option "${option.slice(0, 80)}". Did you mean "${suggestion}"? It belongs to the gateway: pass it to createGateway() or with().`;
}

/** The message for an unknown option, with a suggestion. */
export function unknownOption(option: string, known: readonly string[]): string {
  const suggestion = suggestName(option, known) ?? (gatewayOptionNames.includes(option) ? `gateway.${option}` : undefined);
  return `Unknown option "${option.slice(0, 80)}". ${suggestion ? `Did you mean "${suggestion}"?` : "Fields of the request body go in extraBody."}`;
}
