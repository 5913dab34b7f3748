/** One test for each promise of SECURITY.md, with the same name. */
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { ConfigurationError, createGateway, createGatewayFetchClient, type GatewayConfig, GatewayError } from "cf-ai-gateway";
import { afterEach, describe, expect, test, vi } from "vitest";
import { useLocalGateway } from "./local-gateway.ts";

const token = 'cf+secret/"token"&<7>';
const local = useLocalGateway({ token });

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** The URL of a server on the loopback address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const base = {
  accountId: "account",
  gatewayId: "gateway",
  gatewayToken: token,
  provider: "openai",
  model: "gpt-4o-mini",
  maxRetries: 0,
};

/** A gateway whose requests all get the response of `answer`. */
const answering = (answer: (init: RequestInit) => Response, config: GatewayConfig = {}) =>
  createGateway({ ...base, fetch: async (_url, init) => answer(init), ...config });

async function catchError(attempt: Promise<unknown>): Promise<GatewayError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!GatewayError.is(error)) throw new Error(`Expected a GatewayError, got ${inspect(error)}`);
  return error;
}

/** Every form in which a value may be logged. */
const logged = (value: unknown) =>
  [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value),
    `${value}`,
    value instanceof Error ? value.stack : "",
  ].join("\n");

test("Every promise of SECURITY.md has a test with its name", async () => {
  const [document, tests] = await Promise.all([
    readFile(new URL("../SECURITY.md", import.meta.url), "utf8"),
    readFile(new URL("security.test.ts", import.meta.url), "utf8"),
  ]);
  const [, section = ""] = /## What the package promises\n([\s\S]*?)\n## /.exec(document) ?? [];
  const promises = [...section.matchAll(/^- (.*)\.$/gm)].map(([, promise]) => promise);
  expect(promises.length).toBeGreaterThan(10);
  for (const promise of promises) expect(tests).toContain(`"${promise}`);
});

const refusal = (message: string, status = 400) => Response.json({ error: { message } }, { status });

test("No token appears in an error, in a warning, or in an inspected gateway, stream or error", async () => {
  const gateway = answering(() => refusal(`Wrong key ${token}`, 401));
  const stream = gateway.stream({ prompt: "Hi" });
  const error = await catchError(gateway.chat({ prompt: "Hi" }));
  const ofStream = await catchError(stream.result);
  for (const value of [gateway, gateway.options, gateway.logs, stream, error, ofStream])
    expect(logged(value)).not.toContain("secret");
  expect(error.message).toContain("[redacted]");

  const thrown = Object.assign(new Error(`connect failed for ${token}`, { cause: new Error(`inner ${token}`) }), {
    request: { headers: { "cf-aig-authorization": `Bearer ${token}` } },
  });
  const failed = await catchError(createGateway({ ...base, fetch: () => Promise.reject(thrown) }).chat({ prompt: "Hi" }));
  expect(logged(failed)).not.toContain("secret");
  expect(failed.message).toContain("[redacted]");

  let requests = 0;
  const learning = answering(() =>
    requests++ === 0
      ? refusal(`Unsupported parameter: 'temperature' (${token})`)
      : Response.json({ choices: [{ message: { content: "Hello" }, finish_reason: "stop" }] }),
  );
  const { warnings } = await learning.chat({ prompt: "Hi", temperature: 1 });
  expect(warnings.length).toBeGreaterThan(0);
  expect(logged(warnings)).not.toContain("secret");
});

describe("A token that a server echoes is redacted from errors, also percent-, base64-, HTML- or JSON-encoded", () => {
  const base64 = Buffer.from(token).toString("base64");
  test.each([
    ["as it is", token],
    ["percent-encoded", encodeURIComponent(token)],
    ["base64-encoded", base64],
    ["base64-encoded after a user name", Buffer.from(`user:${token}`).toString("base64")],
    ["HTML-encoded", token.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")],
    ["JSON-encoded", JSON.stringify(token).slice(1, -1)],
  ])("%s", async (_, echo) => {
    for (const answer of [
      () => refusal(`Wrong key ${echo}.`),
      () => new Response(`<p>Wrong key ${echo}.</p>`, { status: 502 }),
    ]) {
      const error = await catchError(answering(answer).chat({ prompt: "Hi" }));
      expect(logged(error)).toContain("[redacted]");
      // The middle of the echo, which overlaps with nothing around it.
      for (const part of [echo, echo.slice(6, -6), "secret"]) expect(logged(error)).not.toContain(part);
    }
  });
});

test("A token shorter than eight characters is redacted as a whole word only", async () => {
  const echoes = ["p+s&d", "p%2Bs%26d", "p+s&amp;d", "p+s\\u0026d"];
  const gateway = answering(() => refusal(`Wrong keys ${echoes.join(", ")}. Unlike xp+s&dx.`), { gatewayToken: "p+s&d" });
  const { message } = await catchError(gateway.chat({ prompt: "Hi" }));
  expect(message).toContain(`Wrong keys ${echoes.map(() => "[redacted]").join(", ")}. Unlike xp+s&dx.`);
});

test("Values of request headers are redacted from errors, except those of a short list of harmless headers", async () => {
  const secret = { "x-provider-key": "provider-key-1", cookie: "session=session-id-2", "x-anything": "anything-333" };
  const harmless = { "user-agent": "my-agent-4444", "x-title": "my-title-5555", "x-request-id": "request-66666" };
  const values = [...Object.values(secret), ...Object.values(harmless)].join(" ");
  const gateway = answering(() => refusal(`Headers: ${values}`), { headers: { ...secret, ...harmless } });
  const error = await catchError(gateway.chat({ prompt: "Hi" }));
  for (const value of ["provider-key-1", "session-id-2", "anything-333"]) expect(logged(error)).not.toContain(value);
  for (const value of Object.values(harmless)) expect(error.message).toContain(value);
});

test("No redirect is followed, by the client or by the bindings alone", async () => {
  let arrived = 0;
  const elsewhere = await serve((_request, response) => {
    arrived++;
    response.end("{}");
  });
  const baseUrl = await serve((request, response) => {
    request.resume();
    response.writeHead(307, { location: elsewhere }).end();
  });
  const gateway = createGateway({ ...base, baseUrl, apiBaseUrl: baseUrl });
  expect((await catchError(gateway.chat({ prompt: "Hi" }))).code).toBe("network");
  expect((await catchError(gateway.stream({ prompt: "Hi" }).result)).code).toBe("network");
  expect((await catchError(gateway.logs.get("log-id"))).code).toBe("network");

  const bindings = createGatewayFetchClient({ token: "token-12345678", baseUrl });
  const { response } = await bindings.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", {
    params: { path: { account_id: "account", gateway_id: "gateway" } },
    body: { model: "openai/gpt-4o-mini", messages: [] },
  });
  expect(response.status).toBe(307);
  expect(arrived).toBe(0);
});

test("The gateway token is sent in `cf-aig-authorization` only, and never in `authorization` on `compat`", async () => {
  await local.client({ gatewayToken: token }).chat({ prompt: "Hi" });
  expect(local.requests).toHaveLength(1);
  for (const { headers, path, body } of local.requests) {
    expect(headers.get("cf-aig-authorization")).toBe(`Bearer ${token}`);
    expect([...headers].filter(([, value]) => value.includes("secret")).map(([name]) => name)).toEqual(["cf-aig-authorization"]);
    expect(headers.has("authorization")).toBe(false);
    expect(path + JSON.stringify(body)).not.toContain("secret");
  }
});

/** Asserts that creating a gateway fails, and returns every loggable form of the error. */
function refused(config: GatewayConfig): string {
  try {
    createGateway({ ...base, ...config });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return logged(error);
  }
  throw new Error("The configuration was accepted.");
}

test("An `authorization` header, or a token among the headers, is refused: the gateway would pass it on to the provider", async () => {
  expect(refused({ headers: { Authorization: "Bearer secret" } })).not.toContain("secret");
  expect(refused({ headers: { "cf-aig-authorization": "Bearer secret" } })).not.toContain("secret");
  const error = await catchError(local.client().chat({ prompt: "Hi", headers: { authorization: "Bearer secret" } }));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(logged(error)).not.toContain("secret");
  expect(local.requests).toHaveLength(0);
});

test.each(["secret\n7", "secret token", "s\u00e9cret-secret"])(
  "A token that could not be sent as it is is refused without being quoted: %j",
  async (bad) => {
    expect(refused({ gatewayToken: bad })).not.toContain("secret");
    expect(refused({ apiToken: bad })).not.toContain("secret");
    const error = await catchError(local.client({ gatewayToken: () => bad }).chat({ prompt: "Hi" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(logged(error)).not.toContain("secret");
    expect(local.requests).toHaveLength(0);
  },
);

test("A token is refused in a browser, unless `dangerouslyAllowBrowser` is set", () => {
  vi.stubGlobal("window", { document: {} });
  vi.stubGlobal("process", undefined);
  const attempt = () => createGateway(base);
  expect(attempt).toThrow(ConfigurationError);
  expect(attempt).toThrow(/gatewayToken must not be used in a browser/);
  expect(attempt).not.toThrow(/secret/);
  expect(() => createGateway({ ...base, dangerouslyAllowBrowser: true })).not.toThrow();
});

test("A base URL with credentials, a query or `..`, and an id that would change the path, are refused", () => {
  const credentials = "https://user:secret@gateway.example";
  const query = "https://gateway.example?key=secret";
  const climbing = ["https://gateway.example/secret/..", "https://gateway.example/secret/%2E%2e/v1"];
  for (const url of [credentials, query, ...climbing]) {
    expect(refused({ baseUrl: url })).not.toContain("secret");
    expect(refused({ apiBaseUrl: url })).not.toContain("secret");
  }
  for (const id of ["../other", "a/b", "..", "a?b", "a#b"]) {
    refused({ accountId: id });
    refused({ gatewayId: id });
  }
});

test("Nothing is sent before all options have been checked", async () => {
  const tokens = vi.fn(() => token);
  const gateway = local.client({ gatewayToken: tokens });
  const wrong = [
    { temperature: 3 },
    { maxTokens: 1n },
    { extraBody: { a: Number.NaN } },
    { headers: { "a b": "c" } },
    { odd: true },
  ];
  for (const options of wrong) {
    const error = await catchError(gateway.chat({ prompt: "Hi", ...(options as object) }));
    expect(error).toBeInstanceOf(ConfigurationError);
  }
  expect(local.requests).toHaveLength(0);
  expect(tokens).not.toHaveBeenCalled();
});

test("Chats are sent with `cf-aig-no-wholesale: true`, unless `allowUnifiedBilling` is set; the header can't be set by hand", async () => {
  await local.client().chat({ prompt: "Hi" });
  expect(local.requests[0]?.headers.get("cf-aig-no-wholesale")).toBe("true");
  await local.client({ gateway: { allowUnifiedBilling: true } }).chat({ prompt: "Hi" });
  expect(local.requests[1]?.headers.has("cf-aig-no-wholesale")).toBe(false);
  for (const value of ["false", "true", ""]) {
    const error = await catchError(local.client().chat({ prompt: "Hi", headers: { "CF-AIG-No-Wholesale": value } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("allowUnifiedBilling");
  }
  expect(local.requests).toHaveLength(2);
});

test("A browser receives a neutral message in place of the error's own", async () => {
  const internal = "Key of team blue at 10.0.0.7 is wrong";
  const gateway = answering(() => refusal(internal, 401));
  for (const format of ["events", "openai", "ai-sdk", { "ag-ui": { threadId: "t", runId: "r" } }] as const) {
    const page = await gateway.stream({ prompt: "Hi" }).toResponse({ format }).text();
    expect(page.length).toBeGreaterThan(0);
    for (const detail of ["team blue", "10.0.0.7", "secret"]) expect(page).not.toContain(detail);
  }
});
