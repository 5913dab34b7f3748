import type { ContentPart } from "../index.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts an MCP result to the content of a tool message: a string if there is only text, content parts if there are images, audio or files,
 * and `structuredContent` if there is nothing else.
 *
 * @throws Error with the result's text if the server marked it as an error
 */
export function convertResult(result: unknown): unknown {
  const { content, structuredContent, isError, toolResult } = (result ?? {}) as Fields;
  // Servers of protocol version 2024-10-07 return `toolResult`.
  if (content === undefined && toolResult !== undefined) return toolResult;
  const parts = Array.isArray(content) ? content.map(convertBlock) : [];
  const isTextOnly = parts.every((part) => part.type === "text");
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  if (isError === true) throw new Error(text === "" ? "The tool failed without a message." : text);
  if (parts.length === 0) return structuredContent;
  return isTextOnly ? text : parts;
}

function convertBlock(block: Fields): ContentPart {
  const { type, mimeType, data } = block;
  switch (type) {
    case "text":
      return textPart(String(block.text));
    case "image":
      return { type: "image_url", image_url: { url: `data:${mimeType};base64,${data}` } };
    case "audio":
      return { type: "input_audio", input_audio: { data: String(data), format: audioFormat(String(mimeType)) } };
    case "resource":
      return convertResource((block.resource ?? {}) as Fields);
    case "resource_link":
      return textPart([block.title ?? block.name, block.uri, block.description].filter(Boolean).join(" — "));
    default:
      // Block types of later protocol versions are passed to the model unchanged.
      return textPart(JSON.stringify(block));
  }
}

function convertResource({ uri, text, blob, mimeType }: Fields): ContentPart {
  if (typeof text === "string") return textPart(text);
  const url = `data:${mimeType ?? "application/octet-stream"};base64,${blob}`;
  if (String(mimeType).startsWith("image/")) return { type: "image_url", image_url: { url } };
  return { type: "file", file: { file_data: url, filename: String(uri).split("/").at(-1) || "resource" } };
}

const textPart = (text: string): ContentPart => ({ type: "text", text });

/** `input_audio` names the format rather than the media type: `mp3` for `audio/mpeg`, `ogg` for `audio/ogg`. */
function audioFormat(mediaType: string): string {
  const subtype = mediaType.replace(/^audio\/(?:x-)?/, "").replace(/;.*$/, "");
  return subtype === "mpeg" ? "mp3" : subtype === "wave" || subtype === "vnd.wave" ? "wav" : subtype;
}
