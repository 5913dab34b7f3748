import { gatewayOptionRows } from "../options/gateway-option-rows.ts";
import type { GatewayOptions } from "../options/gateway-options.ts";

const costFields = {
  perTokenIn: "per_token_in",
  perTokenOut: "per_token_out",
  perCacheReadToken: "per_cache_read_token",
  perCacheWriteToken: "per_cache_write_token",
  totalCost: "total_cost",
} as const;

/** JSON whose characters all fit a header. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

const number = (value: number) => `${value}`;
const boolean = (value: boolean) => `${value}`;
const whenTrue = (value: boolean) => (value ? "true" : undefined);
const asIs = (value: string) => value;
const commas = (value: string[]) => value.join(",");

/** How each option is written into its header; undefined sends none. */
const writers: { [Option in keyof GatewayOptions]-?: (value: NonNullable<GatewayOptions[Option]>) => string | undefined } = {
  cacheTtl: number,
  skipCache: whenTrue,
  cacheKey: asIs,
  metadata: asciiJson,
  collectLog: boolean,
  collectLogPayload: boolean,
  requestTimeout: number,
  maxAttempts: number,
  retryDelay: number,
  backoff: asIs,
  customCost: (cost) =>
    asciiJson(
      Object.fromEntries(Object.entries(cost).map(([name, price]) => [costFields[name as keyof typeof costFields], price])),
    ),
  byokAlias: asIs,
  allowUnifiedBilling: (allowed) => (allowed ? undefined : "true"),
  zdr: boolean,
  eventId: asIs,
  traceId: asIs,
  parentSpanId: asIs,
  sessionId: asIs,
  turnId: asIs,
  sessionAffinity: (kept) => (kept ? undefined : "true"),
  allowedModels: commas,
  allowedProviders: commas,
};

/** The headers of valid gateway options. `cf-aig-no-wholesale` is there unless Unified Billing is allowed. */
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
