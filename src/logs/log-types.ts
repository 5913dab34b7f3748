import type { Metadata } from "../options/gateway-options.ts";

/** The gateway's log of a request. */
export interface LogRecord {
  /** The log's id, as in `result.gateway.logId`. */
  id: string;
  /** The provider that answered. */
  provider: string;
  /** The model that answered, as the log names it. */
  model: string;
  /** US dollars. */
  cost?: number;
  /** Input tokens as counted by the gateway. */
  tokensIn?: number;
  /** Output tokens as counted by the gateway. */
  tokensOut?: number;
  /** Whether the gateway's cache answered. */
  cached: boolean;
  /** Milliseconds that the request took. */
  durationMs: number;
  /** HTTP status of the provider's response. */
  statusCode: number;
  /** Whether the request succeeded. */
  success: boolean;
  /** Index of the gateway's fallback step that answered, starting at 0. */
  step?: number;
  /** The request's metadata, including metadata added by feedback. */
  metadata?: Record<string, unknown>;
  /** When the request was made. */
  createdAt: Date;
}

/** Which logs to list. */
export interface LogFilter {
  /** Conditions that a log must all meet; sent as `filters`, a JSON array. */
  filters?:
    | readonly {
        key: string;
        operator: "eq" | "neq" | "contains" | "lt" | "gt";
        value: readonly (string | number | boolean)[];
      }[]
    | undefined;
  /** Other query parameters, sent unchanged: `search`, `order_by`, … Flat conditions (`provider`, `model`) are deprecated by Cloudflare. */
  [parameter: string]: unknown;
}

/** A rating of a logged request. */
export interface Feedback {
  /** Thumbs up or down; `null` clears it. */
  feedback?: 1 | -1 | null | undefined;
  /** 0 to 100; `null` clears it. */
  score?: number | null | undefined;
  /** `null` clears it. */
  metadata?: Metadata | null | undefined;
}

/** The gateway's logs, read with the API token. Failures are GatewayErrors; a log that never appears is a NotFoundError. */
export interface Logs {
  /**
   * Reads a log. A log appears 30 to 60 seconds after its request; this waits for it, at most `waitMs`. For an account or gateway without a logs
   * API it fails immediately.
   *
   * @default waitMs 90,000
   */
  get(id: string, options?: { waitMs?: number; signal?: AbortSignal }): Promise<LogRecord>;
  /** Lists the gateway's logs, newest first, fetching pages as needed. */
  list(filter?: LogFilter): AsyncIterable<LogRecord>;
  /** Rates a request, or adds metadata to its log; `null` clears a field. */
  feedback(id: string, feedback: Feedback): Promise<void>;
}
