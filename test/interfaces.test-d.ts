// Values typed by a user's own interface, or by the openai package, are accepted wherever the wire format allows an open object.
import type OpenAI from "openai";
import { expectTypeOf } from "vitest";
import { createGateway, createGatewayFetchClient, type Message, tool, type UserMessage } from "../src/index.ts";

interface ChatLine {
  role: "user" | "assistant";
  content: string;
}
interface Tags {
  team: string;
  trial: boolean;
}
interface ExtraFields {
  top_k: number;
  provider: { order: string[] };
}
interface ObjectSchema {
  type: "object";
  properties: Record<string, { type: string }>;
}
interface WholeRequest {
  model: string;
  messages: ChatLine[];
  temperature: number;
}

declare const lines: ChatLine[];
declare const tags: Tags;
declare const extra: ExtraFields;
declare const schema: ObjectSchema;
declare const request: WholeRequest;
declare const fromOpenAI: OpenAI.ChatCompletionMessageParam[];
declare const answerOfOpenAI: OpenAI.ChatCompletionMessage;

export async function accepted(): Promise<void> {
  const gateway = createGateway({ gateway: { metadata: tags } });
  const result = await gateway.chat({ messages: lines, extraBody: extra, gateway: { metadata: tags }, output: schema });
  expectTypeOf(result.output).toBeObject();
  await gateway.chat({ messages: fromOpenAI });
  await gateway.chat({ messages: [...fromOpenAI, answerOfOpenAI] });
  await gateway.chat({ prompt: "Hello", tools: { search: tool({ parameters: schema, execute: () => "" }) } });
  await gateway.chat({ prompt: "Hello", extraBody: { logit_bias: { "50256": -100 }, top_k: 4 } });
  await result.feedback({ metadata: tags });
  for await (const event of gateway.stream({ messages: lines })) void event;

  const again: Message[] = [
    ...result.messages,
    { role: "user", content: [{ type: "text", text: "Hello", cache_control: { type: "ephemeral" } }] },
  ];
  await gateway.chat({ messages: again });

  const client = createGatewayFetchClient();
  await client.POST("/compat/chat/completions", { body: request });
  await client.POST("/compat/chat/completions", { body: { model: "openai/gpt-4o-mini", messages: lines, top_k: 4 } });
}

export async function refused(): Promise<void> {
  const gateway = createGateway();
  // @ts-expect-error no such role
  await gateway.chat({ messages: [{ role: "robot", content: "Hello" }] });
  // @ts-expect-error the content is missing
  const message: UserMessage = { role: "user" };
  // @ts-expect-error the content of a user message is a string or parts
  await gateway.chat({ messages: [{ ...message, content: 4 }] });
}

export function schemasAreInferred(): void {
  const gateway = createGateway();
  expectTypeOf(gateway.chat({ prompt: "Hello" }))
    .resolves.toHaveProperty("output")
    .toEqualTypeOf<undefined>();
  expectTypeOf(gateway.chat<{ name: string }>({ prompt: "Hello", output: schema }))
    .resolves.toHaveProperty("output")
    .toEqualTypeOf<{ name: string }>();
}
