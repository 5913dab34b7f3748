import { isObject } from "../response/json.ts";
import type { ToolMessage } from "../wire.ts";

type ContentPart = Exclude<ToolMessage["content"], string>[number];
type JsonObject = Record<string, unknown>;

/** The content parts of the wire, and the field that each must have. */
const wireParts: Readonly<Record<string, string>> = {
  text: "text",
  image_url: "image_url",
  input_audio: "input_audio",
  video_url: "video_url",
  file: "file",
} satisfies Record<ContentPart["type"] | "video_url", string>;

/** Fields of an MCP tool result. An object with other fields is data that happens to have `content`. */
const mcpResultFields = new Set(["content", "structuredContent", "isError", "_meta"]);

/** A tool's return value that is content for the model rather than data. */
export interface ReturnedContent {
  content: ToolMessage["content"];
  /** An MCP tool reported that it failed. */
  isError: boolean;
}

/**
 * Reads the content parts in a result: OpenAI's parts, MCP content blocks, an array of either (with strings as text), or an MCP tool
 * result. Undefined if the result is plain data.
 *
 * Source: https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool-result
 */
export function readContent(result: unknown): ReturnedContent | undefined {
  if (Array.isArray(result)) {
    const parts = result.every((item) => typeof item === "string") ? undefined : readParts(result);
    return parts && { content: parts, isError: false };
  }
  if (!isObject(result)) return undefined;
  if (Array.isArray(result.content) && Object.keys(result).every((key) => mcpResultFields.has(key))) return readMcpResult(result);
  const part = result.type === "text" ? undefined : toPart(result);
  return part && { content: [part], isError: false };
}

function readMcpResult({ content, structuredContent, isError }: JsonObject): ReturnedContent | undefined {
  const parts = readParts(content as unknown[]);
  if (!parts) return undefined;
  const texts = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  // Text alone is sent as a string, which every provider accepts.
  const text = structuredContent !== undefined && parts.length === 0 ? JSON.stringify(structuredContent) : texts.join("\n");
  return { content: texts.length === parts.length ? text : parts, isError: isError === true };
}

function readParts(items: readonly unknown[]): ContentPart[] | undefined {
  const parts: ContentPart[] = [];
  for (const item of items) {
    const part = typeof item === "string" ? toText(item) : isObject(item) ? toPart(item) : undefined;
    if (!part) return undefined;
    parts.push(part);
  }
  return parts;
}

const toText = (text: string): ContentPart => ({ type: "text", text });

/** Returns a wire content part unchanged, and an MCP block as the equivalent part. */
function toPart(block: JsonObject): ContentPart | undefined {
  const { type } = block;
  if (typeof type !== "string") return undefined;
  const field = Object.hasOwn(wireParts, type) ? wireParts[type] : undefined;
  if (field !== undefined) {
    const isValid = field === "text" ? typeof block.text === "string" : isObject(block[field]);
    return isValid ? (block as ContentPart) : undefined;
  }
  if (type === "resource" && isObject(block.resource)) return fromResource(block.resource);
  if (type === "resource_link" && typeof block.uri === "string")
    return toText([block.name, block.description, block.uri].filter((each) => typeof each === "string").join(" "));
  const { data, mimeType } = block;
  if (typeof data !== "string" || typeof mimeType !== "string") return undefined;
  if (type === "image") return toImage(data, mimeType);
  return type === "audio" ? toAudio(data, mimeType) : undefined;
}

function fromResource({ uri, text, blob, mimeType = "application/octet-stream" }: JsonObject): ContentPart | undefined {
  if (typeof text === "string") return toText(text);
  if (typeof blob !== "string" || typeof mimeType !== "string") return undefined;
  if (mimeType.startsWith("image/")) return toImage(blob, mimeType);
  if (mimeType.startsWith("audio/")) return toAudio(blob, mimeType);
  const filename = typeof uri === "string" ? uri.replace(/^.*\//, "") || uri : "file";
  return { type: "file", file: { filename, file_data: `data:${mimeType};base64,${blob}` } };
}

const toImage = (data: string, mimeType: string): ContentPart => ({
  type: "image_url",
  image_url: { url: `data:${mimeType};base64,${data}` },
});

/** OpenAI calls the formats `wav` and `mp3`. */
function toAudio(data: string, mimeType: string): ContentPart {
  const subtype = mimeType.replace(/^audio\/(?:x-)?/, "").replace(/;.*$/, "");
  const format = subtype === "mpeg" ? "mp3" : subtype === "wave" || subtype === "vnd.wave" ? "wav" : subtype;
  return { type: "input_audio", input_audio: { data, format } };
}
