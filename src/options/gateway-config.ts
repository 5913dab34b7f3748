import type { SchemaValidator } from "../schema.ts";
import type { ChatDefaults } from "./chat-options.ts";
import type { ProviderProfile } from "./provider-profile.ts";

/** A token, or a function that is called for one before each request, and once more after a 401. */
export type Token = string | (() => string | Promise<string>);

/** Sends a request. It is called with an absolute URL and a string as body. @inline */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The binding of Workers AI, `env.AI`, as far as the client needs it. */
export interface AiBinding {
  /** The gateway of that id; `run` sends a request to it. */
  gateway(id: string): {
    run(request: object, options?: object): Promise<Response>;
    getLog?(id: string): Promise<unknown>;
    patchLog?(id: string, patch: object): Promise<void>;
  };
}

/** Observes chats, turns and tools; it may run the work within a context of its own, and calls `work` exactly once. */
export interface Telemetry {
  /** Runs `work` and returns what it returns. `work` calls `end` once, when the operation is over, with what is known by then. */
  run<T>(
    operation: { kind: "chat" | "turn" | "tool"; attributes: Record<string, unknown> },
    work: (end: (attributes: Record<string, unknown>, error?: unknown) => void) => T,
  ): T;
}

/** How to reach the gateway, and defaults for every chat. */
export interface GatewayConfig extends ChatDefaults {
  /** The Cloudflare account's id. @default the environment's CLOUDFLARE_ACCOUNT_ID */
  accountId?: string | undefined;
  /** The gateway's id (its name in the dashboard); `default` is one that Cloudflare creates by itself. @default CLOUDFLARE_GATEWAY_ID */
  gatewayId?: string | undefined;
  /** Authenticates with the gateway; sent as `cf-aig-authorization`, the only authentication header there. @default CLOUDFLARE_GATEWAY_TOKEN */
  gatewayToken?: Token | undefined;
  /** A Cloudflare API token, for `endpoint: "rest"` and for the logs; sent as `Authorization` there. @default CLOUDFLARE_API_TOKEN, then the gateway token */
  apiToken?: Token | undefined;
  /**
   * `"compat"` sends chats to the gateway itself; `"rest"` to its successor in Cloudflare's API, which knows no key aliases.
   * @default "compat"
   */
  endpoint?: "compat" | "rest" | undefined;
  /** For a proxy of your own in front of the gateway. @default "https://gateway.ai.cloudflare.com" */
  baseUrl?: string | undefined;
  /** For a proxy of your own in front of Cloudflare's API. @default "https://api.cloudflare.com/client/v4" */
  apiBaseUrl?: string | undefined;
  /** Host name of the gateway's custom domain; ids and token become optional, since Cloudflare Access may stand in for the token. */
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
  /** Checks each response against the spec: a difference becomes a warning, or an error. @default "off" */
  validateResponses?: "off" | "warn" | "throw" | undefined;
  /** Observes chats, turns and tools: `otelTelemetry()` of `cf-ai-gateway/otel`. */
  telemetry?: Telemetry | undefined;
  /** Allows a token in a browser, where every visitor can read it. @default false */
  dangerouslyAllowBrowser?: boolean | undefined;
}
