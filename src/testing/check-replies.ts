import { faults } from "./scripted-reply.ts";

const answerFields = ["text", "reasoning", "toolCalls", "finishReason", "usage", "delayMs", "chunks", "dialect"];
const errorFields = ["gatewayCode", "status", "body"];
const chunkFields = ["size", "firstMs", "everyMs", "seed"];

/** The problem with the first invalid reply, which completes a sentence; `undefined` if all are valid. */
export function checkReplies(replies: readonly unknown[]): string | undefined {
  for (const [at, reply] of replies.entries()) {
    const problem = replyProblem(reply);
    if (problem !== undefined) return `has a reply that can't be used, number ${at + 1}: ${problem}`;
  }
  return undefined;
}

function replyProblem(reply: unknown): string | undefined {
  if (!isRecord(reply)) return `it must be an object such as { text: "Paris." }, got ${describe(reply)}`;
  if ("error" in reply)
    return isRecord(reply.error)
      ? (unknownField(reply.error, errorFields, "error.") ?? errorProblem(reply.error))
      : "error must be an object";
  if ("fault" in reply) {
    const isKnown = faults.some((fault) => fault === reply.fault);
    if (!isKnown) return `fault must be one of ${faults.join(", ")}`;
    return (
      unknownField(reply, ["fault", "afterBytes"]) ??
      (isCount(reply.afterBytes) ? undefined : "afterBytes must be a non-negative number")
    );
  }
  if ("status" in reply || "body" in reply) {
    const isResponse = typeof reply.status === "number" && typeof reply.body === "string";
    return isResponse
      ? (unknownField(reply, ["status", "headers", "body"]) ??
          statusProblem("status", reply.status) ??
          headersProblem(reply.headers))
      : "a response needs a number as status and a string as body";
  }
  return unknownField(reply, answerFields) ?? answerProblem(reply);
}

/** Other statuses can't be those of a response. */
const statusProblem = (name: string, value: unknown): string | undefined =>
  value === undefined || (Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599)
    ? undefined
    : `${name} must be an integer between 200 and 599`;

function headersProblem(headers: unknown): string | undefined {
  try {
    new Headers((headers ?? {}) as HeadersInit);
    return undefined;
  } catch {
    return "headers must be valid names and values";
  }
}

function errorProblem({ status, gatewayCode, body }: Record<string, unknown>): string | undefined {
  if (gatewayCode !== undefined && !Number.isInteger(gatewayCode)) return "error.gatewayCode must be an integer";
  return statusProblem("error.status", status) ?? jsonProblem("error.body", body);
}

function jsonProblem(name: string, value: unknown): string | undefined {
  try {
    JSON.stringify(value);
    return undefined;
  } catch (error) {
    return `${name} can't be written as JSON: ${error instanceof Error ? error.message.split("\n", 1)[0] : error}`;
  }
}

const isCount = (value: unknown) => value === undefined || (typeof value === "number" && value >= 0);

function answerProblem({ text, toolCalls, usage, delayMs, chunks, dialect }: Record<string, unknown>): string | undefined {
  if (text !== undefined && typeof text !== "string") return `text must be a string, got ${describe(text)}`;
  const isCall = (call: unknown) => isRecord(call) && typeof call.name === "string";
  if (toolCalls !== undefined && !(Array.isArray(toolCalls) && toolCalls.every(isCall)))
    return 'toolCalls must be a list such as [{ name: "get_weather", args: { city: "Paris" } }]';
  const unwritable = jsonProblem("toolCalls", toolCalls) ?? jsonProblem("usage", usage);
  if (unwritable !== undefined) return unwritable;
  if (usage !== undefined && typeof usage !== "object") return `usage must be an object or null, got ${describe(usage)}`;
  if (!isCount(delayMs)) return "delayMs must be a non-negative number";
  if (dialect !== undefined && typeof dialect !== "string") return `dialect must be a string, got ${describe(dialect)}`;
  if (chunks === undefined) return undefined;
  if (!isRecord(chunks)) return "chunks must be an object such as { size: 10, everyMs: 5 }";
  const wrong = chunkFields.find((name) => !isCount(chunks[name]) || (name === "size" && chunks.size === 0));
  if (wrong !== undefined) return `chunks.${wrong} must be a ${wrong === "size" ? "positive" : "non-negative"} number`;
  return unknownField(chunks, chunkFields, "chunks.");
}

function unknownField(value: Record<string, unknown>, known: readonly string[], prefix = ""): string | undefined {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  return unknown === undefined ? undefined : `${prefix}${unknown} is not a field of it; the fields are ${known.join(", ")}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const describe = (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value);
