import { type ChatOptions, type ChatResult, createGateway, type Gateway, type GatewayConfig, type Message } from "cf-ai-gateway";
import { type LocalGateway, type LocalGatewayOptions, type LocalGatewaySession, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** The local gateway of a test file, and a client for it. */
export interface TestGateway extends Pick<LocalGateway, "url" | "apiUrl" | "requests" | "reply" | "when" | "reset"> {
  readonly gateway: LocalGateway;
  /** The messages of the request at that index, by default the last one. */
  sentMessages(index?: number): Message[];
  /** See `clientOf`. */
  client(config?: GatewayConfig): Gateway;
}

/** Starts a local gateway before the tests of a file, resets it before each, and closes it after the last. */
export function useLocalGateway(options: LocalGatewayOptions = {}): TestGateway {
  let started: LocalGateway | undefined;
  beforeAll(async () => {
    started = await startLocalGateway(options);
  });
  beforeEach(() => started?.reset());
  afterAll(() => started?.close());
  const local = (): LocalGateway => {
    if (!started) throw new Error("The local gateway starts before the first test; use it inside a test.");
    return started;
  };
  return {
    get gateway() {
      return local();
    },
    get url() {
      return local().url;
    },
    get apiUrl() {
      return local().apiUrl;
    },
    get requests() {
      return local().requests;
    },
    reply: (...replies) => local().reply(...replies),
    when: (condition, ...replies) => local().when(condition, ...replies),
    reset: () => local().reset(),
    sentMessages: (index = -1) => local().requests.at(index)?.body.messages,
    client: (config) => clientOf(local(), config),
  };
}

/** A client for a local gateway: by default on `compat`, without retries, with an OpenAI model. A full model ID also replaces the provider. */
export const clientOf = ({ url, apiUrl, gatewayToken }: LocalGatewaySession, config: GatewayConfig = {}): Gateway =>
  createGateway({
    baseUrl: url,
    apiBaseUrl: apiUrl,
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken,
    ...(config.model?.includes("/") ? {} : { provider: "openai" }),
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...config,
  });

export type Mode = "chat" | "stream";
export const modes: readonly Mode[] = ["chat", "stream"];

/** Sends the chat with `chat` or with `stream`, and resolves with its result. */
export const ask = <O = undefined>(mode: Mode, gateway: Gateway, options: ChatOptions<O>): Promise<ChatResult<O>> =>
  mode === "chat" ? gateway.chat(options) : gateway.stream(options).result;
