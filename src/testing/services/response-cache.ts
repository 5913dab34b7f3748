import type { TokenCounts } from "../dialects/answer.ts";
import type { WireReply } from "../wire/wire-reply.ts";
import type { Target } from "./target.ts";

export interface StoredResponse {
  reply: WireReply;
  tokens: TokenCounts;
  /** The provider and model that answered. */
  target: Target;
}

/** How long the gateway caches a response with a custom cache key but no `cf-aig-cache-ttl`. */
const keyOnlySeconds = 300;

/** Cached responses, by the caller's key or by the request. */
export class ResponseCache {
  readonly #entries = new Map<string, { stored: StoredResponse; until: number }>();

  /** `undefined` if the request must not be cached. */
  static createKey(gateway: string, headers: Headers, body: { stream?: unknown }): string | undefined {
    if (body.stream === true || headers.get("cf-aig-skip-cache") === "true") return undefined;
    const key = headers.get("cf-aig-cache-key");
    if (key !== null) return `${gateway}\nkey ${key}`;
    return headers.has("cf-aig-cache-ttl") ? `${gateway}\nbody ${JSON.stringify(body)}` : undefined;
  }

  static readTtl(headers: Headers): number {
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
