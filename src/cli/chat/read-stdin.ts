import type { Terminal } from "../terminal.ts";

/** Piped input; empty at a terminal. */
export async function readStdin({ stdin }: Terminal): Promise<string> {
  if (stdin.isTTY) return "";
  const pieces: Buffer[] = [];
  for await (const piece of stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8").trim();
}
