import type { Feedback } from "./log-types.ts";

/** Where logs are read and changed: Cloudflare's API, or a Worker's binding. What comes back is checked, but not converted. */
export interface LogSource {
  /** One log. */
  read(id: string, signal: AbortSignal): Promise<unknown>;
  /** A page of logs, and how many there are. Absent where logs can't be listed. */
  readPage?(query: object): Promise<LogPage>;
  patch(id: string, feedback: Feedback): Promise<void>;
}

export interface LogPage {
  logs: Record<string, unknown>[];
  total: number | undefined;
}
