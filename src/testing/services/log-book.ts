import type { LogQuery } from "../../logs/log-source.ts";
import type { LogBody } from "../../wire.ts";
import type { TokenCounts } from "../dialects/answer.ts";
import { jsonReply, type WireReply } from "../wire/wire-reply.ts";
import { gatewayError } from "./gateway-error.ts";
import { meetsCondition, parseConditions } from "./log-filters.ts";
import type { LogsRoute } from "./route.ts";

export interface LoggedCall {
  id: string;
  gateway: string;
  provider: string;
  model: string;
  headers: Headers;
  tokens: TokenCounts | undefined;
  cached: boolean;
  durationMs: number;
  status: number;
  request: string;
  response: string;
  responseType: string;
}

/** US dollars per token, for every model. */
const price = { in: 0.15e-6, out: 0.6e-6 };

/** The gateway's logs, as returned by its API. Unlike real ones, they are available immediately. */
export class LogBook {
  readonly #logs = new Map<string, { gateway: string; log: LogBody }>();

  add(call: LoggedCall): void {
    const own = parsedObject(call.headers.get("cf-aig-custom-cost"));
    const perIn = Number(own?.per_token_in ?? price.in);
    const perOut = Number(own?.per_token_out ?? price.out);
    const { input = 0, output = 0 } = call.tokens ?? {};
    const log: LogBody = {
      id: call.id,
      provider: call.provider,
      model: call.model,
      model_type: "chat",
      cost: call.cached ? 0 : input * perIn + output * perOut,
      custom_cost: own !== undefined,
      tokens_in: input,
      tokens_out: output,
      cached: call.cached,
      duration: call.durationMs,
      status_code: call.status,
      success: call.status < 400,
      step: 0,
      metadata: readMetadata(call.headers),
      created_at: new Date().toISOString(),
      path: "chat/completions",
      event_id: call.headers.get("cf-aig-event-id"),
      feedback: null,
      score: null,
      request_type: "chat",
      request_content_type: call.headers.get("content-type"),
      response_content_type: call.responseType,
    };
    if (call.headers.get("cf-aig-collect-log-payload") !== "false") {
      log.request_head = call.request.slice(0, 1000);
      log.request_head_complete = call.request.length <= 1000;
      log.response_head = call.response.slice(0, 1000);
      log.response_head_complete = call.response.length <= 1000;
    }
    this.#logs.set(call.id, { gateway: call.gateway, log });
  }

  answer(method: string, { gateway, logId: id }: LogsRoute, query: URLSearchParams, body: unknown): WireReply {
    if (id === undefined) return method === "GET" ? this.#list(gateway, query) : gatewayError("rest", 10001);
    const entry = this.#logs.get(id);
    if (!entry || entry.gateway !== gateway) return gatewayError("rest", 7003);
    if (method === "GET") return jsonReply(200, envelope(entry.log));
    if (method !== "PATCH") return gatewayError("rest", 10001);
    const problem = patchProblem(body);
    if (problem) return gatewayError("rest", 7001, { status: 400, message: problem });
    Object.assign(entry.log, body);
    return jsonReply(200, envelope({}));
  }

  clear(): void {
    this.#logs.clear();
  }

  #list(gateway: string, query: URLSearchParams): WireReply {
    const conditions = parseConditions(query.get("filters") ?? "[]");
    if (!conditions) return gatewayError("rest", 7001, { status: 400, message: "filters must be a JSON array of conditions" });
    const page = wholeNumber(query.get("page"), 1);
    const perPage = Math.min(wholeNumber(query.get("per_page"), 20), 50);
    const field = query.get("order_by") ?? "created_at";
    const direction = query.get("order_by_direction") === "asc" ? 1 : -1;
    // Logs of the same millisecond keep their order, since the sort is stable.
    const logs = [...this.#logs.values()].filter((entry) => entry.gateway === gateway).map((entry) => entry.log);
    const matches = (log: LogBody) => matchesQuery(log, query) && conditions.every((each) => meetsCondition(log, each));
    const found = logs.filter(matches).reverse();
    if (direction > 0) found.reverse();
    found.sort((a, b) => direction * compare(a[field], b[field]));
    const result = found.slice((page - 1) * perPage, page * perPage);
    const result_info = { page, per_page: perPage, count: result.length, total_count: found.length };
    return jsonReply(200, { ...envelope(result), result_info });
  }
}

const envelope = (result: unknown) => ({ success: true, errors: [], messages: [], result });

/** The gateway keeps five entries, and none if one of them is nested. */
function readMetadata(headers: Headers): Record<string, string | number | boolean> {
  const entries = Object.entries(parsedObject(headers.get("cf-aig-metadata")) ?? {}).slice(0, 5);
  const isFlat = (entry: [string, unknown]): entry is [string, string | number | boolean] =>
    ["string", "number", "boolean"].includes(typeof entry[1]);
  return entries.every(isFlat) ? Object.fromEntries(entries) : {};
}

function patchProblem(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body) || Object.keys(body).length === 0)
    return "The body must be a JSON object with feedback, score or metadata";
  const { feedback, score, metadata, ...others } = body as Record<string, unknown>;
  if (Object.keys(others).length > 0) return `Unknown field: ${Object.keys(others).join(", ")}`;
  if (feedback !== undefined && feedback !== null && feedback !== 1 && feedback !== -1) return "feedback must be 1, -1 or null";
  if (score !== undefined && score !== null && !(typeof score === "number" && score >= 0 && score <= 100))
    return "score must be a number from 0 to 100, or null";
  if (metadata !== undefined && typeof metadata !== "object") return "metadata must be an object or null";
  return undefined;
}

/** Parameters that `matchesQuery` ignores: they choose and sort a page, or are conditions of their own. */
const listing: readonly string[] = [
  "filters",
  "page",
  "per_page",
  "order_by",
  "order_by_direction",
  "meta_info",
] satisfies (keyof LogQuery)[];

/** `min_…`, `max_…`, `start_date`, `end_date` and `search`; any other parameter names a field and its value. */
function matchesQuery(log: LogBody, query: URLSearchParams): boolean {
  const total = (log.tokens_in ?? 0) + (log.tokens_out ?? 0);
  const fields: Record<string, unknown> = { ...log, total_tokens: total, feedback: log.feedback ?? 0 };
  return [...query].every(([name, value]) => {
    if (listing.includes(name)) return true;
    if (name === "search") return JSON.stringify(log).toLowerCase().includes(value.toLowerCase());
    if (name === "start_date") return Date.parse(log.created_at ?? "") >= Date.parse(value);
    if (name === "end_date") return Date.parse(log.created_at ?? "") <= Date.parse(value);
    const bound = /^(min|max)_(.+)$/.exec(name);
    if (bound)
      return bound[1] === "min"
        ? Number(fields[bound[2] ?? ""]) >= Number(value)
        : Number(fields[bound[2] ?? ""]) <= Number(value);
    return String(fields[name]) === value;
  });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""));
}

function wholeNumber(text: string | null, otherwise: number): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

function parsedObject(json: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
