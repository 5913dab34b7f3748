import { type ChatResult, createGateway, GatewayError, type Usage } from "../../index.ts";
import type { Reading } from "./exchange.ts";
import type { JournalEntry } from "./journal.ts";
import type { Fetch } from "./observe.ts";
import { storedResponse } from "./stored-response.ts";

/**
 * Adds to an entry what the client makes of its response: the text, the calls, the usage, or the error that it throws. The cost is the
 * response's own, else that of the gateway's log, which `local` is asked for.
 */
export async function readResponse(entry: JournalEntry, local: Fetch, token: string): Promise<void> {
  const { exchange } = entry;
  if (!/\/chat\/completions(\?|$)/.test(exchange.path) || exchange.method !== "POST") return;
  const { reading, usage } = await readWithClient(entry);
  entry.reading = reading;
  const cost = usage?.cost ?? (exchange.status === 200 ? await costInLog(entry, local, token) : undefined);
  const counts = { inputTokens: usage?.inputTokens, outputTokens: usage?.outputTokens, cost, error: reading.error?.code };
  Object.assign(exchange, Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined)));
}

/** Sends nothing: the transport is the response that came. */
async function readWithClient(entry: JournalEntry): Promise<{ reading: Reading; usage?: Usage }> {
  const { exchange } = entry;
  const model = [exchange.provider, exchange.model].filter((part) => part !== undefined).join("/");
  try {
    const gateway = createGateway({
      ...clientIds(entry, "token"),
      fetch: async () => storedResponse(entry),
      model,
      maxRetries: 0,
      toolMode: "return",
    });
    if (!exchange.isStream) return readingOf(await gateway.chat({ prompt: "-" }));
    const stream = gateway.stream({ prompt: "-" });
    const result = await stream.result.catch((error: unknown) => errorReading(error, stream.partial));
    return "reading" in result ? result : readingOf(result);
  } catch (error) {
    return errorReading(error);
  }
}

function clientIds({ exchange: { path }, request }: JournalEntry, token: string) {
  const [, gatewayId = request.headers.get("cf-aig-gateway-id") ?? "default"] = /\/v1\/[^/]+\/([^/]+)\/compat\//.exec(path) ?? [];
  const endpoint = path.includes("/ai/v1/") ? ("rest" as const) : ("compat" as const);
  return { accountId: "local", gatewayId, gatewayToken: token, apiToken: token, endpoint };
}

function readingOf({ text, reasoning, toolCalls, finishReason, rawFinishReason, warnings, usage }: ChatResult<unknown>) {
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

async function costInLog(entry: JournalEntry, local: Fetch, token: string): Promise<number | undefined> {
  const id = entry.response?.headers.get("cf-aig-log-id");
  if (!id) return undefined;
  const { logs } = createGateway({ ...clientIds(entry, token), fetch: local, model: "openai/any" });
  const log = await logs.get(id, { waitMs: 0 }).catch(() => undefined);
  return log?.cost;
}
