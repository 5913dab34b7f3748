import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { ConfigurationError } from "../../src/errors/errors.ts";
import type { GatewayConfig } from "../../src/options/gateway-config.ts";
import { resolveConfig } from "../../src/options/resolve-config.ts";
import { resolveUrl } from "../../src/options/resolve-urls.ts";

const complete = { accountId: "account", gatewayId: "default", gatewayToken: "secret-token" };
const binding = { gateway: () => ({ run: async () => new Response() }) };

/** The problems of a configuration; none when it is valid. */
function listProblems(config: Record<string, unknown>): ConfigurationError["issues"] {
  try {
    resolveConfig(config as GatewayConfig);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.issues;
  }
}

const variables = ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_GATEWAY_ID", "CLOUDFLARE_GATEWAY_TOKEN", "CLOUDFLARE_API_TOKEN"];
beforeEach(() => {
  for (const name of variables) vi.stubEnv(name, undefined);
});

test("the default URLs are the servers of the spec", async () => {
  const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
  const servers = Object.values(spec.paths as Record<string, { servers: { url: string }[] }>).flatMap((path) => path.servers);
  const defaults = (["baseUrl", "apiBaseUrl"] as const).map((option) => resolveUrl(option, {}).url);
  expect([...new Set(servers.map(({ url }) => url))].sort()).toEqual([...defaults, "https://{custom_domain}"].sort());
});

describe("environment variables", () => {
  test("set missing options when the gateway is created", () => {
    vi.stubEnv("CLOUDFLARE_ACCOUNT_ID", "env-account");
    vi.stubEnv("CLOUDFLARE_GATEWAY_ID", "env-gateway");
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", "env-token");
    vi.stubEnv("CLOUDFLARE_API_TOKEN", "env-api-token");
    expect(resolveConfig({})).toMatchObject({
      endpoint: "compat",
      accountId: "env-account",
      gatewayId: "env-gateway",
      chatToken: "env-token",
      apiToken: "env-api-token",
    });
    expect(resolveConfig({ ...complete, apiToken: "own-api-token" })).toMatchObject({
      accountId: "account",
      gatewayId: "default",
      chatToken: "secret-token",
      apiToken: "own-api-token",
    });
  });

  test("count as unset when they are empty", () => {
    for (const name of variables) vi.stubEnv(name, "");
    expect(listProblems({}).map(({ env }) => env)).toEqual(variables.slice(0, 3));
  });

  test("may be inaccessible or absent", () => {
    vi.stubGlobal("process", {
      get env() {
        throw new Error("env access is denied");
      },
    });
    expect(listProblems({})).toHaveLength(3);
    vi.stubGlobal("process", undefined);
    expect(listProblems(complete)).toEqual([]);
  });

  test("are named with their option in the error, which reports every problem at once", () => {
    expect(listProblems({})).toEqual([
      { option: "accountId", message: "is missing: pass it or set CLOUDFLARE_ACCOUNT_ID", env: "CLOUDFLARE_ACCOUNT_ID" },
      { option: "gatewayId", message: "is missing: pass it or set CLOUDFLARE_GATEWAY_ID", env: "CLOUDFLARE_GATEWAY_ID" },
      {
        option: "gatewayToken",
        message: "is missing: pass it or set CLOUDFLARE_GATEWAY_TOKEN",
        env: "CLOUDFLARE_GATEWAY_TOKEN",
      },
    ]);
    expect(listProblems({ endpoint: "rest" }).map(({ env }) => env)).toEqual([
      "CLOUDFLARE_ACCOUNT_ID",
      "CLOUDFLARE_GATEWAY_ID",
      "CLOUDFLARE_API_TOKEN",
    ]);
  });

  test("are named in errors about their values", () => {
    vi.stubEnv("CLOUDFLARE_ACCOUNT_ID", "../../other");
    vi.stubEnv("CLOUDFLARE_GATEWAY_TOKEN", "secret\nvalue");
    const problems = listProblems({ gatewayId: "default" });
    expect(problems.map(({ option, env }) => [option, env])).toEqual([
      ["accountId", "CLOUDFLARE_ACCOUNT_ID"],
      ["gatewayToken", "CLOUDFLARE_GATEWAY_TOKEN"],
    ]);
    expect(JSON.stringify(problems)).not.toContain("secret");
  });
});

describe("the ConfigurationError of a configuration", () => {
  test("lists the problems of IDs, tokens, URLs, defaults and functions together", () => {
    const problems = listProblems({
      accountId: "a/b",
      gatewayId: "x".repeat(65),
      gatewayToken: "a b",
      baseUrl: "gateway",
      temperature: 3,
      gateway: { cacheTtl: 1 },
      headers: { authorization: "Bearer x" },
      fetch: "fetch",
      prompt: "Hello",
      modle: "gpt-4o",
    });
    expect(problems.map(({ option }) => option)).toEqual([
      "accountId",
      "gatewayId",
      "gatewayToken",
      "baseUrl",
      "fetch",
      "temperature",
      "gateway.cacheTtl",
      "headers.authorization",
      "prompt",
      "modle",
    ]);
  });

  test("counts the problems, one line each", () => {
    expect(() => resolveConfig({})).toThrow(
      "3 problems with the configuration:\n- accountId is missing: pass it or set CLOUDFLARE_ACCOUNT_ID\n- gatewayId is missing",
    );
    expect(() => resolveConfig({ ...complete, gatewayId: undefined })).toThrow(
      /^gatewayId is missing: pass it or set CLOUDFLARE_GATEWAY_ID$/,
    );
  });

  test("points an option that belongs to a single call to that call", () => {
    expect(listProblems({ ...complete, prompt: "Hello", tools: {}, signal: undefined })).toEqual([
      { option: "prompt", message: "is an option of a single chat: pass it to chat() or stream()" },
      { option: "tools", message: "is an option of a single chat: pass it to chat() or stream()" },
    ]);
  });

  test("rejects zdr without Unified Billing, and an authorization header", () => {
    expect(listProblems({ ...complete, gateway: { zdr: true } })).toMatchObject([{ option: "gateway.zdr" }]);
    expect(listProblems({ ...complete, gateway: { zdr: true, allowUnifiedBilling: true } })).toEqual([]);
    expect(listProblems({ ...complete, headers: { Authorization: "Bearer x" } })).toMatchObject([
      { option: "headers.Authorization" },
    ]);
  });
});

describe("account and gateway IDs", () => {
  test.each(["0123456789abcdef0123456789abcdef", "default", "my-gateway_2", "x".repeat(64)])("may be %s", (id) => {
    expect(listProblems({ ...complete, accountId: id, gatewayId: id })).toEqual([]);
  });

  test.each([
    ["a step up", ".."],
    ["a slash", "a/b"],
    ["a backslash", "a\\b"],
    ["an escaped slash", "a%2fb"],
    ["a query", "a?b"],
    ["a fragment", "a#b"],
    ["a host", "@evil.example"],
    ["a line break", "account\n"],
    ["a space", "my account"],
    ["too many characters", "x".repeat(65)],
  ])("with %s would change the path and are rejected", (_, id) => {
    const given =
      "must be 1 to 64 letters, digits, _ and -, got a string with other characters or another length; pass it or set";
    expect(listProblems({ ...complete, accountId: id, gatewayId: id })).toEqual([
      { option: "accountId", message: `${given} CLOUDFLARE_ACCOUNT_ID`, env: "CLOUDFLARE_ACCOUNT_ID" },
      { option: "gatewayId", message: `${given} CLOUDFLARE_GATEWAY_ID`, env: "CLOUDFLARE_GATEWAY_ID" },
    ]);
  });

  test.each([
    ["", "an empty string"],
    [7, "7"],
    [null, undefined],
    [["a"], "array"],
  ])("that are %j are reported with their type", (id, kind) => {
    const [problem] = listProblems({ ...complete, accountId: id });
    expect(problem?.message).toMatch(kind === undefined ? /^is missing/ : new RegExp(`got ${kind}; pass it`));
  });
});

describe("tokens", () => {
  test.each([
    ["a line break", "secret-value\r\nx-injected: 1"],
    ["a trailing line feed", "secret-value\n"],
    ["a space", "secret-value secret-value"],
    ["a control character", "secret-value\u0000"],
    ["a character beyond ASCII", "secret-value\u00e9"],
  ])("with %s are rejected without quoting any of their characters", (_, token) => {
    for (const option of ["gatewayToken", "apiToken"]) {
      let error: unknown;
      try {
        resolveConfig({ ...complete, [option]: token });
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).message).toMatch(
        `${option} must not contain line breaks, spaces or characters beyond ASCII`,
      );
      expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("secret-value");
      expect(JSON.stringify(error)).not.toContain("secret-value");
    }
  });

  test("of the wrong type are reported with their type and the variable that fixes them", () => {
    expect(listProblems({ ...complete, gatewayToken: 7, apiToken: "" })).toEqual([
      {
        option: "gatewayToken",
        message: "must be a string, got number; pass it or set CLOUDFLARE_GATEWAY_TOKEN",
        env: "CLOUDFLARE_GATEWAY_TOKEN",
      },
      { option: "apiToken", message: "must not be empty; pass it or set CLOUDFLARE_API_TOKEN", env: "CLOUDFLARE_API_TOKEN" },
    ]);
  });

  test("may be functions, which are not called yet", () => {
    const gatewayToken = vi.fn(() => "secret-token");
    expect(resolveConfig({ ...complete, gatewayToken }).chatToken).toBe(gatewayToken);
    expect(gatewayToken).not.toHaveBeenCalled();
  });

  test("replace a missing API token", () => {
    expect(resolveConfig(complete).apiToken).toBe("secret-token");
    expect(resolveConfig({ ...complete, endpoint: "rest" }).chatToken).toBe("secret-token");
    const both = { ...complete, apiToken: "api-token" };
    expect(resolveConfig({ ...both, endpoint: "rest" })).toMatchObject({ chatToken: "api-token", apiToken: "api-token" });
    expect(resolveConfig(both)).toMatchObject({ chatToken: "secret-token", apiToken: "api-token" });
  });

  test("of the API do not replace the gateway token on compat", () => {
    expect(listProblems({ accountId: "a", gatewayId: "b", apiToken: "api-token" }).map(({ option }) => option)).toEqual([
      "gatewayToken",
    ]);
    expect(listProblems({ accountId: "a", gatewayId: "b", apiToken: "api-token", endpoint: "rest" })).toEqual([]);
  });
});

describe("base URLs", () => {
  test("are Cloudflare's by default", () => {
    expect(resolveConfig(complete)).toMatchObject({
      endpoint: "compat",
      chatBaseUrl: "https://gateway.ai.cloudflare.com",
      apiBaseUrl: "https://api.cloudflare.com/client/v4",
    });
    expect(resolveConfig({ ...complete, endpoint: "rest" })).toMatchObject({
      customDomain: undefined,
      accountId: "account",
      chatBaseUrl: "https://api.cloudflare.com/client/v4",
    });
  });

  test("may be a proxy's with a path, whose trailing slashes are removed", () => {
    const proxies = { ...complete, baseUrl: "http://127.0.0.1:8787/ai//", apiBaseUrl: "https://proxy.example/v4/" };
    expect(resolveConfig(proxies)).toMatchObject({
      chatBaseUrl: "http://127.0.0.1:8787/ai",
      apiBaseUrl: "https://proxy.example/v4",
    });
    expect(resolveConfig({ ...proxies, endpoint: "rest" }).chatBaseUrl).toBe("https://proxy.example/v4");
  });

  test.each([
    [7, 'must be an absolute URL such as "https://ai-proxy.example.com", got 7'],
    ["", 'must be an absolute URL such as "https://ai-proxy.example.com"'],
    ["/ai", 'must be an absolute URL such as "https://ai-proxy.example.com"'],
    ["gateway.example", 'must be an absolute URL such as "https://ai-proxy.example.com"'],
    ["ftp://gateway.example", "must start with https:// or http://"],
    ["file:///etc/passwd", "must start with https:// or http://"],
    ["https://gateway.example\n", "must not contain spaces, line breaks or backslashes"],
    ["https://gateway.example/a b", "must not contain spaces, line breaks or backslashes"],
    ["https://gateway.example\\@evil.example", "must not contain spaces, line breaks or backslashes"],
    ["https://user@evil.example", "must not contain a user name or password"],
    ["https://:pass@evil.example", "must not contain a user name or password"],
    ["https://gateway.example/?to=", "must not contain a query or a fragment: the request's path is appended to it"],
    ["https://gateway.example/#", "must not contain a query or a fragment: the request's path is appended to it"],
    ["https://gateway.example/a/../b", 'must not contain the path segments "." or ".."'],
    ["https://gateway.example/./b", 'must not contain the path segments "." or ".."'],
    ["https://gateway.example/%2E%2e", 'must not contain the path segments "." or ".."'],
  ])("like %j are rejected", (url, message) => {
    for (const option of ["baseUrl", "apiBaseUrl"]) {
      expect(listProblems({ ...complete, [option]: url })).toEqual([{ option, message }]);
    }
  });
});

describe("endpoint", () => {
  test("is compat or rest", () => {
    expect(listProblems({ ...complete, endpoint: "REST" })).toEqual([
      { option: "endpoint", message: 'must be "compat" or "rest", got string' },
    ]);
  });

  test("rest excludes the custom domain, the binding and key aliases, each with a suggestion", () => {
    const rest = { ...complete, endpoint: "rest" };
    expect(listProblems({ ...rest, customDomain: "ai.example.com" })).toEqual([
      { option: "customDomain", message: 'is not available on endpoint "rest"; use "compat"' },
    ]);
    expect(listProblems({ ...rest, binding })).toEqual([
      { option: "binding", message: 'uses the compat endpoint: leave endpoint out, or set it to "compat"' },
    ]);
    expect(listProblems({ ...rest, gateway: { byokAlias: "team" } })).toMatchObject([{ option: "gateway.byokAlias" }]);
  });
});

describe("a custom domain", () => {
  test("requires neither IDs nor a token", () => {
    expect(resolveConfig({ customDomain: "ai.example.com" })).toMatchObject({
      customDomain: "ai.example.com",
      endpoint: "compat",
      chatBaseUrl: "https://ai.example.com",
      chatToken: undefined,
      accountId: undefined,
      gatewayId: undefined,
    });
  });

  test("keeps the given IDs and token for the logs", () => {
    expect(resolveConfig({ ...complete, customDomain: "ai.example.com:8443" })).toMatchObject({
      chatBaseUrl: "https://ai.example.com:8443",
      chatToken: "secret-token",
      accountId: "account",
      gatewayId: "default",
    });
  });

  test.each([
    "",
    "https://ai.example.com",
    "ai.example.com/path",
    "ai.example.com?",
    "ai.example.com#",
    "user@evil.example",
    "ai.example.com\n",
    "ai.example.com\\evil.example",
    "ai.example.com:port",
    "-ai.example.com",
  ])("must be a host name, not %j", (customDomain) => {
    expect(listProblems({ customDomain })).toEqual([
      { option: "customDomain", message: 'must be a host name without scheme or path, such as "ai.example.com"' },
    ]);
  });

  test("that is not a string is reported with its type", () => {
    expect(listProblems({ customDomain: 7 })).toMatchObject([{ message: expect.stringMatching(/"ai\.example\.com", got 7$/) }]);
  });
});

describe("a binding", () => {
  test("requires only the gateway ID, and uses no token", () => {
    expect(resolveConfig({ binding, gatewayId: "default", gatewayToken: "secret-token" })).toMatchObject({
      binding,
      gatewayId: "default",
      chatToken: undefined,
    });
    expect(listProblems({ binding }).map(({ option }) => option)).toEqual(["gatewayId"]);
  });

  test.each([
    [{}, "object"],
    [null, "null"],
    ["AI", "string"],
  ])("must be env.AI, not %j", (given, kind) => {
    expect(listProblems({ ...complete, binding: given })).toEqual([
      { option: "binding", message: `must be a Workers AI binding (env.AI), got ${kind}` },
    ]);
  });

  test("excludes a custom domain", () => {
    expect(listProblems({ binding, gatewayId: "default", customDomain: "ai.example.com" })).toEqual([
      { option: "customDomain", message: "and binding are mutually exclusive; pass one of them" },
    ]);
  });
});

describe("a browser", () => {
  beforeEach(() => {
    vi.stubGlobal("window", { document: {} });
    vi.stubGlobal("process", undefined);
  });
  const message = (proxy: string) =>
    `must not be used in a browser, where every visitor can read it: send requests to your own server (${proxy}), which adds the token, or set dangerouslyAllowBrowser`;

  test("must not have a token", () => {
    expect(listProblems(complete)).toEqual([{ option: "gatewayToken", message: message("baseUrl") }]);
    expect(listProblems({ ...complete, gatewayToken: () => "secret-token" })).toMatchObject([{ option: "gatewayToken" }]);
    expect(listProblems({ customDomain: "ai.example.com", gatewayToken: "secret-token" })).toMatchObject([
      { option: "gatewayToken" },
    ]);
    const { gatewayToken: _, ...ids } = complete;
    expect(listProblems({ ...ids, endpoint: "rest", apiToken: "api-token" })).toEqual([
      { option: "apiToken", message: message("apiBaseUrl") },
    ]);
  });

  test("must not have an API token for the logs either", () => {
    const { gatewayToken: _, ...ids } = complete;
    expect(listProblems({ ...ids, baseUrl: "https://proxy.example", apiToken: "api-token" })).toMatchObject([
      { option: "apiToken" },
    ]);
  });

  test("may have a token with dangerouslyAllowBrowser", () => {
    expect(listProblems({ ...complete, dangerouslyAllowBrowser: true })).toEqual([]);
    expect(listProblems({ ...complete, dangerouslyAllowBrowser: false })).toHaveLength(1);
    expect(listProblems({ ...complete, dangerouslyAllowBrowser: "no" })).toEqual([
      { option: "dangerouslyAllowBrowser", message: "must be true or false, got string" },
    ]);
  });

  test("may use its own proxy, which adds the token", () => {
    const { gatewayToken: _, ...ids } = complete;
    expect(listProblems({ ...ids, baseUrl: "https://proxy.example" })).toEqual([]);
    expect(listProblems({ ...ids, endpoint: "rest", apiBaseUrl: "https://proxy.example" })).toEqual([]);
    expect(listProblems({ customDomain: "ai.example.com" })).toEqual([]);
    expect(listProblems(ids)).toMatchObject([{ option: "gatewayToken", message: expect.stringMatching(/^is missing/) }]);
    expect(listProblems({ ...ids, apiBaseUrl: "https://proxy.example" })).toHaveLength(1);
  });

  test("is not detected with Node behind it, or without a document", () => {
    vi.stubGlobal("process", { versions: { node: "20.20.2" }, env: {} });
    expect(listProblems(complete)).toEqual([]);
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("window", {});
    expect(listProblems(complete)).toEqual([]);
  });
});

test("outside a browser, the user's own proxy still requires the token", () => {
  expect(listProblems({ accountId: "a", gatewayId: "b", baseUrl: "https://proxy.example" })).toMatchObject([
    { option: "gatewayToken" },
  ]);
});

describe("the other configuration options", () => {
  test.each([
    ["fetch", 7, "must be a function, got 7"],
    ["waitUntil", {}, "must be a function, got object"],
    ["validator", {}, "must have a compile function"],
    ["validateResponses", "yes", 'must be one of "off", "warn", "throw", got string'],
    ["providers", [], "must be an object, got an empty array"],
  ])("%s: %j is rejected", (option, value, message) => {
    expect(listProblems({ ...complete, [option]: value })).toEqual([{ option, message }]);
  });

  test("are passed on, separate from the defaults of chats", () => {
    const own = {
      fetch: async () => new Response(),
      waitUntil: () => {},
      validator: { compile: () => () => [] },
      providers: { house: { compat: "custom-house" } },
    };
    const settings = resolveConfig({ ...complete, ...own, validateResponses: "warn", provider: "house", temperature: 0.5 });
    expect(settings).toMatchObject({ ...own, validateResponses: "warn" });
    expect(settings.defaults).toEqual({ provider: "house", temperature: 0.5 });
    expect(resolveConfig(complete)).toMatchObject({ validateResponses: "off", fetch: undefined, defaults: {} });
  });
});
