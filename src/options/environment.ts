/** The variables that stand in for options of a gateway that are not given. */
export const variables = {
  accountId: "CLOUDFLARE_ACCOUNT_ID",
  gatewayId: "CLOUDFLARE_GATEWAY_ID",
  gatewayToken: "CLOUDFLARE_GATEWAY_TOKEN",
  apiToken: "CLOUDFLARE_API_TOKEN",
} as const;

export type Environment = { readonly [Option in keyof typeof variables]: string | undefined };

/** What the environment holds now; an empty variable counts as unset. */
export function readEnvironment(): Environment {
  const entries = Object.entries(variables).map(([option, name]) => [option, environmentVariable(name)]);
  return Object.fromEntries(entries) as Environment;
}

function environmentVariable(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined;
  } catch {
    // Deno refuses the environment without --allow-env.
    return undefined;
  }
}
