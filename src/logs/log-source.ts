import type { paths } from "../wire.ts";
import type { Feedback } from "./log-types.ts";

/** The query parameters of the list of logs, as the spec names them. */
export type LogQuery = NonNullable<
  paths["/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs"]["get"]["parameters"]["query"]
>;

/** A source of logs: Cloudflare's API, or a Worker's binding. Results are checked but not converted. */
export interface LogSource {
  /** Reads one log. */
  read(id: string, signal: AbortSignal): Promise<unknown>;
  /** Reads a page of logs and the total count. Absent if logs can't be listed. */
  readPage?(query: object): Promise<LogPage>;
  patch(id: string, feedback: Feedback): Promise<void>;
}

export interface LogPage {
  logs: Record<string, unknown>[];
  total: number | undefined;
}
