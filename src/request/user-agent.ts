/** The package's version; a test compares it with package.json. */
export const version = "0.1.0";

/** The header that identifies the client in the gateway's logs. Not sent by browsers, where it would cause a preflight request. */
export function userAgent(): { "user-agent"?: string } {
  const inBrowser =
    typeof globalThis.window === "object" && globalThis.window?.document !== undefined && !globalThis.process?.versions?.node;
  return inBrowser ? {} : { "user-agent": `cf-ai-gateway/${version}` };
}
