import type { GeneratedImage } from "../../response/generated-media.ts";
import { createGrowthFilter } from "./growing-value.ts";
import type { StreamFormat } from "./stream-format.ts";

/** A text or reasoning block that has begun. */
interface Block {
  kind: "text" | "reasoning";
  id: string;
}

/**
 * The UI message stream of the AI SDK, versions 5 to 7, which `useChat` reads: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol. Its reader
 * ends a message at a chunk that it doesn't know, so that only documented chunks and finish reasons are written.
 */
export function createAiSdkFormat(): StreamFormat {
  const isWorthSending = createGrowthFilter();
  const inputs = new Set<string>();
  let block: Block | undefined;
  let blocks = 0;
  let started = false;

  function start(): object[] {
    if (started) return [];
    started = true;
    return [{ type: "start" }];
  }

  function endBlock(): object[] {
    if (block === undefined) return [];
    const { kind, id } = block;
    block = undefined;
    return [{ type: `${kind}-end`, id }];
  }

  function writeDelta(kind: Block["kind"], delta: string): object[] {
    const chunks = block?.kind === kind ? [] : endBlock();
    if (block === undefined) {
      block = { kind, id: `${kind}-${blocks++}` };
      chunks.push({ type: `${kind}-start`, id: block.id });
    }
    chunks.push({ type: `${kind}-delta`, id: block.id, delta });
    return chunks;
  }

  return {
    terminator: "[DONE]",
    write(event) {
      switch (event.type) {
        case "turn-start":
          return [...start(), { type: "start-step" }];
        case "text-delta":
          return writeDelta("text", event.text);
        case "reasoning-delta":
          return writeDelta("reasoning", event.text);
        case "tool-call-start":
          inputs.add(event.id);
          return [...endBlock(), { type: "tool-input-start", toolCallId: event.id, toolName: event.name }];
        case "tool-call-delta":
          return [{ type: "tool-input-delta", toolCallId: event.id, inputTextDelta: event.argsText }];
        case "tool-call": {
          const { id, name, args, needsApproval } = event;
          const chunks: object[] = [
            ...endBlock(),
            { type: "tool-input-available", toolCallId: id, toolName: name, input: args ?? {} },
          ];
          if (needsApproval) chunks.push({ type: "tool-approval-request", approvalId: id, toolCallId: id });
          return chunks;
        }
        case "tool-progress":
          return [{ type: "tool-output-available", toolCallId: event.id, output: event.value ?? null, preliminary: true }];
        case "tool-result":
          if (event.denied) return [{ type: "tool-output-denied", toolCallId: event.toolCallId }];
          return event.isError
            ? [{ type: "tool-output-error", toolCallId: event.toolCallId, errorText: String(event.result) }]
            : [{ type: "tool-output-available", toolCallId: event.toolCallId, output: event.result ?? null }];
        case "image":
          return [...endBlock(), { type: "file", url: event.image.url, mediaType: mediaTypeOf(event.image) }];
        case "partial-output":
          return isWorthSending(JSON.stringify(event.value)) ? [{ type: "data-output", id: "output", data: event.value }] : [];
        case "turn-end":
          return [...endBlock(), { type: "finish-step" }];
        case "finish": {
          const { finishReason, usage, output, citations } = event.result;
          return [
            ...(output === undefined ? [] : [{ type: "data-output", id: "output", data: output }]),
            ...toSources(citations),
            {
              type: "finish",
              finishReason: finishReason === "max-turns" ? "other" : finishReason,
              messageMetadata: { finishReason, usage },
            },
          ];
        }
        default:
          return [];
      }
    },
    fail: ({ code, message }) =>
      [...start(), ...endBlock(), code === "aborted" ? { type: "abort" } : { type: "error", errorText: message }].map((data) => ({
        data,
      })),
  };
}

const mediaTypeOf = ({ url, mediaType }: GeneratedImage): string => mediaType ?? /^data:([^;,]+)/.exec(url)?.[1] ?? "image/png";

function toSources(citations: readonly unknown[] | undefined): object[] {
  return (citations ?? []).flatMap((citation, index) => {
    const { url_citation: nested, ...flat } = (
      typeof citation === "object" && citation !== null ? citation : { url: citation }
    ) as {
      url?: unknown;
      title?: unknown;
      url_citation?: { url?: unknown; title?: unknown };
    };
    const { url, title } = nested ?? flat;
    if (typeof url !== "string") return [];
    return [{ type: "source-url", sourceId: `source-${index}`, url, ...(typeof title === "string" ? { title } : {}) }];
  });
}
