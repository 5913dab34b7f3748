import { type FileHandle, open, truncate } from "node:fs/promises";
import type { BatchAnswer } from "../../batch/index.ts";
import type { ChatResult, GatewayError } from "../../index.ts";
import { UsageError } from "../usage-error.ts";
import type { FileJob } from "./job.ts";
import { readLines } from "./read-text.ts";

/** The outcome of a job in an output file; its last line counts. */
export interface Recorded {
  hash: string;
  /** The error's code; undefined for a success. */
  error: string | undefined;
}

/** Reads which jobs are done, and removes an incomplete last line. A missing file counts as empty. */
export async function readOutput(path: string, { repair }: { repair: boolean }): Promise<Map<string, Recorded>> {
  const recorded = new Map<string, Recorded>();
  const complete = await completeLength(path, repair);
  if (complete === 0) return recorded;
  let read = 0;
  for await (const line of readLines(path)) {
    if ((read += Buffer.byteLength(line) + 1) > complete) break;
    if (line.trim() === "") continue;
    const entry = readLine(line);
    if (!entry) throw new UsageError(`${path} holds lines that batch did not write.`, "Name another output file.");
    recorded.set(entry.id, entry.recorded);
  }
  return recorded;
}

const chunkSize = 65_536;

/** Number of bytes up to the last line feed. */
async function completeLength(path: string, repair: boolean): Promise<number> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw new UsageError(writeProblem(path, error));
  }
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new UsageError(`Can't write ${path}: it is a folder.`);
    const { size } = stats;
    const buffer = Buffer.alloc(chunkSize);
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - chunkSize);
      await file.read(buffer, 0, end - start, start);
      const at = buffer.subarray(0, end - start).lastIndexOf(10);
      if (at === -1) {
        end = start;
        continue;
      }
      if (repair && start + at + 1 < size) await truncate(path, start + at + 1);
      return start + at + 1;
    }
    if (repair && size > 0) await truncate(path, 0);
    return 0;
  } finally {
    await file.close();
  }
}

/** Opens the output file to append to it. */
export const openOutput = (path: string): Promise<FileHandle> =>
  open(path, "a").catch((error: unknown) => {
    throw new UsageError(writeProblem(path, error));
  });

/** Appends a line and its line feed. */
export const appendLine = (file: FileHandle, path: string, line: string): Promise<void> =>
  file.appendFile(`${line}\n`).catch((error: unknown) => {
    throw new Error(writeProblem(path, error));
  });

function writeProblem(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return `Can't write ${path}: ${code === "ENOENT" ? "its folder doesn't exist" : message}.`;
}

function readLine(line: string): { id: string; recorded: Recorded } | undefined {
  try {
    const { custom_id: id, hash, error } = JSON.parse(line) as Record<string, unknown>;
    if (typeof id !== "string" || typeof hash !== "string") return undefined;
    const code = (error as { code?: unknown } | null | undefined)?.code;
    return { id, recorded: { hash, error: error ? String(code ?? "unknown") : undefined } };
  } catch {
    return undefined;
  }
}

/** Formats the line of an answer in the format of its job: OpenAI's, or the fields of a result. */
export function answerLine(answer: BatchAnswer, { hash, form }: Pick<FileJob, "hash" | "form">): string {
  const head = { custom_id: answer.id, hash };
  if ("error" in answer) {
    const error = errorFields(answer.error);
    return JSON.stringify(form === "openai" ? { ...head, response: null, error } : { ...head, error });
  }
  return JSON.stringify(
    form === "openai" ? { ...head, ...openaiResponse(answer.result) } : { ...head, ...resultFields(answer.result) },
  );
}

const errorFields = ({ code, message, hint, retryable, status, gatewayCode }: GatewayError) => ({
  code,
  message,
  hint,
  retryable,
  status,
  gatewayCode,
});

const openaiResponse = ({ raw, gateway }: ChatResult<unknown>) => ({
  response: { status_code: 200, request_id: gateway.requestId ?? null, body: raw },
  error: null,
});

const resultFields = ({
  text,
  output,
  finishReason,
  toolCalls,
  usage,
  gateway: { logId, cacheStatus },
  warnings,
}: ChatResult<unknown>) => ({
  text,
  output,
  finishReason,
  toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
  usage,
  gateway: { logId, cacheStatus },
  warnings: warnings.length > 0 ? warnings : undefined,
});
