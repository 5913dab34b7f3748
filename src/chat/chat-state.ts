import type { Cancellation } from "../abort.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { Logs } from "../logs/log-types.ts";
import type { ChatOptions, ToolChoice } from "../options/chat-options.ts";
import type { Settings } from "../options/settings.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { LearnedRules } from "../request/learned-rules.ts";
import type { ModelId } from "../request/model-id.ts";
import type { BackgroundTaskRegistry, StartedTask } from "../tools/background-tasks.ts";
import { noTools, type OfferedTools } from "../tools/offered-tools.ts";
import type { ToolCall } from "../tools/tool-call.ts";
import type { ExecutedToolCall } from "../tools/tool-message.ts";
import type { Tool } from "../tools/tool-types.ts";
import type { Transport } from "../transport/transport.ts";
import type { Message } from "../wire.ts";
import type { InterpretedAnswer } from "./interpreted-answer.ts";
import type { Turn } from "./turn.ts";
import type { Warning } from "./warning.ts";

/** What does not change while a chat runs. */
export interface ChatContext {
  readonly options: Readonly<ChatOptions<unknown>>;
  /** Sent with models that the gateway routes: it keeps one model per turn id, so that the provider's prompt cache works. */
  readonly turnId: string | undefined;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly logs: Logs;
  readonly streaming: boolean;
  /** The consumer of the stream reads the elements of an array output. */
  readonly withElements: boolean;
  /** Aborted by the caller's signal, a timeout, or a consumer that stops early. */
  readonly cancellation: Cancellation;
  /** The target model and its fallbacks, unless `prepareTurn` chooses another. */
  readonly targets: readonly ModelId[];
  /** Resolves a provider and a model to a target, followed by the fallbacks. Throws a ConfigurationError. */
  readonly resolveTargets: (provider: string | undefined, model: string | undefined) => ModelId[];
  /** The structured output to request from a target. */
  readonly prepareOutput: ((target: ModelId) => Promise<StructuredOutput>) | undefined;
  /** Rules learned from rejected requests, by model. */
  readonly learned: LearnedRules;
  readonly background: {
    readonly tools: Readonly<Record<string, Tool>>;
    /** Starts a call whose arguments have been checked. */
    readonly start: StartTask;
  };
}

export type StartTask = (task: Parameters<BackgroundTaskRegistry["start"]>[0]) => StartedTask;

/** What changes while a chat runs. */
export interface ChatState {
  messages: readonly Message[];
  /** Complete turns; none is changed later. */
  readonly turns: Turn[];
  readonly warnings: Warning[];
  readonly failedAttempts: { provider: string; model: string; error: GatewayError }[];
  readonly backgroundTasks: StartedTask[];
  /** Ids of the tool calls in the conversation; later calls must not reuse them. */
  readonly usedCallIds: Set<string>;
  /** Turns that count towards `maxTurns`. */
  countedTurns: number;
  toolChoice: ToolChoice | undefined;
  outputRetriesLeft: number;
  /** The next answer must be the structured output, even if there are tools. */
  outputOnly: boolean;
  /** The chat's tools, once a turn has prepared them. */
  offeredTools: OfferedTools | undefined;
  /** The answer that is being received. */
  receiving: { received(): { text: string; reasoning: string | undefined } } | undefined;
  /** The turn whose tools are running, with the results so far by call id. */
  running:
    | { interpreted: InterpretedAnswer; toolCalls: readonly ToolCall[]; executed: ReadonlyMap<string, ExecutedToolCall> }
    | undefined;
}

/** The state before the first turn. */
export function initialState(
  { toolChoice, outputRetries = 1, tools, backgroundTasks, toolMode }: ChatOptions<unknown>,
  messages: readonly Message[],
  callIds: readonly string[],
  warnings: Warning[],
): ChatState {
  return {
    messages,
    turns: [],
    warnings,
    failedAttempts: [],
    backgroundTasks: [],
    usedCallIds: new Set(callIds),
    countedTurns: 0,
    toolChoice,
    outputRetriesLeft: toolMode === "return" ? 0 : outputRetries,
    outputOnly: false,
    offeredTools: tools || backgroundTasks ? undefined : noTools,
    receiving: undefined,
    running: undefined,
  };
}

/** Adds a warning, once. */
export function warn({ warnings }: Pick<ChatState, "warnings">, warning: Warning): void {
  if (!warnings.some(({ message }) => message === warning.message)) warnings.push(warning);
}

export function warnAll(state: Pick<ChatState, "warnings">, warnings: readonly Warning[]): void {
  if (warnings.length > 0) for (const warning of warnings) warn(state, warning);
}
