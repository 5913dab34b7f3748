import type { SchemaValidator } from "../schema.ts";
import type { ChatDefaults } from "./chat-options.ts";
import type { AiBinding, Fetch, Telemetry, Token } from "./gateway-config.ts";
import type { ProviderProfile } from "./provider-profile.ts";

/** The configuration, checked and complete. */
export interface Settings {
  endpoint: "compat" | "rest";
  /** The gateway's own host, whose paths hold no ids. */
  customDomain: string | undefined;
  chatBaseUrl: string;
  apiBaseUrl: string;
  /** Undefined only where none is needed: with a custom domain, or a binding. */
  accountId: string | undefined;
  /** Undefined only with a custom domain. */
  gatewayId: string | undefined;
  chatToken: Token | undefined;
  apiToken: Token | undefined;
  fetch: Fetch | undefined;
  binding: AiBinding | undefined;
  providers: Record<string, ProviderProfile> | undefined;
  validator: SchemaValidator | undefined;
  waitUntil: ((promise: Promise<unknown>) => void) | undefined;
  validateResponses: "off" | "warn" | "throw";
  telemetry: Telemetry | undefined;
  defaults: ChatDefaults;
}
