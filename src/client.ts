import { Cancellation } from "./abort.ts";
import { runChat } from "./chat/chat-loop.ts";
import { type ChatStream, createChatStream, type StreamedChat } from "./chat/chat-stream.ts";
import { emptyPartial, getPartial } from "./chat/partial-result.ts";
import { type GatewayParts, type PreparedChat, prepareChat } from "./chat/prepare-chat.ts";
import type { ChatResult } from "./chat/result.ts";
import { type Emit, ignoreEvents } from "./chat/stream-event.ts";
import { type Caller, captureCaller, withCaller, withCallerStack } from "./errors/caller.ts";
import type { PartialResult } from "./errors/errors.ts";
import { lazyLogs } from "./logs/lazy-logs.ts";
import type { Logs } from "./logs/log-types.ts";
import type { ChatOptions } from "./options/chat-options.ts";
import { type Environment, readEnvironment } from "./options/environment.ts";
import type { GatewayConfig } from "./options/gateway-config.ts";
import { mergeOptions } from "./options/merge-options.ts";
import { resolveConfig } from "./options/resolve-config.ts";
import type { Settings } from "./options/settings.ts";
import { snapshotOptions } from "./options/snapshot-options.ts";
import type { ElementReader } from "./output/elements.ts";
import { LearnedRules } from "./request/learned-rules.ts";
import type { InferOutput, Schema, StandardSchemaV1 } from "./schema.ts";
import { BackgroundTaskRegistry } from "./tools/background-tasks.ts";
import { createTransport } from "./transport/create-transport.ts";
import { limitChat } from "./transport/timeout.ts";

/**
 * The options of one chat. The output type is inferred from `output`, a schema of type `S`, or given explicitly as `O`. A single
 * signature, so that TypeScript reports a mistake once rather than once per overload.
 */
type ChatInput<O, S, E, F> = Omit<ChatOptions<O>, "output" | EndingOption | EndingHook> & {
  output?: S | Schema<O> | undefined;
} & { [K in EndingOption]?: (E & ChatOptions[K]) | ChatOptions[K] } & { [K in EndingHook]?: F | ChatOptions[K] };

/** If one of these is set, a chat may end without an answer, and so without an output. `E` and `F` are `never` if none is set. */
type EndingOption = "tools" | "providerTools" | "backgroundTasks";
type EndingHook = "stopWhen" | "prepareTurn";

/** `O` if it comes from a Standard Schema or is given explicitly, otherwise the type inferred from the JSON Schema. */
type InferredOutput<O, S> = [S] extends [never] ? O : [Extract<S, StandardSchemaV1>] extends [never] ? InferOutput<S> : O;

/** Includes `undefined` if an ending option is set. */
type OutputOf<O, S, E> = InferredOutput<O, S> | ([E] extends [never] ? never : undefined extends E ? never : undefined);

/** A configured gateway. It keeps no connection open and needs no closing; `await using` waits for its background tasks. */
export interface Gateway {
  /**
   * Sends the conversation to the model, runs the tools it calls, and resolves with its answer. Never requests a stream, so that the
   * gateway can cache the response.
   *
   * @throws GatewayError on any failure; a ConfigurationError before anything is sent; on abort, the signal's reason
   */
  chat<O = undefined, const S extends Schema = never, E = never, F extends ChatOptions[EndingHook] = never>(
    options: ChatInput<O, S, E, F>,
  ): Promise<ChatResult<OutputOf<O, S, E | F>>>;
  /** Like `chat`, but emits events as they happen. Starts when it is consumed, and throws its errors to the consumer. */
  stream<O = undefined, const S extends Schema = never, E = never, F extends ChatOptions[EndingHook] = never>(
    options: ChatInput<O, S, E, F>,
  ): ChatStream<OutputOf<O, S, E | F>>;
  /** Returns a gateway with some options changed; `undefined` removes a default. Both share their background tasks. */
  with(overrides: Partial<GatewayConfig>): Gateway;
  /** The options in force, without tokens, for wrappers to read. Not enumerable, since headers may hold secrets. */
  readonly options: EffectiveOptions;
  /** The gateway's logs: look up what a request cost, and rate its answer. */
  readonly logs: Logs;
  /** Resolves when every background task started so far has ended, or `timeout` milliseconds have passed; never rejects. */
  settled(options?: { timeout?: number | undefined; abort?: boolean | undefined }): Promise<void>;
  /** Waits for the background tasks. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Creates a client for a gateway. Missing options are read from the environment when it is called: CLOUDFLARE_ACCOUNT_ID,
 * CLOUDFLARE_GATEWAY_ID, CLOUDFLARE_GATEWAY_TOKEN and CLOUDFLARE_API_TOKEN.
 *
 * @throws ConfigurationError listing every problem, with the environment variable that fixes each
 */
export function createGateway(config: GatewayConfig = {}): Gateway {
  return withCallerStack(createGateway, () =>
    assemble(snapshotOptions(config, "createGateway"), readEnvironment(), {
      registry: new BackgroundTaskRegistry(),
      outputModes: new Map(),
      learned: new LearnedRules(),
    }),
  );
}

/** A chat that is prepared and run when its stream is consumed. */
class GatewayStream implements StreamedChat<unknown> {
  readonly #parts: GatewayParts;
  readonly #options: () => ChatOptions<unknown>;
  readonly #caller: Caller;
  readonly #cancellation = new Cancellation();
  #chat: PreparedChat | undefined;

  constructor(parts: GatewayParts, options: ChatOptions<unknown>, caller: Caller) {
    this.#parts = parts;
    this.#options = trySnapshot(options);
    this.#caller = caller;
  }

  run(emit: Emit, withElements: boolean): Promise<ChatResult<unknown>> {
    try {
      this.#chat = prepareChat(this.#parts, this.#options(), true, this.#cancellation, withElements);
      return rejectWithCaller(runChat(this.#chat.context, this.#chat.state, emit), this.#caller);
    } catch (error) {
      return Promise.reject(withCaller(error, this.#caller));
    }
  }

  cancel(reason: unknown): void {
    this.#cancellation.abort(reason);
  }

  onAbort(listener: () => void): void {
    this.#cancellation.onAbort(listener);
  }

  async createElementReader(): Promise<ElementReader> {
    const { createElementReader } = await import("./output/elements.ts");
    const options = this.#options();
    const release = limitChat(this.#cancellation, options);
    try {
      return await this.#cancellation.race(
        createElementReader(options.output, this.#parts.settings.validator, (foreign) => this.#cancellation.race(foreign)),
      );
    } finally {
      release();
    }
  }

  partial(): PartialResult {
    return this.#chat ? getPartial(this.#chat.context, this.#chat.state) : emptyPartial();
  }
}

/** Not an async function, whose frame would be held until the chat ends. */
const rejectWithCaller = <T>(running: Promise<T>, caller: Caller): Promise<T> =>
  running.catch((error: unknown) => {
    throw withCaller(error, caller);
  });

/** State shared by a gateway and the gateways derived from it with `with()`. */
type Shared = Pick<GatewayParts, "registry" | "outputModes" | "learned">;

function assemble(config: GatewayConfig, environment: Environment, shared: Shared): Gateway {
  const settings = resolveConfig(config, environment);
  const logs = lazyLogs(settings);
  const parts: GatewayParts = { ...shared, settings, openTransport: createTransport(settings), logs };

  function chat(options: ChatOptions<unknown>): Promise<ChatResult<unknown>> {
    const caller = captureCaller(chat);
    try {
      const { context, state } = prepareChat(parts, snapshotOptions(options, "chat"), false);
      return rejectWithCaller(runChat(context, state, ignoreEvents), caller);
    } catch (error) {
      return Promise.reject(withCaller(error, caller));
    }
  }

  const stream = (options: ChatOptions<unknown>): ChatStream<unknown> =>
    createChatStream(new GatewayStream(parts, options, captureCaller(stream)));

  const withOptions = (overrides: Partial<GatewayConfig>): Gateway =>
    withCallerStack(withOptions, () =>
      assemble(mergeOptions({ ...config }, snapshotOptions(overrides, "with")), environment, shared),
    );

  const gateway: Omit<Gateway, "options"> = {
    chat: chat as Gateway["chat"],
    stream: stream as Gateway["stream"],
    with: withOptions,
    logs,
    settled: (options) => shared.registry.settled(options),
    [Symbol.asyncDispose]: () => shared.registry.settled({ timeout: disposalTimeoutMs, abort: true }),
  };
  return Object.defineProperty(gateway as Gateway, "options", { value: getEffectiveOptions(config, settings) });
}

type EffectiveOptions = Readonly<Omit<GatewayConfig, "gatewayToken" | "apiToken">>;

function getEffectiveOptions(
  { gatewayToken: _, apiToken: __, ...options }: GatewayConfig,
  { endpoint, accountId, gatewayId }: Settings,
): EffectiveOptions {
  return Object.freeze({ ...options, endpoint, accountId, gatewayId });
}

/** How long disposal (the end of an `await using` block) waits for background tasks before aborting them. */
const disposalTimeoutMs = 30_000;

/** Copies a stream's options immediately, but throws an error in them only when the stream is consumed. */
function trySnapshot(given: ChatOptions<unknown>): () => ChatOptions<unknown> {
  try {
    const options = snapshotOptions(given, "stream");
    return () => options;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
