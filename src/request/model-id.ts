import type { ProviderProfile } from "../options/provider-profile.ts";
import { type ProviderRow, providerRow } from "./providers.ts";

/** The target of a request. */
export interface ModelId {
  /** The provider, or the model's prefix if none was given. */
  provider: string;
  /** The model as sent: `{provider}/{model}`. */
  model: string;
  /** The model without its provider's prefix. */
  name: string;
  /** The gateway chooses the model: a dynamic route, a model alias, the Auto Router. */
  routed: boolean;
  row: ProviderRow;
}

/** Why there is no id; the message completes a sentence that starts with the option's name. */
interface Missing {
  option: "provider" | "model";
  message: string;
}

/** Models whose prefix identifies the target, whatever the default provider. */
const complete = /^(?:dynamic|custom|custom-[^/]+)\/.|^cloudflare\/auto$/;

/** Names for which the gateway chooses the model. */
const routed = /^(?:dynamic|custom)\/.|^cloudflare\/auto$/;

/**
 * Prefixes the model with the provider's slug, once: `openrouter` + `openai/gpt-4o-mini` is `openrouter/openai/gpt-4o-mini`, and a model
 * that already has its provider's prefix keeps it. Slugs are translated to those of the endpoint.
 *
 * Returns the problem if the id can't be built.
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
