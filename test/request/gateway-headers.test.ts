import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { gatewayOptionRows } from "../../src/options/gateway-option-rows.ts";
import type { GatewayOptions } from "../../src/options/gateway-options.ts";
import { checkGatewayOptions } from "../../src/options/validate-gateway-options.ts";
import { gatewayHeaders } from "../../src/request/gateway-headers.ts";

type Option = keyof GatewayOptions;

/** Each option with its header, a value and what is sent; `undefined` means no header. */
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
  ["customCost", "cf-aig-custom-cost", { totalCost: 0.25 }, '{"total_cost":0.25}'],
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

  test("sends nothing that only repeats the gateway's default behaviour", () => {
    expect(gatewayHeaders({ allowUnifiedBilling: true, skipCache: false, sessionAffinity: true })).toEqual({});
  });

  test("sends only ASCII without line breaks, whatever the metadata contain", () => {
    const metadata = { "schlüssel\n": "\u2028wert\u0000", emoji: "👩‍👩‍👧" };
    const header = gatewayHeaders({ metadata })["cf-aig-metadata"] ?? "";
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(header)).toEqual(metadata);
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
  const getParameter = (option: Option) => parameters.find(({ name }) => name === gatewayOptionRows[option].header) as Parameter;
  const options = Object.keys(gatewayOptionRows) as Option[];
  const accepts = (option: Option, value: unknown) => checkGatewayOptions(withBilling(option, value), "compat").length === 0;

  test("correspond one-to-one to the options", () => {
    const headers = options.map((option) => gatewayOptionRows[option].header);
    expect([...headers].sort()).toEqual(parameters.map(({ name }) => name).sort());
  });

  const numbers = options.filter((option) => getParameter(option).schema.type === "integer");
  test.each(numbers)("have the same bounds for %s as the client", (option) => {
    const { minimum, maximum } = getParameter(option).schema;
    expect(accepts(option, minimum)).toBe(true);
    expect(accepts(option, Number(minimum) - 1)).toBe(false);
    expect(accepts(option, maximum ?? Number.MAX_SAFE_INTEGER)).toBe(true);
    if (maximum !== undefined) expect(accepts(option, maximum + 1)).toBe(false);
  });

  const enumerated = options.filter((option) => getParameter(option).schema.enum !== undefined);
  test.each(enumerated)("list the values of %s that the client accepts", (option) => {
    for (const word of getParameter(option).schema.enum ?? []) expect(accepts(option, word)).toBe(true);
  });

  test.each(written.filter(([, , , sent]) => sent !== undefined))(
    "accept what the client sends for %s",
    (_, header, __, sent) => {
      const { schema } = parameters.find(({ name }) => name === header) as Parameter;
      if (schema.pattern !== undefined) expect(sent).toMatch(new RegExp(schema.pattern));
      if (schema.type === "boolean") expect(["true", "false"]).toContain(sent);
      if (schema.const !== undefined) expect(sent).toBe(String(schema.const));
      if (schema.type === "integer") expect(sent).toMatch(/^\d+$/);
    },
  );

  const texts = options.filter((option) => getParameter(option).schema.pattern?.startsWith("^[ -~]"));
  test.each(texts)("reject non-ASCII values for %s, as the client does", (option) => {
    for (const value of ["caf\u00e9", "a\nb", ""]) {
      expect(value).not.toMatch(new RegExp(getParameter(option).schema.pattern ?? ""));
      expect(accepts(option, option.startsWith("allowed") ? [value] : value)).toBe(false);
    }
  });
});
