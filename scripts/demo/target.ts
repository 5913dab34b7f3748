/** The gateway for the demo, chosen by the environment. */
export type Target =
  | { kind: "local" }
  | { kind: "real"; baseUrl: string | undefined }
  | { kind: "unclear"; present: string[]; missing: string[] };

const variables = ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_GATEWAY_ID", "CLOUDFLARE_GATEWAY_TOKEN"];

/** The real gateway if all three variables are set, the local one if none is; anything else is a mistake. */
export function readTarget(environment: Readonly<Record<string, string | undefined>>): Target {
  const present = variables.filter((name) => environment[name]);
  if (present.length === 0) return { kind: "local" };
  if (present.length === variables.length) return { kind: "real", baseUrl: environment.DEMO_BASE_URL || undefined };
  return { kind: "unclear", present, missing: variables.filter((name) => !environment[name]) };
}
