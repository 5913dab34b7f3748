import type { ProviderProfile } from "../options/provider-profile.ts";
import { type ProviderRow, providerRow } from "./providers.ts";

/** Whom a request goes to. */
export interface ModelId {
  /** The provider that was named; where none was, the model's prefix. */
  provider: string;
  /** As it is sent: `{provider}/{model}`. */
  model: string;
  /** The model without its provider's prefix. */
  name: string;
  /** The gateway chooses the model: a dynamic route, a model alias, the Auto Router. */
  routed: boolean;
  row: ProviderRow;
}

/** Why there is no id; the message is the end of a sentence that starts with the option's name. */
interface Missing {
  option: "provider" | "model";
  message: string;
}

/** Prefixes that say by themselves where a model is, whatever provider is the default. */
const complete = /^(?:dynamic|custom|custom-[^/]+)\/.|^cloudflare\/auto$/;

/** Models behind which the gateway chooses by itself. */
const routed = /^(?:dynamic|custom)\/.|^cloudflare\/auto$/;

/**
 * Puts the provider's slug before the model, once: `openrouter` + `openai/gpt-4o-mini` is `openrouter/openai/gpt-4o-mini`, and a model that
 * already carries its provider's prefix keeps it. Slugs are translated to the endpoint's own.
 *
 * Returns what is wrong when there is no id to be made.
 */
export function modelId(
  provider: string | undefined,
  model: string | undefined,
  endpoint: "compat" | "rest",
  own?: Record<string, ProviderProfile>,
): ModelId | Missing {
  if (!model || model.endsWith("/"))
    return { option: "model", message: 'is missing: name the model, for example "gpt-4o-mini" with provider "openai"' };
  if (provider === undefined || complete.test(model)) {
    if (model.startsWith("@cf/")) return assemble("workers-ai", model, endpoint, own);
    const slash = model.indexOf("/");
    if (slash > 0) return assemble(model.slice(0, slash), model.slice(slash + 1), endpoint, own);
    return { option: "provider", message: `is missing: name it, or write the model as a full id ({provider}/${model})` };
  }
  const row = providerRow(provider, own);
  if (!row.ownModels?.test(model)) {
    const slug = [provider, row.compat, row.rest].find((each) => each && model.startsWith(`${each}/`));
    if (slug) return assemble(provider, model.slice(slug.length + 1), endpoint, own);
  }
  return assemble(provider, model, endpoint, own);
}

function assemble(
  provider: string,
  name: string,
  endpoint: "compat" | "rest",
  own: Record<string, ProviderProfile> | undefined,
): ModelId {
  const row = providerRow(provider, own);
  const model = endpoint === "rest" && row.bareOnRest ? name : `${row[endpoint] ?? provider}/${name}`;
  return { provider, model, name, routed: routed.test(model), row };
}
