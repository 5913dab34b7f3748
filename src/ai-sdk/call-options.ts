import type { LanguageModelV3CallOptions, SharedV3Warning } from "@ai-sdk/provider";
import { type ChatOptions, type JsonSchema, type Tool, type ToolChoice, tool } from "../index.ts";
import { toMessages } from "./prompt.ts";
import { providerKey } from "./provider-key.ts";

/** Converts the AI SDK's options for one completion, and lists those that can't be sent. */
export function toChatOptions(
  modelId: string,
  call: LanguageModelV3CallOptions,
): { options: ChatOptions<unknown>; warnings: SharedV3Warning[] } {
  const warnings: SharedV3Warning[] = [];
  if (call.topK !== undefined) warnings.push({ type: "unsupported", feature: "topK" });
  const options: ChatOptions<unknown> = {
    ...definedOnly({
      temperature: call.temperature,
      maxTokens: call.maxOutputTokens,
      topP: call.topP,
      stop: call.stopSequences?.length ? call.stopSequences : undefined,
      seed: call.seed,
      presencePenalty: call.presencePenalty,
      frequencyPenalty: call.frequencyPenalty,
      reasoningEffort: reasoningEffort(call),
      headers: requestHeaders(call.headers),
      signal: call.abortSignal,
    }),
    ...toolOptions(call, warnings),
    ...outputOptions(call),
    ...call.providerOptions?.[providerKey],
    model: modelId,
    messages: toMessages(call.prompt),
    toolMode: "return",
    // The AI SDK itself retries; two layers of retries would multiply.
    maxRetries: 0,
  };
  return { options, warnings };
}

function definedOnly<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** An option of AI SDK 7 only; "provider-default" means unset. */
function reasoningEffort(call: LanguageModelV3CallOptions): string | undefined {
  const { reasoning } = call as { reasoning?: string };
  return reasoning === "provider-default" ? undefined : reasoning;
}

/** Drops the AI SDK's user agent, so that the gateway's log shows this package. */
function requestHeaders(headers: LanguageModelV3CallOptions["headers"]): Record<string, string> | undefined {
  const given = Object.entries(headers ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0].toLowerCase() !== "user-agent",
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function toolOptions(
  { tools = [], toolChoice }: LanguageModelV3CallOptions,
  warnings: SharedV3Warning[],
): { tools?: Record<string, Tool>; toolChoice?: ToolChoice } {
  const offered: Record<string, Tool> = {};
  for (const each of tools) {
    if (each.type !== "function") {
      warnings.push({
        type: "unsupported",
        feature: `provider tool ${each.id}`,
        details: `Use providerOptions["${providerKey}"].providerTools.`,
      });
      continue;
    }
    offered[each.name] = tool({
      description: each.description,
      parameters: toJsonSchema(each.inputSchema),
      validate: false,
      ...(each.strict === undefined ? {} : { wire: { strict: each.strict } }),
    });
  }
  if (Object.keys(offered).length === 0) return {};
  if (toolChoice === undefined) return { tools: offered };
  return { tools: offered, toolChoice: toolChoice.type === "tool" ? { tool: toolChoice.toolName } : toolChoice.type };
}

/** The AI SDK itself validates and repairs, so the output is only requested and cleaned here. */
function outputOptions({
  responseFormat,
}: LanguageModelV3CallOptions): Pick<ChatOptions<unknown>, "output" | "validateOutput" | "extraBody"> {
  if (responseFormat?.type !== "json") return {};
  if (responseFormat.schema === undefined) return { extraBody: { response_format: { type: "json_object" } } };
  return { output: toJsonSchema(responseFormat.schema), validateOutput: false };
}

/** Copies the plain schema: Zod hides a Standard Schema in its JSON Schemas, which would be converted again. */
function toJsonSchema(schema: object): JsonSchema {
  const { "~standard": _, ...own } = schema as Record<string, unknown>;
  return own;
}
