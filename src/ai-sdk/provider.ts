import type { LanguageModelV3, ProviderV3 } from "@ai-sdk/provider";
import { ConfigurationError, createGateway, type Gateway, type GatewayConfig } from "../index.ts";
import { createLanguageModel } from "./language-model.ts";

/** A provider for the AI SDK: call it with a model id, or add it to a registry. */
export interface CloudflareGatewayProvider extends ProviderV3 {
  /** Returns the language model with that id. @throws ConfigurationError if it is empty */
  (modelId: string): LanguageModelV3;
}

/**
 * Creates a provider for the AI SDK, versions 6 and 7; it also works in `createProviderRegistry`. `modelId` is `{provider}/{model}`, or a model
 * of the gateway's default provider. The AI SDK runs the tool loop; each step is one completion, with this package's response parsing, errors
 * and gateway options. `providerOptions["cf-ai-gateway"]` accepts the options of `chat()`, with the same checks.
 *
 * ```ts
 * const cloudflare = createCloudflareGateway();
 * const { text } = await generateText({ model: cloudflare("anthropic/claude-sonnet-4-5"), prompt: "Hello" });
 * ```
 *
 * @param gateway a gateway or its configuration; by default it is configured from the environment
 */
export function createCloudflareGateway(gateway: Gateway | GatewayConfig = {}): CloudflareGatewayProvider {
  const configured = isGateway(gateway) ? gateway : createGateway(gateway);
  const languageModel = (modelId: string): LanguageModelV3 => {
    if (typeof modelId !== "string" || modelId === "")
      throw new ConfigurationError([{ option: "modelId", message: 'must be a non-empty string such as "openai/gpt-4o-mini"' }]);
    return createLanguageModel(configured, modelId);
  };
  return Object.assign(languageModel, {
    specificationVersion: "v3" as const,
    languageModel,
    embeddingModel: rejectModelKind("embedding"),
    imageModel: rejectModelKind("image"),
  });
}

const isGateway = (value: Gateway | GatewayConfig): value is Gateway =>
  typeof value === "object" && value !== null && "chat" in value && typeof value.chat === "function";

/** The gateway's chat-completions endpoint only has language models. */
function rejectModelKind(kind: string): (modelId: string) => never {
  return (modelId) => {
    throw new ConfigurationError([
      { option: "modelId", message: `"${modelId}" can't be used: cf-ai-gateway has language models, no ${kind} models` },
    ]);
  };
}
