import { type ChatOptions, type ChatResult, type Gateway, type StreamEvent, tool } from "cf-ai-gateway";
import { type TestGateway, useLocalGateway } from "../local-gateway.ts";
import type { WireReply } from "./wire.ts";

export interface ScriptedChats {
  local: TestGateway;
  /** One client for the whole file, which keeps what it learned from rejections. */
  client(): Gateway;
  /** The result of `chat` when the gateway sends this reply. */
  chat(reply: WireReply, options?: Partial<ChatOptions>): Promise<ChatResult>;
  /** The events and the result of `stream` when the gateway sends this reply. */
  stream(reply: WireReply, options?: Partial<ChatOptions>): Promise<Collected>;
  /** The request body at that index, as the gateway received it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read any field of the JSON.
  sent(index: number): any;
}

export interface Collected {
  events: StreamEvent[];
  result: ChatResult;
}

/** Chats over a socket with a local gateway that sends scripted replies. Turns without a script get "Done.". */
export function useScriptedChats(): ScriptedChats {
  const local = useLocalGateway({ script: () => ({ text: "Done." }) });
  let gateway: Gateway | undefined;
  const client = (): Gateway => {
    gateway ??= local.client();
    return gateway;
  };
  return {
    local,
    client,
    chat(reply, options) {
      local.reply(reply);
      return client().chat({ prompt: "Hi", ...options } as ChatOptions);
    },
    stream(reply, options) {
      local.reply(reply);
      return collect(client(), { prompt: "Hi", ...options } as ChatOptions);
    },
    sent: (index) => local.requests[index]?.body,
  };
}

export async function collect(gateway: Gateway, options: ChatOptions): Promise<Collected> {
  const stream = gateway.stream(options);
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return { events, result: await stream.result };
}

/** The text of all text deltas. */
export const textOf = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");

/** The text of all reasoning deltas. */
export const reasoningOf = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.type === "reasoning-delta" ? event.text : "")).join("");

/** Two tools that record their calls. */
export function recordingTools() {
  const executed: { name: string; args: unknown }[] = [];
  const recording = (name: string) =>
    tool({
      description: `Looks up the ${name} of a place.`,
      parameters: { type: "object", properties: { city: { type: "string" } } },
      execute: (args: unknown) => {
        executed.push({ name, args });
        return `${name} noted`;
      },
    });
  return { executed, tools: { weather: recording("weather"), time: recording("time") } };
}
