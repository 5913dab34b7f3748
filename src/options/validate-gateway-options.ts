import { type GatewayOptions, gatewayHeaderNames } from "./gateway-options.ts";
import { suggestName } from "./suggest-option.ts";
import { headerProblem } from "./validate-headers.ts";
import {
  boolean,
  type Check,
  describe,
  expect,
  integerBetween,
  integerFrom,
  isObject,
  nonEmptyString,
  type OptionProblem,
  oneOf,
  ownEntry,
  plainObject,
} from "./validators.ts";

/** What is sent as a header's value as it is. */
const headerText: Check = (value) => {
  const problem = nonEmptyString(value);
  if (problem) return problem;
  const unsafe = headerProblem(String(value), "ASCII");
  return unsafe ? { path: "", message: unsafe } : undefined;
};

/** What is sent as a comma-separated header. */
const list: Check = (value) => {
  if (!Array.isArray(value) || value.length === 0)
    return { path: "", message: `must be a non-empty array of strings, got ${describe(value)}` };
  return Array.from(value).every((entry) => !headerText(entry) && !String(entry).includes(","))
    ? undefined
    : { path: "", message: "must contain only non-empty ASCII strings without commas" };
};

const hexadecimal = (length: number): Check =>
  expect(
    `a string of ${length} hexadecimal characters`,
    (value) => typeof value === "string" && value.length === length && /^[0-9a-f]+$/i.test(value),
  );

const maxMetadataEntries = 5;

const metadata: Check = (value) => {
  const problem = plainObject(value);
  if (problem || !isObject(value)) return problem;
  const entries = Object.entries(value);
  if (entries.length > maxMetadataEntries)
    return {
      path: "",
      message: `must have at most ${maxMetadataEntries} entries, got ${entries.length}: the gateway silently drops the rest`,
    };
  for (const [key, entry] of entries) {
    if (key === "" || key.startsWith("cf."))
      return { path: "", message: `has the key "${key}": keys must not be empty or start with "cf.", which is reserved` };
    if (!(typeof entry === "string" || typeof entry === "boolean" || Number.isFinite(entry)))
      return {
        path: "",
        message: `must have strings, numbers or booleans as values, got ${describe(entry)} under "${key}": the gateway ignores other metadata`,
      };
  }
  return undefined;
};

const prices: Readonly<Record<string, "required" | "optional">> = {
  perTokenIn: "required",
  perTokenOut: "required",
  perCacheReadToken: "optional",
  perCacheWriteToken: "optional",
};

const customCost: Check = (value) => {
  const problem = plainObject(value);
  if (problem || !isObject(value)) return problem;
  const isTotal = "totalCost" in value;
  const known = isTotal ? { totalCost: "required" } : prices;
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    return isTotal
      ? { path: "", message: `must be either { totalCost } or prices per token, got totalCost together with ${unknown}` }
      : {
          path: "",
          message: `has the unknown price "${unknown}"; the prices are ${[...Object.keys(prices), "totalCost"].join(", ")}`,
        };
  for (const [name, need] of Object.entries(known)) {
    const price = value[name];
    if (price === undefined && need === "optional") continue;
    if (typeof price !== "number" || !Number.isFinite(price) || price < 0)
      return {
        path: "",
        message: `must have ${name} in US dollars${isTotal ? "" : " per token"}, got ${describe(price)}`,
      };
  }
  return undefined;
};

const checks: Readonly<Record<keyof GatewayOptions, Check>> = {
  cacheTtl: integerBetween(60, 2_592_000, "seconds"),
  skipCache: boolean,
  cacheKey: headerText,
  metadata,
  collectLog: boolean,
  collectLogPayload: boolean,
  requestTimeout: integerFrom(1),
  maxAttempts: integerBetween(1, 5, "attempts"),
  retryDelay: integerBetween(100, 5000, "milliseconds"),
  backoff: oneOf("constant", "linear", "exponential"),
  customCost,
  byokAlias: headerText,
  allowUnifiedBilling: boolean,
  zdr: boolean,
  eventId: headerText,
  traceId: hexadecimal(32),
  parentSpanId: hexadecimal(16),
  sessionId: headerText,
  turnId: headerText,
  sessionAffinity: boolean,
  allowedModels: list,
  allowedProviders: list,
};

export const gatewayOptionNames: readonly string[] = Object.keys(checks);

/** What is wrong with the gateway's options. */
export function checkGatewayOptions(options: GatewayOptions, endpoint: "compat" | "rest"): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const check = ownEntry<Check>(checks, name);
    const problem = check?.(value);
    const header = ownEntry<string>(gatewayHeaderNames, name);
    if (problem) problems.push({ option: `gateway.${name}`, message: `${problem.message} (header ${header})` });
    if (!check) {
      const meant = suggestName(name, gatewayOptionNames);
      const advice = meant ? `Did you mean "gateway.${meant}"?` : `The gateway's options are ${gatewayOptionNames.join(", ")}.`;
      problems.push({ option: `gateway.${name}`, message: `Unknown option "gateway.${name}". ${advice}` });
    }
  }
  if (options.zdr && !options.allowUnifiedBilling)
    problems.push({
      option: "gateway.zdr",
      message: "only works with Unified Billing: set gateway.allowUnifiedBilling as well, or leave it out (header cf-aig-zdr)",
    });
  if (endpoint === "rest" && options.byokAlias !== undefined && options.byokAlias !== "default")
    problems.push({
      option: "gateway.byokAlias",
      message:
        'is not available on endpoint "rest", which only uses the key stored as "default": use endpoint "compat" (header cf-aig-byok-alias)',
    });
  return problems;
}
