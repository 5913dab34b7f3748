import {
  type ChatOptions,
  type ChatResult,
  createGateway,
  type Gateway,
  GatewayError,
  type StreamEvent,
  tool,
} from "cf-ai-gateway";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { afterAll, afterEach } from "vitest";
import type { WireReply } from "./wire.ts";

export interface Listening {
  local: LocalGateway;
  gateway: Gateway;
  /** The answer to `chat` when the gateway answers so. */
  chat(reply: WireReply, options?: Partial<ChatOptions>): Promise<ChatResult>;
  /** The events and the answer of `stream` when the gateway answers so. */
  stream(reply: WireReply, options?: Partial<ChatOptions>): Promise<Heard>;
  /** The body of the request with that number, as the gateway got it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects to find.
  sent(number: number): any;
}

export interface Heard {
  events: StreamEvent[];
  result: ChatResult;
}

/** A client that talks to a local gateway over a socket; the gateway sends what it is told to. Turns after the first end with "Done.". */
export async function listen(): Promise<Listening> {
  const local = await startLocalGateway({ script: () => ({ text: "Done." }) });
  afterEach(() => local.reset());
  afterAll(() => local.close());
  const gateway = createGateway({
    baseUrl: local.url,
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "test-token",
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
  });
  return {
    local,
    gateway,
    chat(reply, options) {
      local.reply(reply);
      return gateway.chat({ prompt: "Hi", ...options } as ChatOptions);
    },
    stream(reply, options) {
      local.reply(reply);
      return hear(gateway, { prompt: "Hi", ...options } as ChatOptions);
    },
    sent: (number) => local.requests[number]?.body,
  };
}

export async function hear(gateway: Gateway, options: ChatOptions): Promise<Heard> {
  const stream = gateway.stream(options);
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return { events, result: await stream.result };
}

/** The texts of the deltas, joined. */
export const spoken = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");

export const thought = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.type === "reasoning-delta" ? event.text : "")).join("");

/** The error that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<GatewayError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!GatewayError.is(error)) throw new Error(`expected a GatewayError, got ${String(error)}`);
  return error;
}

/** Two tools that note what they are run with. */
export function notingTools() {
  const ran: { name: string; args: unknown }[] = [];
  const noting = (name: string) =>
    tool({
      description: `Looks up the ${name} of a place.`,
      parameters: { type: "object", properties: { city: { type: "string" } } },
      execute: (args: unknown) => {
        ran.push({ name, args });
        return `${name} noted`;
      },
    });
  return { ran, tools: { weather: noting("weather"), time: noting("time") } };
}
