import type { TokenCounts } from "./answer.ts";
import type { Target } from "./target.ts";
import type { WireReply } from "./wire-reply.ts";

export interface StoredResponse {
  reply: WireReply;
  tokens: TokenCounts;
  /** What had answered. */
  target: Target;
}

/** A key without a time to live is kept this long: caching is off for the local gateway. */
const keyOnlySeconds = 300;

/** Answers that the gateway keeps, by its own key or the request's. */
export class ResponseCache {
  readonly #entries = new Map<string, { stored: StoredResponse; until: number }>();

  /** `undefined`: the request does not want caching. */
  static keyOf(gateway: string, headers: Headers, body: { stream?: unknown }): string | undefined {
    if (body.stream === true || headers.get("cf-aig-skip-cache") === "true") return undefined;
    const key = headers.get("cf-aig-cache-key");
    if (key !== null) return `${gateway}\nkey ${key}`;
    return headers.has("cf-aig-cache-ttl") ? `${gateway}\nbody ${JSON.stringify(body)}` : undefined;
  }

  static secondsOf(headers: Headers): number {
    const seconds = Number(headers.get("cf-aig-cache-ttl") ?? keyOnlySeconds);
    return Number.isFinite(seconds) ? seconds : 0;
  }

  get(key: string): StoredResponse | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > Date.now() ? entry.stored : undefined;
  }

  set(key: string, stored: StoredResponse, seconds: number): void {
    this.#entries.set(key, { stored, until: Date.now() + seconds * 1000 });
  }

  clear(): void {
    this.#entries.clear();
  }
}
