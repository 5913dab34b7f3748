import { ConfigurationError } from "../errors/errors.ts";
import type { SchemaValidator } from "../schema.ts";
import type { ChatDefaults, ProviderProfile } from "./chat-options.ts";
import { type Environment, readEnvironment, variables } from "./environment.ts";
import { tokenProblem } from "./token-problem.ts";
import { checkChatOptions, isChatDefault } from "./validate-options.ts";
import { checkProviders } from "./validate-providers.ts";
import { kindOf, type OptionProblem, plainObject } from "./validators.ts";

/** A token, or a function that is asked for one before each request, and once more after a 401. */
export type Token = string | (() => string | Promise<string>);

/** Sends a request. It is called with an absolute URL and a text as body. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The binding of Workers AI, `env.AI`, as far as the client needs it. */
export interface AiBinding {
  gateway(id: string): {
    run(request: object, options?: object): Promise<Response>;
    getLog?(id: string): Promise<unknown>;
    patchLog?(id: string, patch: object): Promise<void>;
  };
}

export interface GatewayConfig extends ChatDefaults {
  /** The Cloudflare account's id. @default the environment's CLOUDFLARE_ACCOUNT_ID */
  accountId?: string | undefined;
  /** The gateway's id (its name in the dashboard); `default` is one that Cloudflare creates by itself. @default CLOUDFLARE_GATEWAY_ID */
  gatewayId?: string | undefined;
  /** Authenticates at the gateway; sent as `cf-aig-authorization`, and nothing else is. @default CLOUDFLARE_GATEWAY_TOKEN */
  gatewayToken?: Token | undefined;
  /** A Cloudflare API token, for `endpoint: "rest"` and for the logs; sent as `Authorization` there. @default CLOUDFLARE_API_TOKEN, then the gateway token */
  apiToken?: Token | undefined;
  /**
   * `"compat"` speaks to the gateway itself; `"rest"` to its successor in Cloudflare's API, which knows no key aliases and no dynamic routes.
   * @default "compat"
   */
  endpoint?: "compat" | "rest" | undefined;
  /** For a proxy of your own before the gateway. @default "https://gateway.ai.cloudflare.com" */
  baseUrl?: string | undefined;
  /** For a proxy of your own before Cloudflare's API. @default "https://api.cloudflare.com/client/v4" */
  apiBaseUrl?: string | undefined;
  /** Host name of a custom domain of the gateway; ids and token become optional, for Cloudflare Access may stand in for the token. */
  customDomain?: string | undefined;
  /** The Workers binding `env.AI`: no account id and no token are needed. */
  binding?: AiBinding | undefined;
  /** Sends the requests. @default the global `fetch`, looked up at each request */
  fetch?: Fetch | undefined;
  /** Rows added to, or laid over, the built-in provider table: what a new or custom provider is called and can do. */
  providers?: Record<string, ProviderProfile> | undefined;
  /** Validates JSON Schema. @default ajv; an interpreting validator where code generation from strings is refused */
  validator?: SchemaValidator | undefined;
  /** Keeps a Worker alive for background tasks: `ctx.waitUntil`. */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /** Checks each answer against the spec: a difference becomes a warning, or an error. @default "off" */
  validateResponses?: "off" | "warn" | "throw" | undefined;
  /** Allows a token in a page, where every visitor can read it. @default false */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** Where chats go. */
export type ChatRoute =
  | { kind: "compat"; accountId: string; gatewayId: string }
  | { kind: "custom-domain" }
  | { kind: "rest"; accountId: string; gatewayId: string };

/** The configuration, checked and complete. */
export interface Settings {
  route: ChatRoute;
  endpoint: "compat" | "rest";
  chatBaseUrl: string;
  apiBaseUrl: string;
  /** For the logs; undefined with a custom domain whose ids were not given. */
  accountId: string | undefined;
  gatewayId: string | undefined;
  chatToken: Token | undefined;
  apiToken: Token | undefined;
  fetch: Fetch | undefined;
  binding: AiBinding | undefined;
  providers: Record<string, ProviderProfile> | undefined;
  validator: SchemaValidator | undefined;
  waitUntil: ((promise: Promise<unknown>) => void) | undefined;
  validateResponses: "off" | "warn" | "throw";
  defaults: ChatDefaults;
}

const gatewayHost = "https://gateway.ai.cloudflare.com";
const apiHost = "https://api.cloudflare.com/client/v4";

/** Checks the configuration, completes it from the environment, and throws one ConfigurationError with every problem. */
export function resolveConfig(config: GatewayConfig, environment: Environment = readEnvironment()): Settings {
  const problems: OptionProblem[] = [];
  const report = (option: string, message: string, env?: string) =>
    problems.push(env ? { option, message, env } : { option, message });

  const endpoint = config.endpoint ?? "compat";
  if (endpoint !== "compat" && endpoint !== "rest") report("endpoint", `must be "compat" or "rest", not ${kindOf(endpoint)}`);
  const { binding, customDomain } = config;
  if (customDomain !== undefined && endpoint === "rest") report("customDomain", 'is not served by endpoint "rest": use "compat"');
  if (binding !== undefined && endpoint === "rest")
    report("binding", 'speaks to the compat endpoint: leave endpoint out, or set it to "compat"');
  if (binding !== undefined && customDomain !== undefined)
    report("customDomain", "and binding exclude each other: give one of them");
  if (binding !== undefined && typeof binding?.gateway !== "function")
    report("binding", `must be a Workers AI binding (env.AI), not ${kindOf(binding)}`);

  const direct = binding === undefined && customDomain === undefined;
  const id = (option: "accountId" | "gatewayId", required: boolean): string | undefined => {
    const env = variables[option];
    const value: unknown = config[option] ?? environment[option];
    if (value === undefined) {
      if (required) report(option, `is missing: pass it, or set ${env}`, env);
      return undefined;
    }
    if (typeof value === "string" && /^[\w-]{1,64}$/.test(value)) return value;
    report(
      option,
      `must be 1 to 64 letters, digits, _ and -, not ${value === "" ? "an empty text" : typeof value === "string" ? "a text with other characters or of another length" : kindOf(value)}; pass it, or set ${env}`,
      env,
    );
    return undefined;
  };
  const accountId = id("accountId", direct);
  const gatewayId = id("gatewayId", customDomain === undefined);

  const token = (option: "gatewayToken" | "apiToken"): Token | undefined => {
    const env = variables[option];
    const value: unknown = config[option] ?? environment[option];
    if (value === undefined || typeof value === "function") return value as Token | undefined;
    const problem = tokenProblem(value);
    if (problem) report(option, `${problem}; pass it, or set ${env}`, env);
    return problem ? undefined : (value as string);
  };
  const given = problems.length;
  const gatewayToken = token("gatewayToken");
  const ownApiToken = token("apiToken");
  const tokensAreSound = problems.length === given;
  const apiToken = ownApiToken ?? gatewayToken;
  const chatToken = binding ? undefined : endpoint === "rest" ? apiToken : gatewayToken;
  const page = isPage();
  const proxy = endpoint === "rest" ? "apiBaseUrl" : "baseUrl";
  if (page && !config.dangerouslyAllowBrowser) {
    for (const [option, given] of Object.entries({ gatewayToken, apiToken: ownApiToken })) {
      if (given === undefined) continue;
      report(
        option,
        `must not be in a page, where every visitor can read it: send the requests to a server of your own (${proxy}) that adds it, or set dangerouslyAllowBrowser`,
      );
    }
  }
  const ownProxy = page && config[proxy] !== undefined;
  if (direct && chatToken === undefined && tokensAreSound && !ownProxy) {
    const option = endpoint === "rest" ? "apiToken" : "gatewayToken";
    report(option, `is missing: pass it, or set ${variables[option]}`, variables[option]);
  }

  const url = (option: "baseUrl" | "apiBaseUrl", standard: string): string => {
    const value: unknown = config[option];
    if (value === undefined) return standard;
    const problem = urlProblem(value);
    if (problem) report(option, problem);
    return problem ? standard : (value as string).replace(/\/+$/, "");
  };
  const baseUrl = url("baseUrl", gatewayHost);
  const apiBaseUrl = url("apiBaseUrl", apiHost);
  if (
    customDomain !== undefined &&
    !(typeof customDomain === "string" && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(customDomain))
  ) {
    const given = typeof customDomain === "string" ? "" : `, not ${kindOf(customDomain)}`;
    report("customDomain", `must be a host name without scheme and path, such as "ai.example.com"${given}`);
  }

  if (config.fetch !== undefined && typeof config.fetch !== "function")
    report("fetch", `must be a function, not ${kindOf(config.fetch)}`);
  if (config.waitUntil !== undefined && typeof config.waitUntil !== "function")
    report("waitUntil", `must be a function, not ${kindOf(config.waitUntil)}`);
  if (config.validator !== undefined && typeof config.validator?.compile !== "function")
    report("validator", "must have a function compile");
  if (![undefined, "off", "warn", "throw"].includes(config.validateResponses)) {
    report("validateResponses", `must be "off", "warn" or "throw", not ${kindOf(config.validateResponses)}`);
  }
  if (config.dangerouslyAllowBrowser !== undefined && typeof config.dangerouslyAllowBrowser !== "boolean")
    report("dangerouslyAllowBrowser", `must be true or false, not ${kindOf(config.dangerouslyAllowBrowser)}`);
  if (config.providers !== undefined) problems.push(...checkProviders(config.providers));

  const defaults: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(config)) {
    if (ownOptions.has(option)) continue;
    // A copy: what has been checked is not to change.
    defaults[option] = plainObject(value) === undefined ? { ...(value as object) } : value;
  }
  for (const problem of checkChatOptions(defaults, endpoint)) {
    problems.push(problem);
  }
  for (const option of Object.keys(defaults)) {
    if (!isChatDefault(option) && defaults[option] !== undefined && !problems.some((problem) => problem.option === option)) {
      report(option, "belongs to a single call: pass it to chat() or stream()");
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems);

  const ids = { accountId: accountId ?? "", gatewayId: gatewayId ?? "" };
  return {
    route: customDomain !== undefined ? { kind: "custom-domain" } : { kind: endpoint, ...ids },
    endpoint,
    chatBaseUrl: customDomain !== undefined ? `https://${customDomain}` : endpoint === "rest" ? apiBaseUrl : baseUrl,
    apiBaseUrl,
    accountId,
    gatewayId,
    chatToken,
    apiToken,
    fetch: config.fetch,
    binding,
    providers: config.providers,
    validator: config.validator,
    waitUntil: config.waitUntil,
    validateResponses: config.validateResponses ?? "off",
    defaults: defaults as ChatDefaults,
  };
}

const ownOptions: ReadonlySet<string> = new Set([
  "accountId",
  "gatewayId",
  "gatewayToken",
  "apiToken",
  "endpoint",
  "baseUrl",
  "apiBaseUrl",
  "customDomain",
  "binding",
  "fetch",
  "providers",
  "validator",
  "waitUntil",
  "validateResponses",
  "dangerouslyAllowBrowser",
] satisfies (keyof GatewayConfig)[]);

function urlProblem(value: unknown): string | undefined {
  const example = 'such as "https://ai-proxy.example.com"';
  if (typeof value !== "string") return `must be an absolute URL, ${example}, not ${kindOf(value)}`;
  if (/[\x00-\x20\\]/.test(value)) return `must not hold spaces, line breaks or backslashes`;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return `must be an absolute URL, ${example}`;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return `must begin with https:// or http://`;
  if (url.username || url.password) return "must not hold a user name or a password";
  if (value.includes("?") || value.includes("#"))
    return "must not hold a query or a fragment: the request's path is put behind it";
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(value.slice(value.indexOf("//") + 2)))
    return "must not hold . or .. as a step of its path";
  return undefined;
}

/** A page, rather than a server-side runtime that happens to have a window (jsdom on Node). */
function isPage(): boolean {
  return (
    typeof globalThis.window === "object" && globalThis.window?.document !== undefined && !globalThis.process?.versions?.node
  );
}
