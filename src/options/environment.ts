/** The environment variables that are read for gateway options that are not set. */
export const variables = {
  accountId: "CLOUDFLARE_ACCOUNT_ID",
  gatewayId: "CLOUDFLARE_GATEWAY_ID",
  gatewayToken: "CLOUDFLARE_GATEWAY_TOKEN",
  apiToken: "CLOUDFLARE_API_TOKEN",
} as const;

export type Environment = { readonly [Option in keyof typeof variables]: string | undefined };

/** Reads the current environment; an empty variable counts as unset. */
export function readEnvironment(): Environment {
  const entries = Object.entries(variables).map(([option, name]) => [option, environmentVariable(name)]);
  return Object.fromEntries(entries) as Environment;
}

function environmentVariable(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined;
  } catch {
    // Deno throws without --allow-env.
    return undefined;
  }
}
