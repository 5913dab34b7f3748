import { gatewayOptionRows } from "../options/gateway-option-rows.ts";
import type { GatewayOptions } from "../options/gateway-options.ts";

const costFields = {
  perTokenIn: "per_token_in",
  perTokenOut: "per_token_out",
  perCacheReadToken: "per_cache_read_token",
  perCacheWriteToken: "per_cache_write_token",
  totalCost: "total_cost",
} as const;

/** JSON escaped to ASCII, so that it can be sent as a header. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

const number = (value: number) => `${value}`;
const boolean = (value: boolean) => `${value}`;
const whenTrue = (value: boolean) => (value ? "true" : undefined);
const unchanged = (value: string) => value;
const commaSeparated = (value: string[]) => value.join(",");

/** Formats each option's header value; undefined sends no header. */
const writers: { [Option in keyof GatewayOptions]-?: (value: NonNullable<GatewayOptions[Option]>) => string | undefined } = {
  cacheTtl: number,
  skipCache: whenTrue,
  cacheKey: unchanged,
  metadata: asciiJson,
  collectLog: boolean,
  collectLogPayload: boolean,
  requestTimeout: number,
  maxAttempts: number,
  retryDelay: number,
  backoff: unchanged,
  customCost: (cost) =>
    asciiJson(
      Object.fromEntries(Object.entries(cost).map(([name, price]) => [costFields[name as keyof typeof costFields], price])),
    ),
  byokAlias: unchanged,
  allowUnifiedBilling: (allowed) => (allowed ? undefined : "true"),
  zdr: boolean,
  eventId: unchanged,
  traceId: unchanged,
  parentSpanId: unchanged,
  sessionId: unchanged,
  turnId: unchanged,
  sessionAffinity: (kept) => (kept ? undefined : "true"),
  allowedModels: commaSeparated,
  allowedProviders: commaSeparated,
};

/** Returns the headers of valid gateway options. Includes `cf-aig-no-wholesale` unless Unified Billing is allowed. */
export function gatewayHeaders(options: GatewayOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  let option: keyof GatewayOptions;
  for (option in options) {
    const value = options[option];
    if (value === undefined) continue;
    const written = (writers[option] as (value: unknown) => string | undefined)(value);
    if (written !== undefined) headers[gatewayOptionRows[option].header] = written;
  }
  if (options.allowUnifiedBilling === undefined) headers[gatewayOptionRows.allowUnifiedBilling.header] = "true";
  return headers;
}
