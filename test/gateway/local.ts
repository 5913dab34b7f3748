import { createGateway, type Gateway, type GatewayConfig } from "cf-ai-gateway";
import type { LocalGateway } from "cf-ai-gateway/testing";

/** A client of a local gateway, on the compat endpoint unless told otherwise. */
export const clientOf = (local: LocalGateway, config: GatewayConfig = {}): Gateway =>
  createGateway({
    baseUrl: local.url,
    apiBaseUrl: local.apiUrl,
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken: "test-token",
    provider: "openai",
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...config,
  });
