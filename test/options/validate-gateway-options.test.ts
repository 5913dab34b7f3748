import { describe, expect, test } from "vitest";
import { gatewayOptionRows } from "../../src/options/gateway-option-rows.ts";
import type { GatewayOptions } from "../../src/options/gateway-options.ts";
import { checkGatewayOptions } from "../../src/options/validate-gateway-options.ts";

type Option = keyof GatewayOptions;

const notFlag = (got: string) => `must be true or false, got ${got}`;
const notText = (got: string) => `must be a non-empty string, got ${got}`;
const notPlain = (got: string) => `must be an object, got ${got}`;
const notHexadecimal = (length: number, got = "string") => `must be a string of ${length} hexadecimal characters, got ${got}`;
const outOf = (range: string, got: string) => `must be an integer between ${range}, got ${got}`;
const seconds = (got: string) => outOf("60 and 2592000 (seconds)", got);
const fromOne = (got: string) => `must be an integer of at least 1, got ${got}`;
const unsafe =
  "must not contain line breaks, other control characters or characters beyond ASCII, or start or end with a space: it is sent as a header";
const reservedKey = (key: string) => `has the key "${key}": keys must not be empty or start with "cf.", which is reserved`;
const perToken = (name: string, got: string) => `must have ${name} in US dollars per token, got ${got}`;
const notList = "must contain only non-empty ASCII strings without commas";

/** Each option with a value that it rejects, and the message. */
const refused: [option: Option, value: unknown, message: string][] = [
  ["cacheTtl", 59, seconds("59")],
  ["cacheTtl", 2_592_001, seconds("2592001")],
  ["cacheTtl", 60.5, seconds("60.5")],
  ["cacheTtl", "60", seconds("string")],
  ["skipCache", "true", notFlag("string")],
  ["cacheKey", "", notText("an empty string")],
  ["cacheKey", 7, notText("7")],
  ...["a\nb", "a\rb", "a\u0000b", "caf\u00e9", "\u6771", " a", "a "].map((value): [Option, unknown, string] => [
    "cacheKey",
    value,
    unsafe,
  ]),
  ["metadata", "team", notPlain("string")],
  ["metadata", null, notPlain("null")],
  ["metadata", ["team"], notPlain("array")],
  ["metadata", new Map([["team", 1]]), "must be a plain object: pass Object.fromEntries(value) instead of value"],
  ["metadata", { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "must have at most 5 entries, got 6: the gateway silently drops the rest"],
  ["metadata", { "cf.team": 1 }, reservedKey("cf.team")],
  ["metadata", { "": 1 }, reservedKey("")],
  ...(
    [
      [{ nested: 1 }, "object"],
      [["nested"], "array"],
      [null, "null"],
      [undefined, "undefined"],
      [Number.NaN, "NaN"],
      [Number.POSITIVE_INFINITY, "Infinity"],
      [Symbol("x"), "symbol"],
    ] as const
  ).map(([value, got]): [Option, unknown, string] => [
    "metadata",
    { team: value },
    `must have strings, numbers or booleans as values, got ${got} under "team": the gateway ignores other metadata`,
  ]),
  ["collectLog", 1, notFlag("1")],
  ["collectLogPayload", null, notFlag("null")],
  ["requestTimeout", 0, fromOne("0")],
  ["requestTimeout", 1.5, fromOne("1.5")],
  ["maxAttempts", 0, outOf("1 and 5 (attempts)", "0")],
  ["maxAttempts", 6, outOf("1 and 5 (attempts)", "6")],
  ["retryDelay", 99, outOf("100 and 5000 (milliseconds)", "99")],
  ["retryDelay", 5001, outOf("100 and 5000 (milliseconds)", "5001")],
  ["backoff", "random", 'must be one of "constant", "linear", "exponential", got string'],
  ["customCost", 1, notPlain("1")],
  ["customCost", null, notPlain("null")],
  ["customCost", [], notPlain("an empty array")],
  ["customCost", {}, perToken("perTokenIn", "undefined")],
  ["customCost", { perTokenIn: 1 }, perToken("perTokenOut", "undefined")],
  ["customCost", { perTokenOut: 1 }, perToken("perTokenIn", "undefined")],
  ["customCost", { perTokenIn: -1, perTokenOut: 1 }, perToken("perTokenIn", "-1")],
  ["customCost", { perTokenIn: 1, perTokenOut: 1, perCacheReadToken: "1" }, perToken("perCacheReadToken", "string")],
  ["customCost", { perTokenIn: 1, perTokenOut: 1, perCacheWriteToken: Number.NaN }, perToken("perCacheWriteToken", "NaN")],
  [
    "customCost",
    { perTokenIn: 1, perTokenOut: 1, per_token_in: 1 },
    'has the unknown price "per_token_in"; the prices are perTokenIn, perTokenOut, perCacheReadToken, perCacheWriteToken, totalCost',
  ],
  ["customCost", { totalCost: "1" }, "must have totalCost in US dollars, got string"],
  [
    "customCost",
    { totalCost: 1, perTokenIn: 1 },
    "must be either { totalCost } or prices per token, got totalCost together with perTokenIn",
  ],
  ["byokAlias", "", notText("an empty string")],
  ["byokAlias", "a\nb", unsafe],
  ["allowUnifiedBilling", "yes", notFlag("string")],
  ["zdr", 1, notFlag("1")],
  ["eventId", "a\nb", unsafe],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e473", notHexadecimal(32)],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e47361", notHexadecimal(32)],
  ["traceId", "4bf92f3577b34da6a3ce929d0e0e473g", notHexadecimal(32)],
  ["traceId", null, notHexadecimal(32, "null")],
  ["traceId", 32, notHexadecimal(32, "32")],
  ["parentSpanId", "00f067aa0ba902b", notHexadecimal(16)],
  ["parentSpanId", "00f067aa0ba902b77", notHexadecimal(16)],
  ["sessionId", "", notText("an empty string")],
  ["turnId", false, notText("boolean")],
  ["sessionAffinity", "no", notFlag("string")],
  ["allowedModels", "openai/*", "must be a non-empty array of strings, got string"],
  ["allowedModels", [], "must be a non-empty array of strings, got an empty array"],
  ["allowedModels", ["a,b"], notList],
  ["allowedModels", ["a", ""], notList],
  ["allowedModels", [1], notList],
  ["allowedProviders", ["a\nb"], notList],
];

const withBilling = (option: Option, value: unknown): GatewayOptions =>
  option === "zdr" ? { zdr: value as boolean, allowUnifiedBilling: true } : { [option]: value };

describe("checkGatewayOptions", () => {
  test.each(refused)("rejects %s %j, naming option, bound and header", (option, value, message) => {
    expect(checkGatewayOptions(withBilling(option, value), "compat")).toEqual([
      { option: `gateway.${option}`, message: `${message} (header ${gatewayOptionRows[option].header})` },
    ]);
  });

  test("suggests an option for an unknown one, or lists them all", () => {
    const check = (options: object) => checkGatewayOptions(options, "compat");
    expect(check({ cacheTTL: 60 })).toEqual([
      { option: "gateway.cacheTTL", message: 'Unknown option "gateway.cacheTTL". Did you mean "gateway.cacheTtl"?' },
    ]);
    expect(check({ colour: 60 })).toEqual([
      {
        option: "gateway.colour",
        message: expect.stringMatching(
          /^Unknown option "gateway.colour". The gateway's options are cacheTtl, .*allowedProviders\b.*\.$/,
        ),
      },
    ]);
    expect(check({ toString: "x" })).toHaveLength(1);
  });

  test("reports every problem at once", () => {
    const problems = checkGatewayOptions({ cacheTtl: 1, maxAttempts: 9, zdr: true }, "compat");
    expect(problems.map(({ option }) => option)).toEqual(["gateway.cacheTtl", "gateway.maxAttempts", "gateway.zdr"]);
  });

  test("rejects zdr without allowUnifiedBilling", () => {
    const message =
      "only works with Unified Billing: set gateway.allowUnifiedBilling as well, or leave it out (header cf-aig-zdr)";
    for (const options of [{ zdr: true }, { zdr: true, allowUnifiedBilling: false }]) {
      expect(checkGatewayOptions(options, "compat")).toEqual([{ option: "gateway.zdr", message }]);
    }
    expect(checkGatewayOptions({ zdr: true, allowUnifiedBilling: true }, "compat")).toEqual([]);
    expect(checkGatewayOptions({ zdr: false }, "compat")).toEqual([]);
  });

  test("rejects a key alias other than the default on rest", () => {
    const message =
      'is not available on endpoint "rest", which only uses the key stored as "default": use endpoint "compat" (header cf-aig-byok-alias)';
    expect(checkGatewayOptions({ byokAlias: "team" }, "rest")).toEqual([{ option: "gateway.byokAlias", message }]);
    expect(checkGatewayOptions({ byokAlias: "default" }, "rest")).toEqual([]);
    expect(checkGatewayOptions({ byokAlias: "team" }, "compat")).toEqual([]);
    expect(checkGatewayOptions({ cacheTtl: 60 }, "rest")).toEqual([]);
  });

  test("accepts undefined for an option that is not set", () => {
    expect(checkGatewayOptions({ cacheTtl: undefined, metadata: undefined }, "compat")).toEqual([]);
  });
});
