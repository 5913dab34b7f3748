// Type assertions, checked by the compiler; nothing here runs.
import type { Client } from "openapi-fetch";
import { expectTypeOf } from "vitest";
import type { components, paths as SpecPaths } from "../generated/openapi.ts";
import { createGatewayFetchClient } from "../src/fetch-client.ts";
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  CompletionUsage,
  ContentPart,
  CustomToolCall,
  GatewayRequestHeaders,
  LogBody,
  Message,
  paths,
  ToolMessage,
  WireToolCall,
} from "../src/wire.ts";

const compatPath = "/v1/{account_id}/{gateway_id}/compat/chat/completions";
const restPath = "/accounts/{account_id}/ai/v1/chat/completions";
const logsPath = "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs";
const path = { account_id: "account", gateway_id: "default" };
const model = "openai/gpt-4o-mini";
const messages: Message[] = [{ role: "user", content: "Hello" }];

type SpecMessage = components["schemas"]["ChatCompletionRequestMessage"];

export async function bindings(): Promise<void> {
  const client = createGatewayFetchClient({ token: "token" });
  expectTypeOf(client).toEqualTypeOf<Client<paths>>();
  expectTypeOf<paths>().toEqualTypeOf<SpecPaths>();

  // Requests.
  await client.POST(compatPath, {
    params: { path, header: { "cf-aig-cache-ttl": 60, "cf-aig-backoff": "linear" } },
    body: { model, messages },
  });
  await client.POST(compatPath, {
    params: { path },
    body: { model, messages, top_k: 40, stream: true, stream_options: { include_usage: true } },
  });
  await client.POST("/compat/chat/completions", { body: { model, messages } });

  // @ts-expect-error the model is required
  await client.POST(compatPath, { params: { path }, body: { messages } });
  // @ts-expect-error the model is a string
  await client.POST(compatPath, { params: { path }, body: { model: 4, messages } });
  // @ts-expect-error messages are required
  await client.POST(compatPath, { params: { path }, body: { model } });
  // @ts-expect-error messages are an array
  await client.POST(compatPath, { params: { path }, body: { model, messages: "Hello" } });
  // @ts-expect-error no such role
  await client.POST(compatPath, { params: { path }, body: { model, messages: [{ role: "robot", content: "Hello" }] } });
  // @ts-expect-error a tool message requires the ID of its call
  await client.POST(compatPath, { params: { path }, body: { model, messages: [{ role: "tool", content: "17" }] } });
  // @ts-expect-error the temperature is a number
  await client.POST(compatPath, { params: { path }, body: { model, messages, temperature: "hot" } });
  // @ts-expect-error an unset option is absent, not null
  await client.POST(compatPath, { params: { path }, body: { model, messages, temperature: null } });
  // @ts-expect-error no such response format
  await client.POST(compatPath, { params: { path }, body: { model, messages, response_format: { type: "xml" } } });
  // @ts-expect-error the gateway id is missing
  await client.POST(compatPath, { params: { path: { account_id: "account" } }, body: { model, messages } });
  // @ts-expect-error path parameters are required
  await client.POST(compatPath, { body: { model, messages } });
  // @ts-expect-error no such header
  await client.POST(compatPath, { params: { path, header: { "cf-aig-cache-time": 60 } }, body: { model, messages } });
  // @ts-expect-error compat names the gateway in its path
  await client.POST(compatPath, { params: { path, header: { "cf-aig-gateway-id": "default" } }, body: { model, messages } });
  // @ts-expect-error no such backoff
  await client.POST(compatPath, { params: { path, header: { "cf-aig-backoff": "quadratic" } }, body: { model, messages } });
  // @ts-expect-error seconds are a number
  await client.POST(compatPath, { params: { path, header: { "cf-aig-cache-ttl": "60" } }, body: { model, messages } });
  // @ts-expect-error the header can only be true
  await client.POST(compatPath, { params: { path, header: { "cf-aig-no-wholesale": false } }, body: { model, messages } });
  // @ts-expect-error no such path
  await client.POST("/chat/completions", { body: { model, messages } });
  // @ts-expect-error feedback is 1 or -1
  await client.PATCH(`${logsPath}/{log_id}`, { params: { path: { ...path, log_id: "1" } }, body: { feedback: 2 } });
  // @ts-expect-error no such order
  await client.GET(logsPath, { params: { path, query: { order_by: "mood" } } });

  // Responses.
  const { data, error } = await client.POST(restPath, {
    params: { path, header: { "cf-aig-gateway-id": "default" } },
    body: { model, messages },
  });
  if (data !== undefined && typeof data !== "string") {
    expectTypeOf(data.choices[0]?.finish_reason).toEqualTypeOf<string | null | undefined>();
    expectTypeOf(data.usage?.total_tokens).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(data.choices[0]?.message.tool_calls?.[0]?.function?.name).toEqualTypeOf<string | null | undefined>();
  }
  expectTypeOf(data).extract<object>().toExtend<ChatCompletion>();
  // The error is the spec's, or an HTML page.
  expectTypeOf(error).extract<string>().toEqualTypeOf<string>();
  if (error !== undefined && typeof error === "object" && "detail" in error) expectTypeOf(error.detail).not.toBeAny();

  const stream = await client.POST(compatPath, { params: { path }, body: { model, messages, stream: true }, parseAs: "stream" });
  expectTypeOf(stream.data).toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined>();

  const logs = await client.GET(logsPath, { params: { path, query: { page: 1, cached: true, order_by: "cost" } } });
  expectTypeOf(logs.data?.result[0]?.cost).toEqualTypeOf<number | null | undefined>();
}

export function wireTypes(message: Message, part: ContentPart, chunk: ChatCompletionChunk, call: WireToolCall): void {
  expectTypeOf<Message>().toExtend<SpecMessage>();
  expectTypeOf<SpecMessage>().toExtend<Message>();
  expectTypeOf<ChatCompletionRequest["messages"]>().toEqualTypeOf<Message[]>();
  expectTypeOf<GatewayRequestHeaders["cf-aig-max-attempts"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<CompletionUsage["prompt_tokens"]>().toEqualTypeOf<number | null | undefined>();
  expectTypeOf<LogBody["id"]>().toEqualTypeOf<string>();

  expectTypeOf<Message["role"]>().toEqualTypeOf<"developer" | "system" | "user" | "assistant" | "tool" | "function">();
  // The union narrows by role, even though messages accept provider-specific fields.
  if (message.role === "tool") {
    expectTypeOf(message).toEqualTypeOf<ToolMessage>();
    expectTypeOf(message.tool_call_id).toEqualTypeOf<string>();
  }
  if (message.role === "assistant")
    expectTypeOf(message.tool_calls).toEqualTypeOf<(WireToolCall | CustomToolCall)[] | undefined>();
  if (part.type === "text") expectTypeOf(part.text).toEqualTypeOf<string>();
  if (part.type === "image_url") expectTypeOf(part.image_url.url).toEqualTypeOf<string>();

  expectTypeOf(call.function.arguments).toEqualTypeOf<string>();
  expectTypeOf(chunk.choices?.[0]?.delta?.tool_calls?.[0]?.index).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(chunk.choices?.[0]?.delta?.content).extract<string>().toEqualTypeOf<string>();
  expectTypeOf(chunk.usage).not.toBeAny();
  // @ts-expect-error an answer's content is not always a string
  chunk.choices?.[0]?.delta?.content?.trim();

  const accepted: Message[] = [
    { role: "developer", content: "Be brief." },
    { role: "system", content: [{ type: "text", text: "Handbook", cache_control: { type: "ephemeral" } }] },
    {
      role: "user",
      content: [
        { type: "image_url", image_url: { url: "data:image/png;base64," } },
        { type: "text", text: "?" },
      ],
    },
    { role: "assistant", content: null, tool_calls: [call], reasoning_content: "Hm", extra_content: { google: {} } },
    { role: "assistant", content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] },
    { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "17" }] },
  ];
  expectTypeOf(accepted).toEqualTypeOf<Message[]>();
  // @ts-expect-error no such part
  const wrongPart: Message = { role: "user", content: [{ type: "picture", url: "" }] };
  // @ts-expect-error a tool call is replayed with its arguments as a string
  const wrongCall: Message = {
    role: "assistant",
    tool_calls: [{ id: "1", type: "function", function: { name: "weather", arguments: {} } }],
  };
  expectTypeOf(wrongPart).toExtend<Message>();
  expectTypeOf(wrongCall).toExtend<Message>();
}
