import { providers } from "../request/providers.ts";
import { dialects } from "./dialects/index.ts";

/** What a request's `model` names. */
export interface Target {
  /** Its prefix, `workers-ai` where `rest` has none. */
  provider: string;
  model: string;
}

/** `undefined`: it has no prefix. */
export function targetOf(model: string, endpoint: "compat" | "rest"): Target | undefined {
  if (endpoint === "rest" && model.startsWith("@cf/")) return { provider: "workers-ai", model };
  const slash = model.indexOf("/");
  return slash > 0 && slash < model.length - 1 ? { provider: model.slice(0, slash), model: model.slice(slash + 1) } : undefined;
}

export const isRouted = ({ provider, model }: Target): boolean =>
  provider === "dynamic" || provider === "custom" || (provider === "cloudflare" && model === "auto");

/** What each endpoint calls the providers: the table's slugs, and those that only the local gateway's dialects know. */
function slugs(endpoint: "compat" | "rest"): Set<string> {
  const ofTable = Object.entries(providers).map(([name, row]) => row[endpoint] ?? name);
  const renamed = Object.entries(providers).flatMap(([name, row]) => ((row[endpoint] ?? name) === name ? [] : [name]));
  const ofDialects = Object.keys(dialects).filter((name) => !renamed.includes(name));
  return new Set([...ofTable, ...ofDialects]);
}

const known = { compat: slugs("compat"), rest: slugs("rest") };

/** Whether the endpoint can reach a model, as it was sent. The Auto Router is on `compat` only; `@cf/…` is bare on `rest`. */
export function isKnown(model: string, endpoint: "compat" | "rest"): boolean {
  const target = targetOf(model, endpoint);
  if (!target) return false;
  if (isRouted(target)) return target.provider !== "cloudflare" || endpoint === "compat";
  if (endpoint === "rest" && target.provider === "workers-ai") return model === target.model;
  return known[endpoint].has(target.provider) || /^custom-./.test(target.provider);
}
