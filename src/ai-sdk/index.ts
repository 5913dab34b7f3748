export { type CloudflareGatewayProvider, createCloudflareGateway } from "./provider.ts";
