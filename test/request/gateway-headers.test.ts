import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { GatewayOptions } from "../../src/options/chat-options.ts";
import { checkGatewayOptions, gatewayHeaderRows, gatewayHeaders } from "../../src/request/gateway-headers.ts";

type Option = keyof GatewayOptions;

/** Each option: its header, and what values become; `undefined` sends no header. */
const written: [option: Option, header: string, value: unknown, sent: string | undefined][] = [
  ["cacheTtl", "cf-aig-cache-ttl", 60, "60"],
  ["cacheTtl", "cf-aig-cache-ttl", 2_592_000, "2592000"],
  ["skipCache", "cf-aig-skip-cache", true, "true"],
  ["skipCache", "cf-aig-skip-cache", false, undefined],
  ["cacheKey", "cf-aig-cache-key", "capital-of-france", "capital-of-france"],
  ["metadata", "cf-aig-metadata", { team: "search", user: 42, trial: false }, '{"team":"search","user":42,"trial":false}'],
  [
    "metadata",
    "cf-aig-metadata",
    { ville: "Orléans ½ 東京 🗼" },
    '{"ville":"Orl\\u00e9ans \\u00bd \\u6771\\u4eac \\ud83d\\uddfc"}',
  ],
  ["metadata", "cf-aig-metadata", { text: "two\r\nlines\u007f" }, '{"text":"two\\r\\nlines\\u007f"}'],
  ["metadata", "cf-aig-metadata", { a: 1, b: 2, c: 3, d: 4, e: 5 }, '{"a":1,"b":2,"c":3,"d":4,"e":5}'],
  ["collectLog", "cf-aig-collect-log", true, "true"],
  ["collectLog", "cf-aig-collect-log", false, "false"],
  ["collectLogPayload", "cf-aig-collect-log-payload", true, "true"],
  ["collectLogPayload", "cf-aig-collect-log-payload", false, "false"],
  ["requestTimeout", "cf-aig-request-timeout", 1, "1"],
  ["requestTimeout", "cf-aig-request-timeout", 600_000, "600000"],
  ["maxAttempts", "cf-aig-max-attempts", 1, "1"],
  ["maxAttempts", "cf-aig-max-attempts", 5, "5"],
  ["retryDelay", "cf-aig-retry-delay", 100, "100"],
  ["retryDelay", "cf-aig-retry-delay", 5000, "5000"],
  ["backoff", "cf-aig-backoff", "constant", "constant"],
  ["backoff", "cf-aig-backoff", "linear", "linear"],
  ["backoff", "cf-aig-backoff", "exponential", "exponential"],
  ["customCost", "cf-aig-custom-cost", { perTokenIn: 0, perTokenOut: 0.5 }, '{"per_token_in":0,"per_token_out":0.5}'],
  [
    "customCost",
    "cf-aig-custom-cost",
    { perTokenIn: 1, perTokenOut: 2, perCacheReadToken: 3, perCacheWriteToken: 4 },
    '{"per_token_in":1,"per_token_out":2,"per_cache_read_token":3,"per_cache_write_token":4}',
  ],
  ["byokAlias", "cf-aig-byok-alias", "production", "production"],
  ["allowUnifiedBilling", "cf-aig-no-wholesale", false, "true"],
  ["allowUnifiedBilling", "cf-aig-no-wholesale", true, undefined],
  ["zdr", "cf-aig-zdr", true, "true"],
  ["zdr", "cf-aig-zdr", false, "false"],
  ["eventId", "cf-aig-event-id", "order-4711", "order-4711"],
  ["traceId", "cf-aig-otel-trace-id", "4BF92f3577b34da6a3ce929d0e0e4736", "4BF92f3577b34da6a3ce929d0e0e4736"],
  ["parentSpanId", "cf-aig-otel-parent-span-id", "00f067aa0ba902b7", "00f067aa0ba902b7"],
  ["sessionId", "cf-aig-session-id", "session-8c1d", "session-8c1d"],
  ["turnId", "cf-aig-turn-id", "turn 3", "turn 3"],
  ["sessionAffinity", "cf-aig-no-session-affinity", false, "true"],
  ["sessionAffinity", "cf-aig-no-session-affinity", true, undefined],
  ["allowedModels", "cf-aig-allowed-models", ["openai/gpt-4o-mini", "anthropic/*"], "openai/gpt-4o-mini,anthropic/*"],
  ["allowedProviders", "cf-aig-allowed-providers", ["openai"], "openai"],
];

const notFlag = (value: string) => `must be true or false, not ${value}`;
const notText = (value: string) => `must be a text that is not empty, not ${value}`;
const unsafe =
  "must not hold line breaks, other control characters, characters beyond ASCII, or spaces around it: it is sent as a header";
const notList = (value: string) => `must be a list of names without commas, at least one, not ${value}`;

/** Each option with what it refuses, and the words that say why. */
const refused: [option: Option, value: unknown, message: string][] = [
  ["cacheTtl", 59, "must be a whole number of seconds from 60 to 2592000, not 59"],
  ["cacheTtl", 2_592_001, "must be a whole number of seconds from 60 to 2592000, not 2592001"],
  ["cacheTtl", 60.5, "must be a whole number of seconds from 60 to 2592000, not 60.5"],
  ["cacheTtl", "60", "must be a whole number of seconds from 60 to 2592000, not a string"],
  ["skipCache", "true", notFlag("a string")],
  ["cacheKey", "", notText("an empty one")],
  ["cacheKey", 7, notText("7")],
  ["cacheKey", "a\nb", unsafe],
  ["cacheKey", "a\rb", unsafe],
  ["cacheKey", "a\u0000b", unsafe],
  ["cacheKey", "caf\u00e9", unsafe],
  ["cacheKey", "\u6771", unsafe],
  ["cacheKey", " a", unsafe],
  ["cacheKey", "a ", unsafe],
  ["metadata", "team", "must be an object of texts, numbers and booleans, not a string"],
  ["metadata", null, "must be an object of texts, numbers and booleans, not null"],
  ["metadata", ["team"], "must be an object of texts, numbers and booleans, not an array"],
  [
    "metadata",
    { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 },
    "must have at most 5 entries, not 6: the gateway drops the others silently",
  ],
  ["metadata", { "cf.team": 1 }, 'has the key "cf.team": keys must not be empty or start with "cf.", which is reserved'],
  ["metadata", { "": 1 }, 'has the key "": keys must not be empty or start with "cf.", which is reserved'],
  ...(
    [
      [{ nested: 1 }, "an object"],
      [["nested"], "an array"],
      [null, "null"],
      [undefined, "undefined"],
      [Number.NaN, "NaN"],
      [Number.POSITIVE_INFINITY, "Infinity"],
      [Symbol("x"), "a symbol"],
    ] as const
  ).map(([value, kind]): [Option, unknown, string] => [
    "metadata",
    { team: value },
    `has ${kind} under "team": values must be texts, numbers or booleans, or the gateway ignores them all`,
  ]),
  ["collectLog", 1, notFlag("1")],
  ["collectLogPayload", null, notFlag("null")],
  ["requestTimeout", 0, "must be a whole number of milliseconds from 1, not 0"],
  ["requestTimeout", 1.5, "must be a whole number of milliseconds from 1, not 1.5"],
  ["maxAttempts", 0, "must be a whole number of attempts from 1 to 5, not 0"],
  ["maxAttempts", 6, "must be a whole number of attempts from 1 to 5, not 6"],
  ["retryDelay", 99, "must be a whole number of milliseconds from 100 to 5000, not 99"],
  ["retryDelay", 5001, "must be a whole number of milliseconds from 100 to 5000, not 5001"],
  ["backoff", "random", 'must be "constant", "linear", "exponential", not a string'],
  ["customCost", 1, "must be an object of prices, not 1"],
  ["customCost", null, "must be an object of prices, not null"],
  ["customCost", [], "must be an object of prices, not an array"],
  ["customCost", { perTokenIn: 1 }, "needs perTokenOut to be a price in US dollars per token, not undefined"],
  ["customCost", { perTokenOut: 1 }, "needs perTokenIn to be a price in US dollars per token, not undefined"],
  ["customCost", { perTokenIn: -1, perTokenOut: 1 }, "needs perTokenIn to be a price in US dollars per token, not -1"],
  [
    "customCost",
    { perTokenIn: 1, perTokenOut: 1, perCacheReadToken: "1" },
    "needs perCacheReadToken to be a price in US dollars per token, not a string",
  ],
  [
    "customCost",
    { perTokenIn: 1, perTokenOut: 1, perCacheWriteToken: Number.NaN },
    "needs perCacheWriteToken to be a price in US dollars per token, not NaN",
  ],
  [
    "customCost",
    { perTokenIn: 1, perTokenOut: 1, per_token_in: 1 },
    'has the unknown price "per_token_in": known are perTokenIn, perTokenOut, perCacheReadToken, perCacheWriteToken',
  ],
  ["byokAlias", "", notText("an empty one")],
  ["byokAlias", "a\nb", unsafe],
  ["allowUnifiedBilling", "yes", notFlag("a string")],
  ["zdr", 1, notFlag("1")],
  ["eventId", "a\nb", unsafe],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e473", "must be 32 hexadecimal characters"],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e47361", "must be 32 hexadecimal characters"],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e473g", "must be 32 hexadecimal characters"],
  ["traceId", null, "must be 32 hexadecimal characters"],
  ["traceId", 32, "must be 32 hexadecimal characters"],
  ["parentSpanId", "00f067aa0ba902b", "must be 16 hexadecimal characters"],
  ["parentSpanId", "00f067aa0ba902b77", "must be 16 hexadecimal characters"],
  ["sessionId", "", notText("an empty one")],
  ["turnId", false, notText("a boolean")],
  ["sessionAffinity", "no", notFlag("a string")],
  ["allowedModels", "openai/*", notList("a string")],
  ["allowedModels", [], notList("an array")],
  ["allowedModels", ["a,b"], notList("an array")],
  ["allowedModels", [""], notList("an array")],
  ["allowedModels", [1], notList("an array")],
  ["allowedProviders", ["a\nb"], notList("an array")],
];

const withBilling = (option: Option, value: unknown): GatewayOptions =>
  option === "zdr" ? { zdr: value as boolean, allowUnifiedBilling: true } : { [option]: value };

describe("gatewayHeaders", () => {
  test.each(written)("%s becomes %s: %j is sent as %s", (option, header, value, sent) => {
    const options = withBilling(option, value);
    expect(checkGatewayOptions(options, "compat")).toEqual([]);
    expect(gatewayHeaders(options)[header]).toBe(sent);
  });

  test("sends cf-aig-no-wholesale and nothing else when nothing is set", () => {
    expect(gatewayHeaders({})).toEqual({ "cf-aig-no-wholesale": "true" });
    expect(gatewayHeaders({ cacheTtl: undefined, allowUnifiedBilling: undefined })).toEqual({ "cf-aig-no-wholesale": "true" });
  });

  test("sends nothing that only repeats the gateway's own behaviour", () => {
    expect(gatewayHeaders({ allowUnifiedBilling: true, skipCache: false, sessionAffinity: true })).toEqual({});
  });

  test("sends nothing but ASCII without line breaks, whatever the metadata hold", () => {
    const metadata = { "schlüssel\n": "\u2028wert\u0000", emoji: "👩‍👩‍👧" };
    const header = gatewayHeaders({ metadata })["cf-aig-metadata"] ?? "";
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(header)).toEqual(metadata);
  });
});

describe("checkGatewayOptions", () => {
  test.each(refused)("refuses %s %j, naming option, bound and header", (option, value, message) => {
    const { header } = gatewayHeaderRows[option];
    expect(checkGatewayOptions(withBilling(option, value), "compat")).toEqual([
      { option: `gateway.${option}`, message: `${message} (header ${header})` },
    ]);
  });

  test("refuses an option that is none, with those that are", () => {
    const [problem] = checkGatewayOptions({ cacheTTL: 60 } as GatewayOptions, "compat");
    expect(problem?.option).toBe("gateway.cacheTTL");
    expect(problem?.message).toMatch(/^is not an option: known are cacheTtl, skipCache, .*allowedProviders$/);
    expect(checkGatewayOptions({ toString: "x" } as unknown as GatewayOptions, "compat")).toHaveLength(1);
  });

  test("tells every problem at once", () => {
    const problems = checkGatewayOptions({ cacheTtl: 1, maxAttempts: 9, zdr: true }, "compat");
    expect(problems.map(({ option }) => option)).toEqual(["gateway.cacheTtl", "gateway.maxAttempts", "gateway.zdr"]);
  });

  test("refuses zdr without allowUnifiedBilling", () => {
    const message =
      "works with Unified Billing only: set gateway.allowUnifiedBilling as well, or leave it out (header cf-aig-zdr)";
    for (const options of [{ zdr: true }, { zdr: true, allowUnifiedBilling: false }]) {
      expect(checkGatewayOptions(options, "compat")).toEqual([{ option: "gateway.zdr", message }]);
    }
    expect(checkGatewayOptions({ zdr: true, allowUnifiedBilling: true }, "compat")).toEqual([]);
    expect(checkGatewayOptions({ zdr: false }, "compat")).toEqual([]);
  });

  test("refuses a key alias on rest, which knows the default one only", () => {
    const message =
      'is not known to endpoint "rest", which uses the key stored under "default" only: use endpoint "compat" (header cf-aig-byok-alias)';
    expect(checkGatewayOptions({ byokAlias: "team" }, "rest")).toEqual([{ option: "gateway.byokAlias", message }]);
    expect(checkGatewayOptions({ byokAlias: "default" }, "rest")).toEqual([]);
    expect(checkGatewayOptions({ byokAlias: "team" }, "compat")).toEqual([]);
    expect(checkGatewayOptions({ cacheTtl: 60 }, "rest")).toEqual([]);
  });

  test("takes undefined for an option that is not set", () => {
    expect(checkGatewayOptions({ cacheTtl: undefined, metadata: undefined }, "compat")).toEqual([]);
  });
});

describe("the spec's header parameters", async () => {
  interface Parameter {
    name: string;
    in: string;
    schema: {
      type: string;
      minimum?: number;
      maximum?: number;
      enum?: string[];
      const?: boolean;
      pattern?: string;
      minLength?: number;
    };
    example: string | number | boolean;
  }
  const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
  const parameters = (Object.values(spec.components.parameters) as Parameter[]).filter(
    ({ name, in: place }) => place === "header" && name.startsWith("cf-aig-") && name !== "cf-aig-gateway-id",
  );
  const parameterOf = (option: Option) => parameters.find(({ name }) => name === gatewayHeaderRows[option].header) as Parameter;
  const options = Object.keys(gatewayHeaderRows) as Option[];
  const accepts = (option: Option, value: unknown) => checkGatewayOptions(withBilling(option, value), "compat").length === 0;

  test("are the headers of the options, each of one option", () => {
    const headers = options.map((option) => gatewayHeaderRows[option].header);
    expect([...headers].sort()).toEqual(parameters.map(({ name }) => name).sort());
  });

  const numbers = options.filter((option) => parameterOf(option).schema.type === "integer");
  test.each(numbers)("bound %s as the client does", (option) => {
    const { minimum, maximum } = parameterOf(option).schema;
    expect(accepts(option, minimum)).toBe(true);
    expect(accepts(option, Number(minimum) - 1)).toBe(false);
    expect(accepts(option, maximum ?? Number.MAX_SAFE_INTEGER)).toBe(true);
    if (maximum !== undefined) expect(accepts(option, maximum + 1)).toBe(false);
  });

  const enumerated = options.filter((option) => parameterOf(option).schema.enum !== undefined);
  test.each(enumerated)("list the words of %s that the client takes", (option) => {
    for (const word of parameterOf(option).schema.enum ?? []) expect(accepts(option, word)).toBe(true);
  });

  test.each(written.filter(([, , , sent]) => sent !== undefined))("take what the client sends for %s", (_, header, __, sent) => {
    const { schema } = parameters.find(({ name }) => name === header) as Parameter;
    if (schema.pattern !== undefined) expect(sent).toMatch(new RegExp(schema.pattern));
    if (schema.type === "boolean") expect(["true", "false"]).toContain(sent);
    if (schema.const !== undefined) expect(sent).toBe(String(schema.const));
    if (schema.type === "integer") expect(sent).toMatch(/^\d+$/);
  });

  const texts = options.filter((option) => parameterOf(option).schema.pattern?.startsWith("^[ -~]"));
  test.each(texts)("refuse for %s what is not ASCII, as the client does", (option) => {
    for (const value of ["caf\u00e9", "a\nb", ""]) {
      expect(value).not.toMatch(new RegExp(parameterOf(option).schema.pattern ?? ""));
      expect(accepts(option, option.startsWith("allowed") ? [value] : value)).toBe(false);
    }
  });
});
