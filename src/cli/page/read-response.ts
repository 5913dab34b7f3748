import { type ChatResult, createGateway, GatewayError, type LogRecord, type Usage } from "../../index.ts";
import type { Reading } from "./exchange.ts";
import type { JournalEntry } from "./journal.ts";
import type { Fetch } from "./observe.ts";
import { storedResponse } from "./stored-response.ts";

/**
 * Adds to an entry what the client reads from its response: text, calls and usage, or the error that it throws. Tokens and cost that the
 * response doesn't report are read from the gateway's log, through `local`.
 */
export async function readResponse(entry: JournalEntry, local: Fetch, token: string): Promise<void> {
  const { exchange } = entry;
  if (!/\/chat\/completions(\?|$)/.test(exchange.path) || exchange.method !== "POST") return;
  // A truncated response can't be read.
  const { reading, usage } = entry.response?.isTruncated ? {} : await readWithClient(entry);
  if (reading) entry.reading = reading;
  const log = exchange.status === 200 ? await readLog(entry, local, token) : undefined;
  const found = {
    inputTokens: usage?.inputTokens ?? log?.tokensIn,
    outputTokens: usage?.outputTokens ?? log?.tokensOut,
    cost: usage?.cost ?? log?.cost,
    error: reading?.error?.code,
  };
  Object.assign(exchange, Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)));
}

/** Sends nothing: the transport returns the recorded response. */
async function readWithClient(entry: JournalEntry): Promise<{ reading?: Reading; usage?: Usage }> {
  const { exchange } = entry;
  const model = `${exchange.provider}/${exchange.model}`;
  const gateway = createGateway({
    accountId: "local",
    gatewayId: "local",
    gatewayToken: "token",
    fetch: async () => storedResponse(entry),
    // The gateway rejected a model that the client wouldn't send.
    model: exchange.provider && !/\s/.test(model) ? model : "openai/unknown",
    maxRetries: 0,
    toolMode: "return",
  });
  try {
    if (!exchange.isStream) return toReading(await gateway.chat({ prompt: "-" }));
    const stream = gateway.stream({ prompt: "-" });
    const result = await stream.result.catch((error: unknown) => errorReading(error, stream.partial));
    return "reading" in result ? result : toReading(result);
  } catch (error) {
    return errorReading(error);
  }
}

function toReading({ text, reasoning, toolCalls, finishReason, rawFinishReason, warnings, usage }: ChatResult<unknown>) {
  const reading: Reading = {
    text,
    ...(reasoning === undefined ? {} : { reasoning }),
    toolCalls: toolCalls.map(({ name, argsText }) => ({ name, argsText })),
    finishReason: rawFinishReason ?? finishReason,
    warnings: warnings.map(({ code, message }) => `${code}: ${message}`),
  };
  return { reading, usage };
}

function errorReading(error: unknown, partial?: { text: string }): { reading: Reading } {
  const reading: Reading = { text: partial?.text ?? "", toolCalls: [], warnings: [] };
  if (GatewayError.is(error)) {
    const { name, code, message, hint } = error;
    reading.error = { name, code, message, hint };
  }
  return { reading };
}

async function readLog(
  { exchange, request, response }: JournalEntry,
  local: Fetch,
  token: string,
): Promise<LogRecord | undefined> {
  const id = response?.headers.get("cf-aig-log-id");
  const [, inPath] = /\/v1\/[^/]+\/([^/]+)\/compat\//.exec(exchange.path) ?? [];
  const gatewayId = inPath ?? request.headers.get("cf-aig-gateway-id") ?? "default";
  if (!id) return undefined;
  try {
    return await createGateway({ accountId: "local", gatewayId, apiToken: token, gatewayToken: token, fetch: local }).logs.get(
      id,
      {
        waitMs: 0,
      },
    );
  } catch {
    // A custom domain has no gateway id, and a local gateway accepts ids that the client rejects.
    return undefined;
  }
}
