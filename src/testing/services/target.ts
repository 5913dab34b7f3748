import { providers } from "../../request/providers.ts";
import { dialects } from "../dialects/index.ts";

/** The two parts of a request's `model`. */
export interface Target {
  /** The prefix; `workers-ai` on `rest`, where its models have none. */
  provider: string;
  model: string;
}

/** `undefined`: the model has no prefix. */
export function parseTarget(model: string, endpoint: "compat" | "rest"): Target | undefined {
  if (endpoint === "rest" && model.startsWith("@cf/")) return { provider: "workers-ai", model };
  const slash = model.indexOf("/");
  return slash > 0 && slash < model.length - 1 ? { provider: model.slice(0, slash), model: model.slice(slash + 1) } : undefined;
}

/** Whether the gateway chooses the model: a dynamic route, an alias for a pool of models, or the Auto Router. */
export const isRouted = ({ provider, model }: Target): boolean =>
  provider === "dynamic" || provider === "custom" || (provider === "cloudflare" && model === "auto");

/** The providers' names on an endpoint: the slugs of the table, and those that only have a dialect here. */
function slugs(endpoint: "compat" | "rest"): Set<string> {
  const ofTable = Object.entries(providers).map(([name, row]) => row[endpoint] ?? name);
  const renamed = Object.entries(providers).flatMap(([name, row]) => ((row[endpoint] ?? name) === name ? [] : [name]));
  const ofDialects = Object.keys(dialects).filter((name) => !renamed.includes(name));
  return new Set([...ofTable, ...ofDialects]);
}

const known = { compat: slugs("compat"), rest: slugs("rest") };

/** Whether the endpoint knows a model by this name. */
export function isKnown(model: string, endpoint: "compat" | "rest"): boolean {
  const target = parseTarget(model, endpoint);
  if (!target) return false;
  // The Auto Router is only documented on `compat`.
  if (isRouted(target)) return endpoint === "compat" || target.provider !== "cloudflare";
  if (endpoint === "rest" && target.provider === "workers-ai") return model === target.model;
  return known[endpoint].has(target.provider) || /^custom-./.test(target.provider);
}
