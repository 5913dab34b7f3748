// Compares the options with the spec. Each assertion names the mismatch: an option that is never sent, an enum with other values.
import { expectTypeOf } from "vitest";
import type * as Spec from "../../generated/openapi.ts";
import type {
  ChatDefaults,
  ChatOptions,
  Feedback,
  GatewayOptions,
  GatewayRequestHeaders,
  LogFilter,
  ToolChoice,
} from "../../src/index.ts";
import type { ModelOptions } from "../../src/options/chat-options.ts";
import type { gatewayOptionRows } from "../../src/options/gateway-option-rows.ts";
import type { ProviderProfile } from "../../src/options/provider-profile.ts";
import type { ChatCompletionRequest, RequestField } from "../../src/wire.ts";

/** Options that are not body fields: they choose the target, control the client, or become headers. */
type ClientOptions =
  | ("provider" | "model" | "fallbacks" | "headers" | "gateway" | "extraBody")
  | ("maxTurns" | "toolConcurrency" | "toolTimeout" | "maxRetries" | "timeout" | "toolMode")
  | ("outputStrategy" | "outputRetries" | "validateOutput")
  | ("prepareTurn" | "stopWhen" | "onTurn" | "onToolCall" | "onRetry" | "onAbort" | "onBackgroundTaskError");

/** Options of a single chat that become `messages`, `tools`, `tool_choice` and `response_format`, or control the client. */
type ConversationOptions =
  | ("system" | "prompt" | "messages" | "tools" | "providerTools" | "backgroundTasks" | "toolChoice" | "output")
  | ("signal" | "approvals" | "rawChunks");

/** Fails to compile unless the type is `never`; the error names the members. */
const expectNone = <Member extends never>(..._: Member[]): void => undefined;

export function agreement(): void {
  // Chat options that are never sent. (A model option without a field already fails to compile in fit-options.ts.)
  expectNone<Exclude<keyof ChatDefaults, keyof ModelOptions | ClientOptions>>();
  expectNone<Exclude<keyof ChatOptions, keyof ChatDefaults | ConversationOptions>>();
  // Headers in the spec that no gateway option sets. (An option without a row already fails to compile in gateway-option-rows.ts.)
  type Written = (typeof gatewayOptionRows)[keyof typeof gatewayOptionRows]["header"];
  expectNone<Exclude<keyof GatewayRequestHeaders, Written>>();
  // Fields that a provider's row selects and that are not in the spec.
  expectNone<Exclude<NonNullable<ProviderProfile["maxTokensField"]>, RequestField>>();
  // Enums.
  expectTypeOf<GatewayOptions["backoff"]>().toEqualTypeOf<GatewayRequestHeaders["cf-aig-backoff"]>();
  expectTypeOf<Extract<ToolChoice, string>>().toEqualTypeOf<Extract<NonNullable<ChatCompletionRequest["tool_choice"]>, string>>();
  type PatchLog = Spec.paths["/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}"]["patch"];
  type SentFeedback = PatchLog["requestBody"]["content"]["application/json"]["feedback"];
  expectTypeOf<NonNullable<Feedback["feedback"]>>().toEqualTypeOf<NonNullable<SentFeedback>>();
  type Condition = NonNullable<LogFilter["filters"]>[number];
  expectTypeOf<Condition["operator"]>().toEqualTypeOf<Spec.LogFilter["operator"]>();
  expectTypeOf<keyof Condition>().toEqualTypeOf<keyof Spec.LogFilter>();
  // Kinds of tool calls and of assistant parts, which write-assistant.ts writes for each target.
  expectNone<Exclude<Spec.AssistantToolCall["type"], "function" | "custom">>();
  expectNone<Exclude<Spec.AssistantContentPart["type"], "text" | "refusal" | "thinking">>();
  // Fields of an answer's parts, which message-reader.ts reads.
  expectNone<Exclude<keyof Spec.KnownFields<Spec.AnswerContentPart>, "type" | "text" | "thinking">>();
  // Kinds of tools: describe-tools.ts writes functions, and `providerTools` passes on the others.
  expectNone<Exclude<Spec.ChatCompletionTool["type"], "function" | "custom">>();
  // Kinds of response formats, of which strategies.ts chooses.
  expectNone<Exclude<Spec.ResponseFormat["type"], "text" | "json_object" | "json_schema">>();
}
