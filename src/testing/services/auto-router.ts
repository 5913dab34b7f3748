import type { Target } from "./target.ts";

const pool: Target[] = [
  { provider: "openai", model: "gpt-4o-mini" },
  { provider: "anthropic", model: "claude-sonnet-4-5" },
  { provider: "google-ai-studio", model: "gemini-2.0-flash" },
];

/** The target of every dynamic route and model alias. */
export const dynamicRouteTarget: Target = { provider: "openai", model: "gpt-4o-mini" };

export interface RoutingDecision {
  target: Target;
  reason: string;
  id: string;
}

/** Chooses a model for `cloudflare/auto`: the next one of its pool, unless the session or the turn already has one. */
export class AutoRouter {
  readonly #chosen = new Map<string, Target>();
  readonly #ids = new Map<string, string>();
  #decisions = 0;

  /** `undefined` if no model of the pool is allowed. */
  route(headers: Headers): RoutingDecision | undefined {
    const session = headers.get("cf-aig-session-id");
    const turn = headers.get("cf-aig-turn-id");
    const sticky = headers.get("cf-aig-no-session-affinity") !== "true";
    const place = turn === null ? (sticky ? session : null) : `${session ?? ""}\n${turn}`;
    const allowed = pool.filter((target) => isAllowed(target, headers));
    const isOpen = (target: Target | undefined) => (target && allowed.includes(target) ? target : undefined);
    const kept =
      isOpen(this.#chosen.get(`turn ${place}`)) ?? (sticky ? isOpen(this.#chosen.get(`session ${session}`)) : undefined);
    const target = kept ?? allowed[this.#decisions % allowed.length];
    if (!target) return undefined;
    const id = (place === null ? undefined : this.#ids.get(place)) ?? `rd_${(++this.#decisions).toString(16).padStart(8, "0")}`;
    if (place !== null) {
      this.#ids.set(place, id);
      this.#chosen.set(`turn ${place}`, target);
    }
    if (session !== null) this.#chosen.set(`session ${session}`, target);
    return { target, reason: kept ? "session-affinity" : "general", id };
  }

  clear(): void {
    this.#chosen.clear();
    this.#ids.clear();
  }
}

function isAllowed({ provider, model }: Target, headers: Headers): boolean {
  const models = listed(headers.get("cf-aig-allowed-models"));
  const providers = listed(headers.get("cf-aig-allowed-providers"));
  return (
    (models.length === 0 || models.some((pattern) => matches(pattern, `${provider}/${model}`))) &&
    (providers.length === 0 || providers.some((pattern) => matches(pattern, provider)))
  );
}

const listed = (value: string | null) =>
  (value ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);

/** `*` does not cross a slash. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split("*")
    .map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  return new RegExp(`^${source}$`).test(name);
}
