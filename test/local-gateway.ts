import { type ChatOptions, type ChatResult, createGateway, type Gateway, type GatewayConfig } from "cf-ai-gateway";
import { type LocalGateway, type LocalGatewayOptions, type LocalGatewaySession, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** What a test file gets of its local gateway: its members, and a client of it. */
export interface TestGateway extends Pick<LocalGateway, "url" | "apiUrl" | "requests" | "reply" | "when" | "reset"> {
  readonly gateway: LocalGateway;
  /** See `clientOf`. */
  client(config?: GatewayConfig): Gateway;
}

/** A local gateway for the tests of a file: started before them, reset before each, closed after them. */
export function useLocalGateway(options: LocalGatewayOptions = {}): TestGateway {
  let started: LocalGateway | undefined;
  beforeAll(async () => {
    started = await startLocalGateway(options);
  });
  beforeEach(() => started?.reset());
  afterAll(() => started?.close());
  const local = (): LocalGateway => {
    if (!started) throw new Error("The local gateway starts before the first test; use it within one.");
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
    client: (config) => clientOf(local(), config),
  };
}

/** A client of a local gateway, without retries and on the `compat` endpoint unless the config says otherwise. */
export const clientOf = ({ url, apiUrl, gatewayToken }: LocalGatewaySession, config: GatewayConfig = {}): Gateway =>
  createGateway({
    baseUrl: url,
    apiBaseUrl: apiUrl,
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken,
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...config,
  });

export type Mode = "chat" | "stream";
export const modes: readonly Mode[] = ["chat", "stream"];

/** The same request by `chat`, or by the result of `stream`. */
export const ask = <O = undefined>(mode: Mode, gateway: Gateway, options: ChatOptions<O>): Promise<ChatResult<O>> =>
  mode === "chat" ? gateway.chat(options) : gateway.stream(options).result;
