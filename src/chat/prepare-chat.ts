import { ConfigurationError } from "../errors/errors.ts";
import type { Logs } from "../logs/logs.ts";
import type { ChatDefaults, ChatOptions, OutputStrategy } from "../options/chat-options.ts";
import { mergeOptions } from "../options/merge-options.ts";
import type { Settings } from "../options/resolve-config.ts";
import { checkCall } from "../options/validate-call.ts";
import { checkChatOptions } from "../options/validate-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { outputByModel } from "../output/choose-strategy.ts";
import { LearnedRules } from "../request/learned-rules.ts";
import { type ModelId, modelId } from "../request/model-id.ts";
import type { BackgroundTaskRegistry } from "../tools/background-tasks.ts";
import { createHttp } from "../transport/http.ts";
import { turnLoop } from "./chat-loop.ts";
import type { Conversation } from "./chat-state.ts";
import { callIds } from "./messages.ts";
import type { Call } from "./request-turn.ts";
import type { ChatResult, Warning } from "./result.ts";
import type { StreamEvent } from "./stream-event.ts";

/** What gateways that come from one another by `with` have in common. */
export interface Shared {
  background: BackgroundTaskRegistry;
  /** The output strategy that worked, by model. */
  strategies: Map<string, OutputStrategy>;
  /** What refusals have taught about models. */
  learned: LearnedRules;
}

/** Checks a call's options and makes them into a loop that has not begun: nothing is sent before its first step. */
export type StartCall = (
  options: ChatOptions<unknown>,
  streaming: boolean,
  controller: AbortController,
) => AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>>;

/** The calls of one gateway. */
export function createCalls(settings: Settings, shared: Shared, logs: Logs): StartCall {
  const http = createHttp(settings);

  function prepare(given: ChatOptions<unknown>, streaming: boolean, controller: AbortController): Conversation {
    const options = mergeOptions<ChatOptions<unknown>>(settings.defaults, given);
    // The defaults were checked when the gateway was made.
    const problems = [...checkChatOptions(options, settings.endpoint, Object.keys(given)), ...checkCall(options)];
    if (problems.length > 0) throw new ConfigurationError(problems);
    const warnings: Warning[] = [];
    const targetsOf = (provider: string | undefined, model: string | undefined) => {
      const found = targets(settings, options, provider, model);
      if (found.some(({ routed }) => routed)) markTurn(options);
      return found;
    };
    // First of all: a model that can't be asked is a mistake to be told.
    const standardTargets = targetsOf(options.provider, options.model);
    const call: Call = {
      settings,
      http,
      options,
      streaming,
      controller,
      usedIds: new Set(options.messages && callIds(options.messages)),
      failedAttempts: [],
      learned: new LearnedRules(shared.learned),
      warn: (warning) => {
        if (!warnings.some(({ message }) => message === warning.message)) warnings.push(warning);
      },
      asking: undefined,
    };
    const outputOf = options.output === undefined ? undefined : outputByModel(options, settings, shared.strategies);
    return { call, options, background: shared.background, standardTargets, targetsOf, outputOf, logs, warnings };
  }

  return (options, streaming, controller) => turnLoop(prepare(options, streaming, controller));
}

/** Whom to ask, and who comes next when that fails. */
function targets(
  settings: Settings,
  { fallbacks = [] }: ChatDefaults,
  provider: string | undefined,
  model: string | undefined,
): ModelId[] {
  const problems: OptionProblem[] = [];
  const found: ModelId[] = [];
  const resolve = (asked: { provider: string | undefined; model: string | undefined }, at: string) => {
    const id = modelId(asked.provider, asked.model, settings.endpoint, settings.providers);
    if ("message" in id) problems.push({ ...id, option: at + id.option });
    else found.push(id);
  };
  resolve({ provider, model }, "");
  fallbacks.forEach((fallback, index) => {
    resolve(fallback, `fallbacks[${index}].`);
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return found;
}

/** A routed model stays the same within a turn id, so that the provider's prompt cache is kept over the rounds of the loop. */
function markTurn(options: ChatOptions<unknown>): void {
  if (options.gateway?.turnId !== undefined) return;
  options.gateway = { ...options.gateway, turnId: crypto.randomUUID() };
}
