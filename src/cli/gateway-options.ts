import type { GatewayConfig } from "../index.ts";
import type { OptionSpecs, OptionValues } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** The gateway and model that a command uses, named like the client's options. */
export const gatewayOptions = {
  provider: { type: "string", placeholder: "NAME", help: "Provider, unless the model is a full id" },
  model: { type: "string", short: "m", placeholder: "NAME", help: "Model: gpt-4o-mini, or openai/gpt-4o-mini in full" },
  "account-id": { type: "string", placeholder: "ID", help: "Default: CLOUDFLARE_ACCOUNT_ID" },
  gateway: { type: "string", placeholder: "ID", help: "The gateway's id. Default: CLOUDFLARE_GATEWAY_ID" },
  endpoint: { type: "string", placeholder: "compat|rest", help: "Default: compat" },
  "base-url": { type: "string", placeholder: "URL", help: "A proxy, or a local gateway. Default: CLOUDFLARE_GATEWAY_URL" },
  "api-base-url": {
    type: "string",
    placeholder: "URL",
    help: "The same for the rest endpoint and the logs. Default: CLOUDFLARE_GATEWAY_API_URL",
  },
  "custom-domain": { type: "string", placeholder: "HOST", help: "The gateway's custom domain" },
  set: {
    type: "string",
    multiple: true,
    placeholder: "NAME=VALUE",
    help: "Any other option: temperature=0, gateway.cacheTtl=3600",
  },
} as const satisfies OptionSpecs;

type Values = OptionValues<typeof gatewayOptions>;

/** The client's configuration. Missing values are read from the environment, including the URLs, as printed by `local`. */
export function gatewayConfig(values: Values, env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const given: Record<string, unknown> = {
    ...settings(values.set ?? []),
    provider: values.provider,
    model: values.model,
    accountId: values["account-id"] ?? (env.CLOUDFLARE_ACCOUNT_ID || undefined),
    gatewayId: values.gateway ?? (env.CLOUDFLARE_GATEWAY_ID || undefined),
    gatewayToken: env.CLOUDFLARE_GATEWAY_TOKEN || undefined,
    apiToken: env.CLOUDFLARE_API_TOKEN || undefined,
    endpoint: values.endpoint,
    baseUrl: values["base-url"] ?? (env.CLOUDFLARE_GATEWAY_URL || undefined),
    apiBaseUrl: values["api-base-url"] ?? (env.CLOUDFLARE_GATEWAY_API_URL || undefined),
    customDomain: values["custom-domain"],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Options that `--set` doesn't accept: they are set by the environment or by the options above. */
const notSettable = new Set(["gatewayToken", "apiToken", "provider", "model", "accountId", "gatewayId"]);

/** Parses `temperature=0` and `gateway.cacheTtl=60` to an object. A value that is not JSON is a string. */
function settings(pairs: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [, name, value] = /^([\w.-]+)=([\s\S]*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new UsageError("--set needs NAME=VALUE, such as --set temperature=0.");
    const path = name.split(".");
    if (notSettable.has(path[0] ?? ""))
      throw new UsageError(`--set doesn't accept ${path[0]}: it has its own option or environment variable.`);
    assign(result, path, parseValue(value));
  }
  return result;
}

function assign(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    define(target, name, value);
    return;
  }
  const present = Object.hasOwn(target, name) ? target[name] : undefined;
  const inner = isRecord(present) ? present : {};
  define(target, name, inner);
  assign(inner, rest, value);
}

/** An assignment would run the setter of `__proto__`. */
const define = (target: object, name: string, value: unknown) =>
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
