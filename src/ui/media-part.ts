import type { ContentPart } from "../index.ts";

/** Audio that providers accept in the prompt, by media type. */
const audioFormats: Readonly<Record<string, "mp3" | "wav">> = {
  "audio/mpeg": "mp3",
  "audio/mp3": "mp3",
  "audio/wav": "wav",
  "audio/wave": "wav",
  "audio/x-wav": "wav",
};

/** The content part of a file at a URL, which may be a `data:` URL. Audio must be one, since it is sent without a URL. */
export function toMediaPart(url: string, mediaType: string, filename?: string): ContentPart {
  if (mediaType.startsWith("image/")) return { type: "image_url", image_url: { url } };
  const format = Object.hasOwn(audioFormats, mediaType) ? audioFormats[mediaType] : undefined;
  const data = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  if (format !== undefined && data !== undefined) return { type: "input_audio", input_audio: { data, format } };
  return { type: "file", file: { file_data: url, ...(filename === undefined ? {} : { filename }) } };
}
