/** The key of this provider in `providerOptions` and `providerMetadata`. */
export const providerKey = "cf-ai-gateway";
