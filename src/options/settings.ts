import type { SchemaValidator } from "../schema.ts";
import type { ChatDefaults } from "./chat-options.ts";
import type { AiBinding, Fetch, Token } from "./connection.ts";
import type { ProviderProfile } from "./provider-profile.ts";
import type { Telemetry } from "./telemetry.ts";

/** The validated configuration, with defaults applied. */
export interface Settings {
  endpoint: "compat" | "rest";
  /** A host of the gateway's own; its paths contain no ids. */
  customDomain: string | undefined;
  chatBaseUrl: string;
  apiBaseUrl: string;
  /** Undefined only with a custom domain or a binding, which don't need it. */
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
