import { createReadStream } from "node:fs";
import { UsageError } from "../usage-error.ts";

/** Reads a file's text in pieces, without a byte order mark. */
export async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of createReadStream(path)) yield decoder.decode(bytes, { stream: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`Can't read ${path}: ${code === "ENOENT" ? "there is no such file" : message}.`);
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}

/** Splits at line feeds. Unlike node:readline, it doesn't split at U+2028, which JSON may contain. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const text of readText(path)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}
