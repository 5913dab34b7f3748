import type { KnownFields, LogBody } from "../wire.ts";
import type { LogRecord } from "./log-types.ts";

/** The fields of a log that the spec names, with values of any type. */
type LogFields = { readonly [Field in keyof KnownFields<LogBody>]?: unknown };

/** Converts a log of the API or the binding to a record. A field of another type than in the spec counts as absent. */
export function toLogRecord(log: LogFields): LogRecord {
  const record: LogRecord = {
    id: readString(log.id) ?? "",
    provider: readString(log.provider) ?? "",
    model: readString(log.model) ?? "",
    cached: log.cached === true,
    durationMs: readNumber(log.duration) ?? 0,
    statusCode: readNumber(log.status_code) ?? 0,
    success: log.success === true,
    createdAt: readDate(log.created_at),
  };
  const optional = {
    cost: readNumber(log.cost),
    tokensIn: readNumber(log.tokens_in),
    tokensOut: readNumber(log.tokens_out),
    step: readNumber(log.step),
    metadata: readMetadata(log.metadata),
  };
  return Object.assign(record, Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)));
}

const readString = (value: unknown) => (typeof value === "string" ? value : undefined);
const readNumber = (value: unknown) => (typeof value === "number" ? value : undefined);

/** The API returns an ISO string, the binding a Date. */
const readDate = (value: unknown): Date => new Date(typeof value === "string" || value instanceof Date ? value : Number.NaN);

/** The API returns metadata as an object or as JSON. */
function readMetadata(metadata: unknown): Record<string, unknown> | undefined {
  if (typeof metadata === "object" && metadata !== null) return metadata as Record<string, unknown>;
  if (typeof metadata !== "string" || metadata === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(metadata);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
