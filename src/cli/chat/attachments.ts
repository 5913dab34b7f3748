import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Message } from "../../index.ts";
import { UsageError } from "../usage-error.ts";

export type UserContent = Extract<Message, { role: "user" }>["content"];
type UserPart = Exclude<UserContent, string>[number];

const imageTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
};

/** Providers reject larger files, after the upload. */
const maxBytes = 20_000_000;

/** Reads a file as a part of a message: images, PDFs and audio by the file extension, everything else as text. */
export async function readAttachment(path: string): Promise<UserPart> {
  const bytes = await readBytes(path);
  if (bytes.length > maxBytes) throw new UsageError(`${path} is larger than ${maxBytes / 1_000_000} MB.`);
  const ending = extname(path).toLowerCase();
  const image = imageTypes[ending];
  if (image) return { type: "image_url", image_url: { url: dataUrl(image, bytes) } };
  if (ending === ".pdf")
    return { type: "file", file: { filename: basename(path), file_data: dataUrl("application/pdf", bytes) } };
  if (ending === ".mp3" || ending === ".wav")
    return { type: "input_audio", input_audio: { data: bytes.toString("base64"), format: ending === ".mp3" ? "mp3" : "wav" } };
  return { type: "text", text: `${basename(path)}:\n\n${decode(path, bytes)}` };
}

const dataUrl = (type: string, bytes: Buffer) => `data:${type};base64,${bytes.toString("base64")}`;

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`Can't read ${path}: ${reason(error)}.`);
  }
}

const reason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
};

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is neither text nor, by its extension, an image, PDF, MP3 or WAV.`);
  }
}
