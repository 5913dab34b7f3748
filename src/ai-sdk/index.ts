/**
 * A provider for the AI SDK.
 *
 * @module cf-ai-gateway/ai-sdk
 */

export { type CloudflareGatewayProvider, createCloudflareGateway } from "./provider.ts";
