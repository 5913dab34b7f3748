import type { SchemaValidator } from "../schema.ts";
import type { ChatDefaults } from "./chat-options.ts";
import type { AiBinding, Fetch, Token } from "./connection.ts";
import type { ProviderProfile } from "./provider-profile.ts";
import type { Telemetry } from "./telemetry.ts";

/** How to reach the gateway, and defaults for every chat. */
export interface GatewayConfig extends ChatDefaults {
  /** The Cloudflare account's id. @default the environment's CLOUDFLARE_ACCOUNT_ID */
  accountId?: string | undefined;
  /** The gateway's id (its name in the dashboard); Cloudflare creates `default` automatically. @default CLOUDFLARE_GATEWAY_ID */
  gatewayId?: string | undefined;
  /** Authenticates with the gateway; sent as `cf-aig-authorization`, the only authentication header there. @default CLOUDFLARE_GATEWAY_TOKEN */
  gatewayToken?: Token | undefined;
  /** A Cloudflare API token, for `endpoint: "rest"` and for the logs; sent as `Authorization` there. @default CLOUDFLARE_API_TOKEN, then the gateway token */
  apiToken?: Token | undefined;
  /**
   * `"compat"` sends chats to the gateway itself; `"rest"` to its successor in Cloudflare's API, which has no key aliases.
   * @default "compat"
   */
  endpoint?: "compat" | "rest" | undefined;
  /** URL of your own proxy in front of the gateway. @default "https://gateway.ai.cloudflare.com" */
  baseUrl?: string | undefined;
  /** URL of your own proxy in front of Cloudflare's API. @default "https://api.cloudflare.com/client/v4" */
  apiBaseUrl?: string | undefined;
  /** Host name of the gateway's custom domain; ids and token become optional, since Cloudflare Access can replace the token. */
  customDomain?: string | undefined;
  /** The Workers binding `env.AI`: no account id and no token are needed. */
  binding?: AiBinding | undefined;
  /** Sends the requests. @default the global `fetch`, looked up at each request */
  fetch?: Fetch | undefined;
  /** Rows added to, or merged over, the built-in provider table: the names and capabilities of new or custom providers. */
  providers?: Record<string, ProviderProfile> | undefined;
  /** Validates JSON Schema. @default ajv; an interpreting validator where code generation from strings is blocked */
  validator?: SchemaValidator | undefined;
  /** Keeps a Worker alive for background tasks: `ctx.waitUntil`. */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /**
   * Compares each response with the spec. A difference becomes the warning `response-drift` or a `ProviderError`; it is reported by path
   * and type, never by content. A response without a readable answer is an error in either case, and its message reports the difference.
   * @default "off"
   */
  validateResponses?: "off" | "warn" | "throw" | undefined;
  /** Observes chats, turns and tools, for example `otelTelemetry()` from `cf-ai-gateway/otel`. */
  telemetry?: Telemetry | undefined;
  /** Allows a token in a browser, where every visitor can read it. @default false */
  dangerouslyAllowBrowser?: boolean | undefined;
}
