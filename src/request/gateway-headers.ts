import type { GatewayOptions } from "../options/chat-options.ts";
import { flag, kindOf, type OptionProblem } from "../options/validators.ts";
import type { GatewayRequestHeaders } from "../wire.ts";

type HeaderName = keyof GatewayRequestHeaders & string;

interface HeaderRow<V> {
  header: HeaderName;
  /** What is wrong with the value, as the end of a sentence that starts with the option's name. */
  check(value: unknown): string | undefined;
  /** The header's value; undefined sends none. */
  write(value: V): string | undefined;
}

const wholeNumber =
  (unit: string, min: number, max = Number.MAX_SAFE_INTEGER) =>
  (value: unknown) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number of ${unit} ${max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`}, not ${kindOf(value)}`;

/** Header values travel as latin-1; a control character, a line break above all, could start another header. */
const unsafeInHeader = /[^\x20-\x7e\x80-\xff]/;

export const isHeaderSafe = (value: string): boolean => !unsafeInHeader.test(value) && value === value.trim();

const isAscii = (value: string): boolean => /^[\x20-\x7e]*$/.test(value);

const text = (value: unknown) =>
  typeof value !== "string" || value === ""
    ? `must be a text that is not empty, not ${value === "" ? "an empty one" : kindOf(value)}`
    : isHeaderSafe(value) && isAscii(value)
      ? undefined
      : "must not hold line breaks, other control characters, characters beyond ASCII, or spaces around it: it is sent as a header";

const hexadecimal = (length: number) => (value: unknown) =>
  typeof value === "string" && value.length === length && /^[0-9a-f]+$/i.test(value)
    ? undefined
    : `must be ${length} hexadecimal characters`;

const list = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => text(entry) === undefined && !entry.includes(","))
    ? undefined
    : `must be a list of names without commas, at least one, not ${kindOf(value)}`;

const oneOf =
  (...words: string[]) =>
  (value: unknown) =>
    words.includes(value as string) ? undefined : `must be ${words.map((word) => `"${word}"`).join(", ")}, not ${kindOf(value)}`;

function metadata(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `must be an object of texts, numbers and booleans, not ${kindOf(value)}`;
  const entries = Object.entries(value);
  if (entries.length > 5) return `must have at most 5 entries, not ${entries.length}: the gateway drops the others silently`;
  for (const [key, entry] of entries) {
    if (key === "" || key.startsWith("cf."))
      return `has the key "${key}": keys must not be empty or start with "cf.", which is reserved`;
    if (!(typeof entry === "string" || typeof entry === "boolean" || Number.isFinite(entry)))
      return `has ${kindOf(entry)} under "${key}": values must be texts, numbers or booleans, or the gateway ignores them all`;
  }
  return undefined;
}

function customCost(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `must be an object of prices, not ${kindOf(value)}`;
  const prices = value as Record<string, unknown>;
  for (const name of Object.keys(prices)) {
    if (!Object.hasOwn(costFields, name))
      return `has the unknown price "${name}": known are ${Object.keys(costFields).join(", ")}`;
  }
  for (const name of Object.keys(costFields)) {
    const price = prices[name];
    if (price === undefined && !name.startsWith("perToken")) continue;
    if (!Number.isFinite(price) || (price as number) < 0)
      return `needs ${name} to be a price in US dollars per token, not ${kindOf(price)}`;
  }
  return undefined;
}

const costFields = {
  perTokenIn: "per_token_in",
  perTokenOut: "per_token_out",
  perCacheReadToken: "per_cache_read_token",
  perCacheWriteToken: "per_cache_write_token",
} as const;

/** JSON whose characters all fit a header. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

const number = (value: number) => `${value}`;
const boolean = (value: boolean) => `${value}`;
const whenTrue = (value: boolean) => (value ? "true" : undefined);
const asIs = (value: string) => value;
const commas = (value: string[]) => value.join(",");

type Rows = { [Option in keyof GatewayOptions]-?: HeaderRow<NonNullable<GatewayOptions[Option]>> };

/** Every gateway option: its header, its bounds, its form on the wire. The bounds are those of the spec's parameters. */
export const gatewayHeaderRows: Rows = {
  cacheTtl: { header: "cf-aig-cache-ttl", check: wholeNumber("seconds", 60, 2_592_000), write: number },
  skipCache: { header: "cf-aig-skip-cache", check: flag, write: whenTrue },
  cacheKey: { header: "cf-aig-cache-key", check: text, write: asIs },
  metadata: { header: "cf-aig-metadata", check: metadata, write: asciiJson },
  collectLog: { header: "cf-aig-collect-log", check: flag, write: boolean },
  collectLogPayload: { header: "cf-aig-collect-log-payload", check: flag, write: boolean },
  requestTimeout: { header: "cf-aig-request-timeout", check: wholeNumber("milliseconds", 1), write: number },
  maxAttempts: { header: "cf-aig-max-attempts", check: wholeNumber("attempts", 1, 5), write: number },
  retryDelay: { header: "cf-aig-retry-delay", check: wholeNumber("milliseconds", 100, 5000), write: number },
  backoff: { header: "cf-aig-backoff", check: oneOf("constant", "linear", "exponential"), write: asIs },
  customCost: {
    header: "cf-aig-custom-cost",
    check: customCost,
    write: (cost) =>
      asciiJson(
        Object.fromEntries(Object.entries(cost).map(([name, price]) => [costFields[name as keyof typeof costFields], price])),
      ),
  },
  byokAlias: { header: "cf-aig-byok-alias", check: text, write: asIs },
  allowUnifiedBilling: { header: "cf-aig-no-wholesale", check: flag, write: (allowed) => (allowed ? undefined : "true") },
  zdr: { header: "cf-aig-zdr", check: flag, write: boolean },
  eventId: { header: "cf-aig-event-id", check: text, write: asIs },
  traceId: { header: "cf-aig-otel-trace-id", check: hexadecimal(32), write: asIs },
  parentSpanId: { header: "cf-aig-otel-parent-span-id", check: hexadecimal(16), write: asIs },
  sessionId: { header: "cf-aig-session-id", check: text, write: asIs },
  turnId: { header: "cf-aig-turn-id", check: text, write: asIs },
  sessionAffinity: { header: "cf-aig-no-session-affinity", check: flag, write: (kept) => (kept ? undefined : "true") },
  allowedModels: { header: "cf-aig-allowed-models", check: list, write: commas },
  allowedProviders: { header: "cf-aig-allowed-providers", check: list, write: commas },
};

/** What is wrong with the gateway options, each problem naming its option, its bound and its header. */
export function checkGatewayOptions(options: GatewayOptions, endpoint: "compat" | "rest"): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(gatewayHeaderRows, name)) {
      problems.push({
        option: `gateway.${name}`,
        message: `is not an option: known are ${Object.keys(gatewayHeaderRows).join(", ")}`,
      });
      continue;
    }
    const { header, check } = gatewayHeaderRows[name as keyof GatewayOptions];
    const problem = check(value);
    if (problem) problems.push({ option: `gateway.${name}`, message: `${problem} (header ${header})` });
  }
  if (options.zdr && !options.allowUnifiedBilling) {
    problems.push({
      option: "gateway.zdr",
      message: "works with Unified Billing only: set gateway.allowUnifiedBilling as well, or leave it out (header cf-aig-zdr)",
    });
  }
  if (endpoint === "rest" && options.byokAlias !== undefined && options.byokAlias !== "default") {
    problems.push({
      option: "gateway.byokAlias",
      message:
        'is not known to endpoint "rest", which uses the key stored under "default" only: use endpoint "compat" (header cf-aig-byok-alias)',
    });
  }
  return problems;
}

/** The headers of valid gateway options. `cf-aig-no-wholesale` is there unless Unified Billing is allowed. */
export function gatewayHeaders(options: GatewayOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  const complete = { ...options, allowUnifiedBilling: options.allowUnifiedBilling ?? false };
  for (const name of Object.keys(complete)) {
    const value = complete[name as keyof GatewayOptions];
    if (value === undefined) continue;
    const { header, write } = gatewayHeaderRows[name as keyof GatewayOptions] as HeaderRow<unknown>;
    const written = write(value);
    if (written !== undefined) headers[header] = written;
  }
  return headers;
}
