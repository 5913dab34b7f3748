/** Of the package; a test holds it to package.json. */
export const version = "0.1.0";

/** The header by which the gateway's logs tell clients apart. Browsers don't let a page set it, and would send a preflight request first. */
export function userAgent(): { "user-agent"?: string } {
  const inBrowser =
    typeof globalThis.window === "object" && globalThis.window?.document !== undefined && !globalThis.process?.versions?.node;
  return inBrowser ? {} : { "user-agent": `cf-ai-gateway/${version}` };
}
