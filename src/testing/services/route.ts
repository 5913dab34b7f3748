export interface ChatRoute {
  kind: "chat";
  endpoint: "compat" | "rest";
  account: string;
  gateway: string;
  isCustomDomain: boolean;
}

export interface LogsRoute {
  kind: "logs";
  gateway: string;
  /** Absent for the list. */
  logId: string | undefined;
}

const patterns = {
  compat: /\/v1\/([^/]+)\/([^/]+)\/compat\/chat\/completions$/,
  customDomain: /^\/compat\/chat\/completions$/,
  rest: /\/accounts\/([^/]+)\/ai\/v1\/chat\/completions$/,
  logs: /\/accounts\/[^/]+\/ai-gateway\/gateways\/([^/]+)\/logs(?:\/([^/]+))?$/,
};

/** Finds the endpoint of a path, ignoring any prefix of a proxy or `/client/v4`. On `rest` a header names the gateway. */
export function matchRoute(path: string, headers: Headers): ChatRoute | LogsRoute | undefined {
  const compat = patterns.compat.exec(path);
  if (compat)
    return { kind: "chat", endpoint: "compat", account: part(compat[1]), gateway: part(compat[2]), isCustomDomain: false };
  if (patterns.customDomain.test(path)) {
    return { kind: "chat", endpoint: "compat", account: "custom-domain", gateway: "custom-domain", isCustomDomain: true };
  }
  const rest = patterns.rest.exec(path);
  if (rest) {
    const gateway = headers.get("cf-aig-gateway-id") ?? "default";
    return { kind: "chat", endpoint: "rest", account: part(rest[1]), gateway, isCustomDomain: false };
  }
  const logs = patterns.logs.exec(path);
  if (logs) return { kind: "logs", gateway: part(logs[1]), logId: logs[2] === undefined ? undefined : part(logs[2]) };
  return undefined;
}

function part(encoded: string | undefined): string {
  try {
    return decodeURIComponent(encoded ?? "");
  } catch {
    return encoded ?? "";
  }
}

/** Whether a chat request has the token: as gateway token on `compat`, where a custom domain also accepts an Access token, else as API token. */
export function hasToken(route: ChatRoute, headers: Headers, token: string): boolean {
  if (route.endpoint === "rest") return bearer(headers, "authorization") === token;
  return bearer(headers, "cf-aig-authorization") === token || (route.isCustomDomain && accessTokens(headers).includes(token));
}

/** Every token in a request. */
export function readTokens(headers: Headers): string[] {
  return [bearer(headers, "authorization"), bearer(headers, "cf-aig-authorization"), ...accessTokens(headers)].filter(
    (token) => token !== undefined,
  );
}

const bearer = (headers: Headers, name: string): string | undefined => /^Bearer (.+)$/.exec(headers.get(name) ?? "")?.[1];

function accessTokens(headers: Headers): string[] {
  const inCookie = /(?:^|;\s*)CF_Authorization=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1];
  return [headers.get("cf-access-token") ?? undefined, inCookie].filter((token) => token !== undefined);
}
