/** Which of the gateway's endpoints a path names. */
export type Route =
  | { kind: "chat"; endpoint: "compat" | "rest"; account: string; gateway: string; customDomain: boolean }
  | { kind: "logs"; gateway: string; logId: string | undefined };

const patterns = {
  compat: /\/v1\/([^/]+)\/([^/]+)\/compat\/chat\/completions$/,
  customDomain: /^\/compat\/chat\/completions$/,
  rest: /\/accounts\/([^/]+)\/ai\/v1\/chat\/completions$/,
  logs: /\/accounts\/[^/]+\/ai-gateway\/gateways\/([^/]+)\/logs(?:\/([^/]+))?$/,
};

/** Paths may have anything in front: a proxy's prefix, `/client/v4`. On `rest` the gateway is named by a header. */
export function matchRoute(path: string, headers: Headers): Route | undefined {
  const compat = patterns.compat.exec(path);
  if (compat)
    return { kind: "chat", endpoint: "compat", account: part(compat[1]), gateway: part(compat[2]), customDomain: false };
  if (patterns.customDomain.test(path)) {
    return { kind: "chat", endpoint: "compat", account: "custom-domain", gateway: "custom-domain", customDomain: true };
  }
  const rest = patterns.rest.exec(path);
  if (rest) {
    const gateway = headers.get("cf-aig-gateway-id") ?? "default";
    return { kind: "chat", endpoint: "rest", account: part(rest[1]), gateway, customDomain: false };
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
