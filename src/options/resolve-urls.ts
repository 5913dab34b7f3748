import type { GatewayConfig } from "./gateway-config.ts";
import { describe, type OptionProblem } from "./validators.ts";

const defaultUrls = {
  baseUrl: "https://gateway.ai.cloudflare.com",
  apiBaseUrl: "https://api.cloudflare.com/client/v4",
} as const;

type UrlOption = keyof typeof defaultUrls;

/** The paths that the client appends to each base URL. A full URL, pasted as the base, already contains one. */
const requestPaths: Readonly<Record<UrlOption, RegExp>> = {
  baseUrl: /\/(?:v1\/[^/]+\/[^/]+\/)?(?:compat|chat\/completions)(?:\/|$)/i,
  apiBaseUrl: /\/(?:accounts\/|ai\/v1(?:\/|$)|chat\/completions(?:\/|$))/i,
};

/** Returns the base URL without trailing slashes, or the problem with it. */
export function resolveUrl(option: UrlOption, config: GatewayConfig): { url: string; problems: OptionProblem[] } {
  const value: unknown = config[option];
  if (value === undefined) return { url: defaultUrls[option], problems: [] };
  const problem = urlProblem(value) ?? pathProblem(option, new URL(String(value)));
  return problem === undefined
    ? { url: String(value).replace(/\/+$/, ""), problems: [] }
    : { url: defaultUrls[option], problems: [{ option, message: problem }] };
}

function urlProblem(value: unknown): string | undefined {
  const expected = 'must be an absolute URL such as "https://ai-proxy.example.com"';
  if (typeof value !== "string") return `${expected}, got ${describe(value)}`;
  if (/[\x00-\x20\\]/.test(value)) return "must not contain spaces, line breaks or backslashes";
  if (!URL.canParse(value)) return expected;
  const url = new URL(value);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must start with https:// or http://";
  if (url.username || url.password) return "must not contain a user name or password";
  if (value.includes("?") || value.includes("#"))
    return "must not contain a query or a fragment: the request's path is appended to it";
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(value.slice(value.indexOf("//") + 2)))
    return 'must not contain the path segments "." or ".."';
  return undefined;
}

/** Finds a path that the client appends itself; the message shows what to pass instead. */
function pathProblem(option: UrlOption, url: URL): string | undefined {
  const path = url.pathname.replace(/\/+$/, "");
  const defaultUrl = defaultUrls[option];
  const isCloudflareHost = url.host === new URL(defaultUrl).host;
  const defaultPath = new URL(defaultUrl).pathname.replace(/\/+$/, "");
  if (isCloudflareHost) {
    if (path === defaultPath) return undefined;
    return `must be "${defaultUrl}" on Cloudflare's own host, which is the default: the client appends the rest of the path`;
  }
  const pasted = requestPaths[option].exec(path);
  if (!pasted) return undefined;
  const base = url.origin + path.slice(0, pasted.index);
  return `must be "${base}": the client appends the rest of the path`;
}

/** Checks the host name of a custom domain. */
export function customDomainProblem(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(value)) return undefined;
  const expected = "must be a host name without scheme or path";
  const pasted = typeof value === "string" && /^https?:\/\/[a-z0-9.-]+(:\d+)?(\/|$)/i.test(value) && URL.canParse(value);
  const host = pasted ? new URL(value).host : "ai.example.com";
  return `${expected}, such as "${host}"${typeof value === "string" ? "" : `, got ${describe(value)}`}`;
}
