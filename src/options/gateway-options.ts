/** At most five tags with flat values. An interface of your own is accepted; its values are checked when the request is made. */
export type Metadata = Readonly<Record<string, string | number | boolean>> | object;

/** Options of the gateway itself; each is sent as the request header named in its description. */
export interface GatewayOptions {
  /** Seconds the gateway may cache the response, 60 to 2,592,000; sent as `cf-aig-cache-ttl`. @default the gateway's own setting */
  cacheTtl?: number | undefined;
  /** Bypasses the cache; sent as `cf-aig-skip-cache`. */
  skipCache?: boolean | undefined;
  /** The cache key to use instead of the computed one; sent as `cf-aig-cache-key`. Cached for 5 minutes if caching is off for the gateway. */
  cacheKey?: string | undefined;
  /**
   * At most five flat entries that tag the log; sent as `cf-aig-metadata`, a JSON object escaped to ASCII. Keys starting with `cf.` are reserved.
   * Checked here because the gateway silently drops anything beyond that.
   */
  metadata?: Metadata | undefined;
  /** Overrides whether the request is logged; sent as `cf-aig-collect-log`. */
  collectLog?: boolean | undefined;
  /** `false` logs the metadata without prompt and response; sent as `cf-aig-collect-log-payload`. */
  collectLogPayload?: boolean | undefined;
  /** Milliseconds the gateway waits for the first byte of the provider's response; sent as `cf-aig-request-timeout`. */
  requestTimeout?: number | undefined;
  /**
   * Attempts the gateway makes, 1 to 5; sent as `cf-aig-max-attempts`. Above 1, the client itself retries only failed connections unless
   * `maxRetries` is set, so that the attempts do not multiply.
   */
  maxAttempts?: number | undefined;
  /** Milliseconds between the gateway's attempts, 100 to 5,000; sent as `cf-aig-retry-delay`. */
  retryDelay?: number | undefined;
  /** How the gateway's delay grows; sent as `cf-aig-backoff`. */
  backoff?: "constant" | "linear" | "exponential" | undefined;
  /** Your own prices for the log's cost, in US dollars per token or for the whole request; sent as `cf-aig-custom-cost`. */
  customCost?:
    | { perTokenIn: number; perTokenOut: number; perCacheReadToken?: number | undefined; perCacheWriteToken?: number | undefined }
    | { totalCost: number }
    | undefined;
  /** Which of several stored provider keys to use; sent as `cf-aig-byok-alias`. Only on `compat`. @default "default" */
  byokAlias?: string | undefined;
  /**
   * Lets the gateway pay with Cloudflare's own credentials (Unified Billing) where it stores no key of yours for the provider. Otherwise
   * every request carries `cf-aig-no-wholesale: true`, and the gateway rejects a request that would need those credits. @default false
   */
  allowUnifiedBilling?: boolean | undefined;
  /** Zero data retention, only with `allowUnifiedBilling`; sent as `cf-aig-zdr`. */
  zdr?: boolean | undefined;
  /** Your own event id, returned unchanged as `gateway.eventId`; sent as `cf-aig-event-id`. */
  eventId?: string | undefined;
  /** 32 hexadecimal characters that link the gateway's span to your trace; sent as `cf-aig-otel-trace-id`. */
  traceId?: string | undefined;
  /** 16 hexadecimal characters, the id of the gateway span's parent; sent as `cf-aig-otel-parent-span-id`. */
  parentSpanId?: string | undefined;
  /** Identifies the conversation to the Auto Router, which uses one model within each turn of it; sent as `cf-aig-session-id`. */
  sessionId?: string | undefined;
  /** Identifies a user message and its tool rounds to the Auto Router; sent as `cf-aig-turn-id`. @default generated once per chat for routed models */
  turnId?: string | undefined;
  /** `false` lets the Auto Router choose a model for each request, instead of one for each turn of a session; sent as `cf-aig-no-session-affinity: true`. @default true */
  sessionAffinity?: boolean | undefined;
  /** The models that the Auto Router may choose from, `*` matching within one segment; sent as `cf-aig-allowed-models`. */
  allowedModels?: string[] | undefined;
  /** The providers that the Auto Router may choose from; sent as `cf-aig-allowed-providers`. */
  allowedProviders?: string[] | undefined;
}
