import { ConfigurationError } from "../errors/errors.ts";
import type { ChatDefaults, ChatOptions, TurnOverrides } from "../options/chat-options.ts";
import { mergeOptions } from "../options/merge-options.ts";
import { checkTurnOverrides } from "../options/validate-combinations.ts";
import { offerTools } from "../tools/offer-tools.ts";
import type { OfferedTools } from "../tools/offered-tools.ts";
import type { Tool } from "../tools/tool-types.ts";
import { type ChatContext, type ChatState, warn } from "./chat-state.ts";
import { callIds, pairCalls } from "./messages.ts";
import type { Trace } from "./telemetry.ts";
import type { TurnPlan } from "./turn-plan.ts";

/**
 * Plans the next turn: its messages, targets, tools and options. `prepareTurn` may override them. Returns a promise only if there is
 * something to wait for.
 */
export function planTurn(context: ChatContext, state: ChatState, trace: Trace | undefined): TurnPlan | Promise<TurnPlan> {
  const { prepareTurn } = context.options;
  if (prepareTurn || !state.offeredTools) return prepareAndPlan(prepareTurn, context, state, trace);
  return createPlan(noOverrides, state.offeredTools, context, state, trace);
}

async function prepareAndPlan(
  prepareTurn: ChatOptions<unknown>["prepareTurn"],
  context: ChatContext,
  state: ChatState,
  trace: Trace | undefined,
): Promise<TurnPlan> {
  const overrides = prepareTurn ? await getOverrides(prepareTurn, context, state) : noOverrides;
  if (overrides.messages) {
    state.messages = pairCalls(overrides.messages, "prepareTurn.messages", [], (warning) => warn(state, warning));
    for (const id of callIds(state.messages)) state.usedCallIds.add(id);
  }
  const own = "tools" in overrides ? (overrides.tools ?? {}) : undefined;
  const known = own ? undefined : state.offeredTools;
  const offered = known ?? (await context.cancellation.race(offerTurnTools(own, context, state)));
  return createPlan(overrides, offered, context, state, trace);
}

const noOverrides: TurnOverrides = {};

function createPlan(
  overrides: TurnOverrides,
  offered: OfferedTools,
  context: ChatContext,
  state: ChatState,
  trace: Trace | undefined,
): TurnPlan {
  const { options } = context;
  const { providerTools, toolChoice } = { providerTools: options.providerTools, toolChoice: state.toolChoice, ...overrides };
  const isLast = options.toolMode !== "return" && state.countedTurns === (options.maxTurns ?? 10) - 1;
  const mustAnswer = isLast && state.countedTurns > 0;
  return {
    turn: state.turns.length,
    targets: findTargets(overrides, context),
    options: withTrace(options.prepareTurn ? mergeOptions(options, pickSampling(overrides)) : options, trace),
    messages: state.messages,
    tools: offered,
    providerTools,
    toolChoice: mustAnswer ? "none" : toolChoice,
    outputOnly: state.outputOnly || (context.prepareOutput !== undefined && isLast),
    isLast,
    mustAnswer,
  };
}

/** With a model of its own, a turn may also remove the provider: the model is then a full id. */
function findTargets(overrides: TurnOverrides, { targets, resolveTargets, options }: ChatContext): TurnPlan["targets"] {
  const { provider, model } = overrides;
  if (model) return resolveTargets("provider" in overrides ? provider : options.provider, model);
  return provider ? resolveTargets(provider, options.model) : targets;
}

/** Drops the overrides that are not options of the plan. */
function pickSampling({ messages, tools, providerTools, toolChoice, provider, model, ...sampling }: TurnOverrides): ChatDefaults {
  return sampling;
}

/** Links the gateway's span to the telemetry span of the turn. */
function withTrace(options: ChatDefaults, trace: Trace | undefined): ChatDefaults {
  return trace ? { ...options, gateway: { ...trace, ...options.gateway } } : options;
}

/** Calls `prepareTurn` and checks the overrides it returns like the options of a chat. */
async function getOverrides(
  prepareTurn: NonNullable<ChatOptions<unknown>["prepareTurn"]>,
  { options, cancellation }: ChatContext,
  { messages, turns, toolChoice }: ChatState,
): Promise<TurnOverrides> {
  const overrides = await cancellation.race(prepareTurn({ turn: turns.length, messages, turns }));
  if (!overrides) return {};
  const problems = checkTurnOverrides(overrides, { ...options, toolChoice });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return overrides;
}

/** Prepares a turn's tools (`own`, or the chat's) and the background tasks. The chat's tools are prepared once. */
async function offerTurnTools(
  own: Readonly<Record<string, Tool>> | undefined,
  { options, background, settings }: ChatContext,
  state: ChatState,
): Promise<OfferedTools> {
  const place = (name: string) => `${Object.hasOwn(background.tools, name) ? "backgroundTasks" : "tools"}.${name}`;
  const offered = await offerTools({ ...(own ?? options.tools), ...background.tools }, settings.validator, place);
  if (!own) state.offeredTools = offered;
  return offered;
}
