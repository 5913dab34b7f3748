import { type ChatOptions, type ChatResult, createGateway, type Gateway, type GatewayConfig, type Message } from "cf-ai-gateway";
import { type LocalGateway, type LocalGatewayOptions, type ScriptedReply, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** A local gateway for the tests of a file, emptied before each of them. */
export function useLocalGateway(options: LocalGatewayOptions = {}) {
  let started: LocalGateway | undefined;
  beforeAll(async () => {
    started = await startLocalGateway(options);
  });
  beforeEach(() => started?.reset());
  afterAll(() => started?.close());
  const local = (): LocalGateway => {
    if (!started) throw new Error("the local gateway has not been started yet");
    return started;
  };
  return {
    reply: (...replies: ScriptedReply[]) => local().reply(...replies),
    reset: () => local().reset(),
    get requests() {
      return local().requests;
    },
    /** The messages of a request, the last one by default. */
    sent: (index = -1): Message[] => local().requests.at(index)?.body.messages,
    gateway: (config: GatewayConfig = {}): Gateway =>
      createGateway({
        baseUrl: local().url,
        accountId: "account",
        gatewayId: "gateway",
        gatewayToken: "test-token",
        model: "openai/gpt-4o-mini",
        ...config,
      }),
  };
}

export type Mode = "chat" | "stream";
export const modes: readonly Mode[] = ["chat", "stream"];

/** The same call, by `chat` or by the result of `stream`. */
export const ask = <O = undefined>(mode: Mode, gateway: Gateway, options: ChatOptions<O>): Promise<ChatResult<O>> =>
  mode === "chat" ? gateway.chat(options) : gateway.stream(options).result;
