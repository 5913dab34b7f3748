import { ConfigurationError } from "../errors/errors.ts";
import type { ChatDefaults } from "./chat-options.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { resolveId } from "./resolve-ids.ts";
import { resolveTokens } from "./resolve-tokens.ts";
import { customDomainProblem, resolveUrl } from "./resolve-urls.ts";
import { runCheck } from "./run-check.ts";
import type { Settings } from "./settings.ts";
import { checkChatOptions, checks, gatewayOnly, isChatDefault, isChatOption, unknownOption } from "./validate-options.ts";
import { checkProviders } from "./validate-providers.ts";
import {
  boolean,
  type Check,
  callable,
  describe,
  expect,
  isObject,
  type OptionProblem,
  oneOf,
  toOptionProblem,
} from "./validators.ts";

/** Checks the configuration, completes it from the environment, and throws one ConfigurationError with every problem. */
export function resolveConfig(config: GatewayConfig, environment: Environment = readEnvironment()): Settings {
  const { binding, customDomain, endpoint = "compat" } = config;
  const isDirect = binding === undefined && customDomain === undefined;
  const account = resolveId("accountId", config, environment, isDirect);
  const gateway = resolveId("gatewayId", config, environment, customDomain === undefined);
  const tokens = resolveTokens(config, environment);
  const base = resolveUrl("baseUrl", config);
  const apiBase = resolveUrl("apiBaseUrl", config);
  const { defaults, problems: defaultProblems } = resolveDefaults(config, endpoint);
  const problems = [
    ...checkRoute(config),
    ...[account, gateway, tokens, base, apiBase].flatMap(({ problems }) => problems),
    ...checkServices(config),
    ...defaultProblems,
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    endpoint,
    customDomain,
    chatBaseUrl: customDomain !== undefined ? `https://${customDomain}` : endpoint === "rest" ? apiBase.url : base.url,
    apiBaseUrl: apiBase.url,
    accountId: account.id,
    gatewayId: gateway.id,
    chatToken: tokens.chatToken,
    apiToken: tokens.apiToken,
    fetch: config.fetch,
    binding,
    providers: config.providers,
    validator: config.validator,
    waitUntil: config.waitUntil,
    validateResponses: config.validateResponses ?? "off",
    telemetry: config.telemetry,
    defaults,
  };
}

/** Checks the options that choose the server; only some combinations are valid. */
function checkRoute({ endpoint, binding, customDomain }: GatewayConfig): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const report = (option: string, message: string) => problems.push({ option, message });
  if (endpoint !== undefined && endpoint !== "compat" && endpoint !== "rest")
    report("endpoint", `must be "compat" or "rest", got ${describe(endpoint)}`);
  if (customDomain !== undefined && endpoint === "rest")
    report("customDomain", 'is not available on endpoint "rest"; use "compat"');
  if (binding !== undefined && endpoint === "rest")
    report("binding", 'uses the compat endpoint: leave endpoint out, or set it to "compat"');
  if (binding !== undefined && customDomain !== undefined)
    report("customDomain", "and binding are mutually exclusive; pass one of them");
  const domain = customDomainProblem(customDomain);
  if (domain) report("customDomain", domain);
  return problems;
}

const services: Readonly<Record<string, Check>> = {
  binding: expect("a Workers AI binding (env.AI)", (value) => typeof Object(value).gateway === "function"),
  fetch: callable,
  waitUntil: callable,
  validator: (value) =>
    isObject(value) && typeof value.compile === "function" ? undefined : { path: "", message: "must have a compile function" },
  validateResponses: oneOf(["off", "warn", "throw"]),
  telemetry: (value) =>
    isObject(value) && typeof value.run === "function" ? undefined : { path: "", message: "must have a run function" },
  dangerouslyAllowBrowser: boolean,
};

function checkServices(config: GatewayConfig): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [option, check] of Object.entries(services)) {
    const value: unknown = Reflect.get(config, option);
    if (value === undefined) continue;
    const found = runCheck(option, () => {
      const problem = check(value);
      return problem ? [toOptionProblem(option, problem)] : [];
    });
    problems.push(...found);
  }
  if (config.providers !== undefined) problems.push(...runCheck("providers", () => checkProviders(config.providers)));
  return problems;
}

/** Collects the chat defaults: all options other than the gateway's own. */
function resolveDefaults(
  config: GatewayConfig,
  endpoint: "compat" | "rest",
): { defaults: ChatDefaults; problems: OptionProblem[] } {
  const defaults: Record<string, unknown> = {};
  const problems: OptionProblem[] = [];
  for (const [option, value] of Object.entries({ ...config } as Record<string, unknown>)) {
    if (Object.hasOwn(gatewayOnly, option)) continue;
    if (isChatDefault(option)) {
      defaults[option] = value;
    } else if (value !== undefined) {
      const message = isChatOption(option)
        ? "is an option of a single chat: pass it to chat() or stream()"
        : unknownOption(option, [...Object.keys(gatewayOnly), ...Object.keys(checks).filter(isChatDefault)]);
      problems.push({ option, message });
    }
  }
  return { defaults, problems: [...checkChatOptions(defaults, endpoint), ...problems] };
}
