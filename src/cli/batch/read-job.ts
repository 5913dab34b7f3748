import type { ChatOptions } from "../../index.ts";
import { UsageError } from "../usage-error.ts";
import { hashRequest } from "./hash-request.ts";
import type { Defaults, FileJob } from "./job.ts";

/**
 * Reads a job from a JSON line: `{ id, prompt, … }` with the options of `chat()`, or a line of an OpenAI batch, `{ custom_id, body }`. Throws
 * a UsageError that names the line.
 */
export function readJob(line: string, place: string, defaults: Defaults): FileJob {
  const value = parseObject(line, place);
  const isOpenai = isRecord(value.body);
  const { id: own, custom_id: custom, ...options } = value;
  const id = own ?? custom;
  if (typeof id !== "string" || id === "")
    throw new UsageError(`${place}: ${isOpenai ? "custom_id" : "id"} must be a non-empty string.`);
  const chat = isRecord(value.body) ? fromOpenai(value.body) : options;
  if (chat.prompt === undefined && chat.messages === undefined)
    throw new UsageError(`${place}: there is neither prompt nor messages.`);
  return { id, chat: chat as ChatOptions, form: isOpenai ? "openai" : "own", hash: hashRequest({ ...defaults, ...chat }) };
}

function parseObject(line: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return value;
  } catch (error) {
    throw new UsageError(`${place} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  throw new UsageError(`${place} must be an object such as {"id": "1", "prompt": "Hello"}.`);
}

/** Fields of OpenAI's body that are options here, so that they can be adapted to the model. */
const optionNames: Readonly<Record<string, string>> = {
  model: "model",
  messages: "messages",
  temperature: "temperature",
  top_p: "topP",
  max_tokens: "maxTokens",
  max_completion_tokens: "maxTokens",
  stop: "stop",
  seed: "seed",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  reasoning_effort: "reasoningEffort",
  parallel_tool_calls: "parallelToolCalls",
  tools: "providerTools",
};

/** Everything else is sent unchanged. Tools are not executed: their calls are part of the result. */
function fromOpenai(body: Record<string, unknown>): Record<string, unknown> {
  const chat: Record<string, unknown> = body.tools === undefined ? {} : { toolMode: "return" };
  const extraBody: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === "stream" || name === "stream_options" || value === null) continue;
    const option = Object.hasOwn(optionNames, name) ? optionNames[name] : undefined;
    if (option === undefined) extraBody[name] = value;
    else chat[option] = value;
  }
  return Object.keys(extraBody).length > 0 ? { ...chat, extraBody } : chat;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
