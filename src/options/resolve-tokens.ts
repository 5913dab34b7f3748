import { tokenProblem } from "../errors/token-problem.ts";
import type { Token } from "./connection.ts";
import { type Environment, variables } from "./environment.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import type { OptionProblem } from "./validators.ts";

export interface ResolvedTokens {
  /** Sent with chats; undefined where none is needed. */
  chatToken: Token | undefined;
  /** Sent to Cloudflare's API: the logs, and chats on `rest`. */
  apiToken: Token | undefined;
  problems: OptionProblem[];
}

/** Resolves the tokens from the options or the environment; reports those that are missing or not allowed in a browser. */
export function resolveTokens(config: GatewayConfig, environment: Environment): ResolvedTokens {
  const gateway = readToken("gatewayToken", config, environment);
  const api = readToken("apiToken", config, environment);
  const problems = [...gateway.problems, ...api.problems];
  const isValid = problems.length === 0;
  const usesRest = config.endpoint === "rest";
  const apiToken = api.token ?? gateway.token;
  const chatToken = usesRest ? apiToken : gateway.token;
  const proxy = usesRest ? "apiBaseUrl" : "baseUrl";
  const inBrowser = isBrowser();

  if (inBrowser && !config.dangerouslyAllowBrowser) {
    const message = `must not be used in a browser, where every visitor can read it: send requests to your own server (${proxy}), which adds the token, or set dangerouslyAllowBrowser`;
    if (gateway.token !== undefined) problems.push({ option: "gatewayToken", message });
    if (api.token !== undefined) problems.push({ option: "apiToken", message });
  }
  const isDirect = config.binding === undefined && config.customDomain === undefined;
  const proxyAddsToken = inBrowser && config[proxy] !== undefined;
  if (isDirect && chatToken === undefined && isValid && !proxyAddsToken) {
    const option = usesRest ? "apiToken" : "gatewayToken";
    const env = variables[option];
    problems.push({ option, message: `is missing: pass it or set ${env}`, env });
  }
  return { chatToken: config.binding === undefined ? chatToken : undefined, apiToken, problems };
}

function readToken(
  option: "gatewayToken" | "apiToken",
  config: GatewayConfig,
  environment: Environment,
): { token: Token | undefined; problems: OptionProblem[] } {
  const token = config[option] ?? environment[option];
  const problem = token === undefined || typeof token === "function" ? undefined : tokenProblem(token);
  if (problem === undefined) return { token, problems: [] };
  const env = variables[option];
  return { token: undefined, problems: [{ option, message: `${problem}; pass it or set ${env}`, env }] };
}

/** A browser, rather than a server-side runtime that happens to have a window (jsdom on Node). */
function isBrowser(): boolean {
  return (
    typeof globalThis.window === "object" && globalThis.window?.document !== undefined && !globalThis.process?.versions?.node
  );
}
