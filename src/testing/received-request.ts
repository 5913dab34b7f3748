import type { FixtureStore } from "./fixtures/fixture-store.ts";
import type { LocalGatewayOptions } from "./options.ts";

/** A request, whatever received it. */
export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Headers;
  /** `""` without one. */
  body: string;
}

/** What all sessions share. */
export interface GatewaySetup {
  options: LocalGatewayOptions;
  fixtures: FixtureStore | undefined;
}
