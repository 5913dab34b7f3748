import type { LanguageModelV3, LanguageModelV3StreamPart, SharedV3Warning } from "@ai-sdk/provider";
import type { Gateway, StreamEvent } from "../index.ts";
import { toCallError } from "./call-error.ts";
import { toChatOptions } from "./call-options.ts";
import { toContent, toFinishReason, toProviderMetadata, toUsage, toWarning } from "./convert-result.ts";
import { createPartWriter } from "./stream-parts.ts";

export function createLanguageModel(gateway: Gateway, modelId: string): LanguageModelV3 {
  const provider = gateway.options.provider ?? (modelId.includes("/") ? modelId.split("/")[0] : undefined);
  return {
    specificationVersion: "v3",
    // OpenTelemetry for the AI SDK reads the provider from the part before the dot.
    provider: provider === undefined ? "cf-ai-gateway" : `${provider}.cf-ai-gateway`,
    modelId,
    supportedUrls: { "image/*": [/^https?:\/\//] },

    async doGenerate(call) {
      const { options, warnings } = toChatOptions(modelId, call);
      try {
        const result = await gateway.chat(options);
        return {
          content: toContent(result),
          finishReason: toFinishReason(result),
          usage: toUsage(result.usage),
          warnings: [...warnings, ...result.warnings.map(toWarning)],
          providerMetadata: toProviderMetadata(result),
          response: {
            ...(result.usage.requestId === undefined ? {} : { id: result.usage.requestId }),
            modelId: result.usage.model,
            headers: Object.fromEntries(result.headers),
            body: result.raw,
          },
        };
      } catch (error) {
        throw toCallError(error, modelId);
      }
    },

    async doStream(call) {
      const { options, warnings } = toChatOptions(modelId, call);
      const stream = gateway.stream({ ...options, ...(call.includeRawChunks ? { rawChunks: true } : {}) });
      const events = stream[Symbol.asyncIterator]();
      try {
        // A failed request rejects here, where the AI SDK can retry it.
        const early = await readUntilResponse(events);
        const response = early.find((event) => event.type === "response");
        return {
          stream: toPartStream(early, events, warnings, modelId),
          ...(response ? { response: { headers: Object.fromEntries(response.headers) } } : {}),
        };
      } catch (error) {
        throw toCallError(error, modelId);
      }
    },
  };
}

type Events = AsyncIterator<StreamEvent<unknown>>;

/** Reads the events up to the response headers, or to the end. */
async function readUntilResponse(events: Events): Promise<StreamEvent<unknown>[]> {
  const early: StreamEvent<unknown>[] = [];
  for (;;) {
    const step = await events.next();
    if (step.done) return early;
    early.push(step.value);
    if (step.value.type !== "turn-start") return early;
  }
}

function toPartStream(
  early: readonly StreamEvent<unknown>[],
  events: Events,
  warnings: SharedV3Warning[],
  modelId: string,
): ReadableStream<LanguageModelV3StreamPart> {
  const write = createPartWriter();
  const queue: LanguageModelV3StreamPart[] = [{ type: "stream-start", warnings }, ...early.flatMap(write)];
  return new ReadableStream<LanguageModelV3StreamPart>({
    async pull(controller) {
      try {
        while (queue.length === 0) {
          const step = await events.next();
          if (step.done) return controller.close();
          queue.push(...write(step.value));
        }
        for (const part of queue.splice(0)) controller.enqueue(part);
      } catch (error) {
        controller.enqueue({ type: "error", error: toCallError(error, modelId) });
        controller.close();
      }
    },
    async cancel() {
      await events.return?.();
    },
  });
}
