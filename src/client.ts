import { type ChatStream, createChatStream } from "./chat-stream.ts";
import { type GatewayConfig, mergeOptions, resolveConfig, type Settings } from "./config.ts";
import { ConfigurationError } from "./errors.ts";
import type { Logs } from "./logs.ts";
import type { ChatDefaults, ChatOptions, OutputStrategy } from "./options.ts";
import { outputByModel } from "./output-by-model.ts";
import { checkCall, checkChatOptions } from "./request/check-options.ts";
import type { OptionProblem } from "./request/gateway-headers.ts";
import { type ModelId, modelId } from "./request/model-id.ts";
import type { ChatResult, Warning } from "./result.ts";
import type { Call } from "./run-turn.ts";
import type { FromJsonSchema, JsonSchema, StandardSchemaV1 } from "./schema.ts";
import type { StreamEvent } from "./stream/stream-event.ts";
import { BackgroundTaskRegistry } from "./tools/background-tasks.ts";
import { createHttp, type Http } from "./transport/http.ts";
import { timeoutError } from "./transport/timeout.ts";
import { type Conversation, turnLoop } from "./turn-loop.ts";

/** A configured gateway. It holds no connection and needs no closing; `await using` waits for its background tasks. */
export interface Gateway {
  /**
   * Asks the model, runs the tools that it calls, and resolves with its answer. Never asks for a stream, so that the gateway may cache.
   *
   * @throws GatewayError for everything that goes wrong; a ConfigurationError before anything is sent; the signal's own reason on abort
   */
  chat<O>(options: ChatOptions<O> & { output: StandardSchemaV1<never, O> }): Promise<ChatResult<O>>;
  chat<const S extends JsonSchema>(options: Omit<ChatOptions, "output"> & { output: S }): Promise<ChatResult<FromJsonSchema<S>>>;
  chat<O = undefined>(options: ChatOptions<O>): Promise<ChatResult<O>>;
  /** The same as `chat`, told event by event as it happens. Starts when it is consumed; errors come from the consumption. */
  stream<O>(options: ChatOptions<O> & { output: StandardSchemaV1<never, O> }): ChatStream<O>;
  stream<const S extends JsonSchema>(options: Omit<ChatOptions, "output"> & { output: S }): ChatStream<FromJsonSchema<S>>;
  stream<O = undefined>(options: ChatOptions<O>): ChatStream<O>;
  /** A gateway with some options changed: another provider, other defaults. `undefined` removes one. It shares the background tasks. */
  with(overrides: Partial<GatewayConfig>): Gateway;
  /** The gateway's log of a call: what it cost, and your verdict on it. */
  readonly logs: Logs;
  /** Resolves when every background task started so far has ended, or `timeout` milliseconds have passed; never rejects. */
  settled(options?: { timeout?: number }): Promise<void>;
  /** Waits for the background tasks. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What gateways that come from one another by `with` have in common. */
interface Shared {
  background: BackgroundTaskRegistry;
  /** The output strategy that worked, by model. */
  strategies: Map<string, OutputStrategy>;
}

/**
 * Configures a gateway. What is not given is read from the environment, now: CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID,
 * CLOUDFLARE_GATEWAY_TOKEN and CLOUDFLARE_API_TOKEN.
 *
 * @throws ConfigurationError with every problem at once, and the variable that would mend each
 */
export function createGateway(config: GatewayConfig = {}): Gateway {
  return assemble(config, { background: new BackgroundTaskRegistry(), strategies: new Map() });
}

function assemble(config: GatewayConfig, shared: Shared): Gateway {
  const settings = resolveConfig(config);
  const http = createHttp(settings);
  const logs = lazyLogs(settings, http);

  function prepare(given: ChatOptions<unknown>, streaming: boolean, controller: AbortController): Conversation {
    const options = mergeOptions<ChatOptions<unknown>>(settings.defaults, given);
    const problems = [...checkChatOptions({ ...options }, settings.endpoint), ...checkCall(options)];
    if (problems.length > 0) throw new ConfigurationError(problems);
    const warnings: Warning[] = [];
    const targetsOf = (provider: string | undefined, model: string | undefined) => targets(settings, options, provider, model);
    const [first] = targetsOf(options.provider, options.model);
    markTurn(options, first as ModelId);
    const usedIds = new Set(
      options.messages?.flatMap((message) =>
        message.role === "assistant" ? (message.tool_calls ?? []).map(({ id }) => id) : [],
      ),
    );
    const call: Call = {
      settings,
      http,
      options,
      streaming,
      controller,
      usedIds,
      failedAttempts: [],
      warn: (warning) => {
        if (!warnings.some(({ message }) => message === warning.message)) warnings.push(warning);
      },
      asking: undefined,
    };
    const outputOf = options.output === undefined ? undefined : outputByModel(options, settings, shared.strategies);
    return { call, options, background: shared.background, targetsOf, outputOf, logs, warnings };
  }

  /** The loop with its limits: the caller's signal and the total time. Both are let go of when it ends, however it ends. */
  async function* run(
    options: ChatOptions<unknown>,
    streaming: boolean,
    controller: AbortController,
  ): AsyncGenerator<StreamEvent<unknown>[], ChatResult<unknown>> {
    const conversation = prepare(options, streaming, controller);
    const { signal, timeout } = conversation.options;
    const abort = () => controller.abort(signal?.reason);
    if (signal?.aborted) throw signal.reason;
    signal?.addEventListener("abort", abort, { once: true });
    const total = timeout?.total;
    const timer =
      total !== undefined && total < 2 ** 31
        ? setTimeout(() => controller.abort(timeoutError("total", total)), total)
        : undefined;
    try {
      return yield* turnLoop(conversation);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  }

  async function chat(options: ChatOptions<unknown>): Promise<ChatResult<unknown>> {
    const loop = run(options, false, new AbortController());
    for (;;) {
      const step = await loop.next();
      if (step.done) return step.value;
    }
  }

  function stream(options: ChatOptions<unknown>): ChatStream<unknown> {
    const controller = new AbortController();
    return createChatStream(
      () => run(options, true, controller),
      (reason) => controller.abort(reason),
    );
  }

  return {
    chat: chat as Gateway["chat"],
    stream: stream as Gateway["stream"],
    with: (overrides) => assemble(mergeOptions({ ...config }, overrides), shared),
    logs,
    settled: (options) => shared.background.settled(options?.timeout),
    [Symbol.asyncDispose]: () => shared.background.settled(),
  };
}

/** The logs, whose code is loaded when they are first asked. */
function lazyLogs(settings: Settings, http: Http): Logs {
  const load = async () => (await import("./logs.ts")).createLogs(settings, http);
  return {
    get: async (id, options) => (await load()).get(id, options),
    list: async function* (filter) {
      yield* (await load()).list(filter);
    },
    feedback: async (id, feedback) => (await load()).feedback(id, feedback),
  };
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
  for (const [index, asked] of [{ provider, model }, ...fallbacks].entries()) {
    const id = modelId(asked.provider, asked.model, settings.endpoint, settings.providers);
    if ("message" in id) problems.push(index === 0 ? id : { ...id, option: `fallbacks[${index - 1}].${id.option}` });
    else found.push(id);
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return found;
}

/** A routed model stays the same within a turn id, so that the provider's prompt cache is kept over the rounds of the loop. */
function markTurn(options: ChatOptions<unknown>, { model }: ModelId): void {
  if (options.gateway?.turnId !== undefined || !/^(?:cloudflare\/auto$|dynamic\/)/.test(model)) return;
  options.gateway = { ...options.gateway, turnId: crypto.randomUUID() };
}
