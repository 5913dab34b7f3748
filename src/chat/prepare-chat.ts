import { Cancellation } from "../abort.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { Logs } from "../logs/log-types.ts";
import { getBackgroundTasks } from "../options/background-tasks-option.ts";
import type { ChatDefaults, ChatOptions } from "../options/chat-options.ts";
import { mergeOptions } from "../options/merge-options.ts";
import type { Settings } from "../options/settings.ts";
import { checkCombinations } from "../options/validate-combinations.ts";
import { checkChatOptions } from "../options/validate-options.ts";
import type { OptionProblem } from "../options/validators.ts";
import { createOutputs, type OutputModes } from "../output/choose-strategy.ts";
import { LearnedRules } from "../request/learned-rules.ts";
import { type ModelId, modelId } from "../request/model-id.ts";
import type { BackgroundTaskRegistry } from "../tools/background-tasks.ts";
import type { Transport } from "../transport/transport.ts";
import { type ChatContext, type ChatState, initialState, type StartTask, warn } from "./chat-state.ts";
import { callIds, initialMessages } from "./messages.ts";
import { checkApprovals } from "./run-approved-calls.ts";
import type { Warning } from "./warning.ts";

/** What all chats of a gateway share. */
export interface GatewayParts {
  readonly settings: Settings;
  readonly openTransport: () => Transport;
  readonly logs: Logs;
  /** This and the following are shared with gateways derived by `with()`. */
  readonly registry: BackgroundTaskRegistry;
  /** The output strategies that models have been found to support. */
  readonly outputModes: OutputModes;
  /** Rules learned from rejected requests, by model. */
  readonly learned: LearnedRules;
}

export interface PreparedChat {
  readonly context: ChatContext;
  readonly state: ChatState;
}

/** Checks a chat's options and builds the context and state of its loop. Throws a ConfigurationError; sends nothing. */
export function prepareChat(
  parts: GatewayParts,
  given: ChatOptions<unknown>,
  streaming: boolean,
  cancellation = new Cancellation(),
  withElements = false,
): PreparedChat {
  const { settings, logs, outputModes } = parts;
  const options = mergeOptions<ChatOptions<unknown>>(settings.defaults, given);
  // The defaults were checked when the gateway was created.
  const problems = checkChatOptions(options, settings.endpoint, Object.keys(given));
  problems.push(...checkCombinations(options));
  if (problems.length > 0) throw new ConfigurationError(problems);
  const resolveTargets = (provider: string | undefined, model: string | undefined) =>
    findTargets(settings, options, provider, model);
  // Resolve the model first, so that an invalid one fails before anything else.
  const targets = resolveTargets(options.provider, options.model);
  const { tasks, dispatcher } = getBackgroundTasks(options);
  const start: StartTask = (task) =>
    parts.registry.start(task, { dispatcher, waitUntil: settings.waitUntil, onError: options.onBackgroundTaskError });
  const context: ChatContext = {
    options,
    turnId:
      options.gateway?.turnId ?? (options.prepareTurn || targets.some(({ routed }) => routed) ? crypto.randomUUID() : undefined),
    settings,
    transport: parts.openTransport(),
    logs,
    streaming,
    withElements,
    cancellation,
    targets,
    resolveTargets,
    prepareOutput: options.output === undefined ? undefined : createOutputs(options, settings, outputModes),
    learned: new LearnedRules(parts.learned),
    background: { tools: tasks, start },
  };
  const warnings: Warning[] = [];
  const messages = initialMessages(options, (warning) => warn({ warnings }, warning));
  const unknownApprovals = checkApprovals(options, messages);
  if (unknownApprovals.length > 0) throw new ConfigurationError(unknownApprovals);
  return { context, state: initialState(options, messages, callIds(messages), warnings) };
}

/** Resolves a provider and a model to a target, followed by the fallbacks. */
function findTargets(
  settings: Settings,
  { fallbacks = [] }: ChatDefaults,
  provider: string | undefined,
  model: string | undefined,
): ModelId[] {
  const problems: OptionProblem[] = [];
  const targets = [{ provider, model }, ...fallbacks].map((named, index) => {
    const id = modelId(named.provider, named.model, settings.endpoint, settings.providers);
    if ("message" in id) problems.push({ ...id, option: `${index === 0 ? "" : `fallbacks[${index - 1}].`}${id.option}` });
    return id;
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return targets as ModelId[];
}
