import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LocalGateway, startLocalGateway } from "../../src/testing/index.ts";
import { api, ask, expectSpec, logsPath, prompt, restPath } from "./ask.ts";

let local: LocalGateway;
let keyed: LocalGateway;
beforeAll(async () => {
  local = await startLocalGateway();
  keyed = await startLocalGateway({ storedKeys: { openai: ["default", "team-b"], xai: ["default"], groq: [] } });
});
afterAll(() => Promise.all([local.close(), keyed.close()]));
beforeEach(() => {
  local.reset();
  keyed.reset();
});

const hello = prompt("Hello");
const withModel = (model: string) => prompt("Hello", { model });

describe("the gateway token", () => {
  test("a missing or wrong token is a 401 with code 2009 on compat", async () => {
    for (const token of ["", "Bearer wrong", "test-token"]) {
      const { status, json, headers } = await ask(local, hello, { headers: { "cf-aig-authorization": token } });
      expect(status).toBe(401);
      expect(json).toEqual({ success: false, result: [], messages: [], error: [{ code: 2009, message: "Unauthorized" }] });
      expect(headers.get("cf-ray")).toBeTruthy();
      await expectSpec("GatewayErrorArrayBody", json);
    }
  });

  test("rest responds in the Cloudflare API's format: 9106 for a missing token, 10000 for a wrong one", async () => {
    const missing = await fetch(local.url + restPath, { method: "POST", body: JSON.stringify(hello) });
    expect(missing.status).toBe(401);
    expect(await missing.json()).toMatchObject({ success: false, errors: [{ code: 9106 }], result: null });
    const wrong = await ask(local, hello, { path: restPath, headers: { authorization: "Bearer wrong" } });
    expect(wrong).toMatchObject({ status: 401, json: { success: false, errors: [{ code: 10000 }] } });
    await expectSpec("ApiErrorBody", wrong.json);
  });

  test("the logs API requires the API token too", async () => {
    expect(await api(local, logsPath, { headers: { authorization: "Bearer wrong" } })).toMatchObject({
      status: 401,
      json: { errors: [{ code: 10000 }] },
    });
  });

  test("a custom domain accepts a Cloudflare Access token instead, as header or cookie; other paths do not", async () => {
    const path = "/compat/chat/completions";
    for (const headers of [{ "cf-access-token": "test-token" }, { cookie: "a=b; CF_Authorization=test-token" }]) {
      expect(await ask(local, hello, { path, headers: { "cf-aig-authorization": "", ...headers } })).toMatchObject({
        status: 200,
      });
      expect(await ask(local, hello, { headers: { "cf-aig-authorization": "", ...headers } })).toMatchObject({ status: 401 });
    }
    expect(await ask(local, hello, { path, headers: { "cf-aig-authorization": "", "cf-access-token": "other" } })).toMatchObject({
      status: 401,
    });
  });

  test("a configured token is the only one that is accepted", async () => {
    await using own = await startLocalGateway({ token: "secret" });
    expect(await ask(own, hello)).toMatchObject({ status: 401 });
    expect(await ask(own, hello, { headers: { "cf-aig-authorization": "Bearer secret" } })).toMatchObject({ status: 200 });
  });
});

describe("the request body", () => {
  test("a body that is not JSON is a 400 with code 2019", async () => {
    for (const body of ["{", "[]", '"text"', ""])
      expect(await ask(local, body)).toMatchObject({ status: 400, json: { error: [{ code: 2019 }] } });
  });

  test.each([
    [{ messages: undefined }, "the body must have required property 'messages'"],
    [{ messages: [] }, "/messages must NOT have fewer than 1 items"],
    [
      { messages: [{ role: "usr", content: "x" }] },
      "/messages/0/role must be one of developer, system, user, assistant, tool, function",
    ],
    [{ messages: [{ role: "user", content: 5 }] }, "/messages/0/content must be string or array"],
    [{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "/messages/0/content/0 must have required property 'text'"],
    [{ messages: [{ role: "tool", content: "x" }] }, "/messages/0 must have required property 'tool_call_id'"],
    [{ temperature: "hot" }, "/temperature must be number"],
    [{ tool_choice: { type: "function" } }, "/tool_choice must have required property 'function'"],
    [{ response_format: { type: "json_schema" } }, "/response_format must have required property 'json_schema'"],
  ])("%j is rejected with the path of the invalid field", async (more, message) => {
    const { status, json } = await ask(local, prompt("x", more));
    expect(status).toBe(400);
    expect(json.error.message).toBe(`The request does not match the spec: ${message}`);
  });

  test("a validation error has the provider's format", async () => {
    const { json } = await ask(local, { model: "google-ai-studio/gemini-2.0-flash", messages: [] });
    expect(json).toMatchObject([{ error: { code: 400, status: "INVALID_ARGUMENT" } }]);
  });

  test("Workers AI on rest accepts content parts from users only, and no null content next to tool calls; others accept both", async () => {
    const tool_calls = [{ id: "1", type: "function", function: { name: "x", arguments: "{}" } }];
    const parts = [{ type: "text", text: "x" }];
    const bodies = (model: string) => [
      {
        model,
        messages: [
          { role: "user", content: "x" },
          { role: "assistant", content: null, tool_calls },
          { role: "tool", tool_call_id: "1", content: "y" },
        ],
      },
      {
        model,
        messages: [
          { role: "system", content: parts },
          { role: "user", content: "x" },
        ],
      },
    ];
    for (const body of bodies("@cf/meta/llama")) {
      const { status, json } = await ask(local, body, { path: restPath });
      expect(status).toBe(400);
      expect(json.errors[0].message).toMatch(/\/messages\/[01]\/content must be string/);
    }
    for (const body of bodies("openai/gpt-4o")) expect((await ask(local, body, { path: restPath })).status).toBe(200);
    for (const body of bodies("workers-ai/@cf/meta/llama")) expect((await ask(local, body)).status).toBe(200);
    expect(
      (await ask(local, { model: "@cf/meta/llama", messages: [{ role: "user", content: parts }] }, { path: restPath })).status,
    ).toBe(200);
  });

  test("fields that are not in the spec are accepted", async () => {
    expect(await ask(local, prompt("x", { top_k: 5, safe_prompt: true }))).toMatchObject({ status: 200 });
  });
});

describe("the model of a request", () => {
  test("a model without a prefix is a 400 with code 2019, on both endpoints", async () => {
    for (const model of ["gpt-4o-mini", "/gpt", "openai/"])
      expect(await ask(local, withModel(model))).toMatchObject({ status: 400, json: { error: [{ code: 2019 }] } });
    expect(await ask(local, withModel("gpt-4o-mini"), { path: restPath })).toMatchObject({
      status: 400,
      json: { errors: [{ code: 2019 }] },
    });
  });

  test.each(["nonsense/x", "xai/grok-2", "google/gemini", "cloudflare/other"])(
    "%s is not a provider on compat: 400 with code 2008",
    async (model) => {
      expect(await ask(local, withModel(model))).toMatchObject({
        status: 400,
        json: { error: [{ code: 2008, message: "Invalid provider" }] },
      });
    },
  );

  test.each([
    "openai",
    "anthropic",
    "google-ai-studio",
    "google-vertex-ai",
    "openrouter",
    "groq",
    "mistral",
    "cohere",
    "perplexity",
    "workers-ai",
    "grok",
    "deepseek",
    "cerebras",
    "baseten",
    "parallel",
    "custom-mine",
    "dynamic",
  ])("%s is a provider on compat", async (provider) => {
    expect(await ask(local, withModel(`${provider}/some/model`))).toMatchObject({ status: 200 });
  });

  test("rest has its own provider names (xai, google, @cf) and accepts dynamic routes and aliases, but not the Auto Router", async () => {
    const getStatus = async (model: string) => (await ask(local, withModel(model), { path: restPath })).status;
    const known = ["openai/gpt-4o", "xai/grok-2", "google/gemini-2.0-flash", "@cf/meta/llama", "dynamic/route", "custom/fast"];
    for (const model of known) expect(await getStatus(model)).toBe(200);
    for (const model of ["grok/grok-2", "google-ai-studio/gemini", "cloudflare/auto", "workers-ai/@cf/meta/llama"]) {
      expect(await getStatus(model)).toBe(400);
    }
  });

  test("Workers AI on rest requires the gateway's name", async () => {
    const init = {
      method: "POST",
      headers: { authorization: "Bearer test-token" },
      body: JSON.stringify(withModel("@cf/meta/llama")),
    };
    expect((await fetch(local.url + restPath, init)).status).toBe(400);
  });
});

describe("the provider's API key", () => {
  test("an Authorization header reaches the provider, which returns a 401 in its own format", async () => {
    const { status, json, text } = await ask(local, hello, { headers: { authorization: "Bearer my-secret" } });
    expect(status).toBe(401);
    expect(json.error).toMatchObject({ type: "invalid_request_error", code: "invalid_api_key" });
    expect(text).not.toContain("my-secret");
  });

  test("every provider has a stored key by default; with storedKeys only those listed", async () => {
    expect(await ask(local, withModel("cohere/command-r"), { headers: { "cf-aig-no-wholesale": "true" } })).toMatchObject({
      status: 200,
    });
  });

  test("without a key, the response is a 400 with cf-aig-no-wholesale, otherwise 402 / 2021", async () => {
    for (const model of ["cohere/command-r", "groq/llama"]) {
      const refused = await ask(keyed, withModel(model), { headers: { "cf-aig-no-wholesale": "true" } });
      expect(refused).toMatchObject({ status: 400, json: { error: { message: expect.stringContaining("No key is stored") } } });
      await expectSpec("GatewayPolicyErrorBody", refused.json);
      const unpaid = await ask(keyed, withModel(model));
      expect(unpaid).toMatchObject({ status: 402, json: { name: "AiGatewayError", internalCode: 2021, httpCode: 402 } });
      await expectSpec("GatewayErrorNamedBody", unpaid.json);
    }
  });

  test("an unknown alias is a 400 / 2040 that lists the known ones", async () => {
    expect(await ask(keyed, hello, { headers: { "cf-aig-byok-alias": "team-b" } })).toMatchObject({ status: 200 });
    const { status, json } = await ask(keyed, hello, { headers: { "cf-aig-byok-alias": "team-c" } });
    expect(status).toBe(400);
    expect(json.error).toEqual([
      { code: 2040, message: "Provider 'openai' has no BYOK credential named 'team-c'. Configured aliases: default, team-b" },
    ]);
    expect((await ask(keyed, withModel("cohere/x"), { headers: { "cf-aig-byok-alias": "a" } })).json.message).toContain(
      "Configured aliases: none",
    );
  });

  test("both spellings of a provider find its keys, and rest looks up the default alias only", async () => {
    expect(await ask(keyed, withModel("grok/grok-2"))).toMatchObject({ status: 200 });
    expect(
      await ask(keyed, withModel("xai/grok-2"), { path: restPath, headers: { "cf-aig-byok-alias": "team-c" } }),
    ).toMatchObject({ status: 200 });
  });

  test("Workers AI and dynamic routes need no key", async () => {
    for (const model of ["workers-ai/@cf/meta/llama", "dynamic/support", "cloudflare/auto"]) {
      expect(await ask(keyed, withModel(model), { headers: { "cf-aig-no-wholesale": "true" } })).toMatchObject({ status: 200 });
    }
  });
});

test("other paths and methods are rejected", async () => {
  expect(await api(local, "/v1/elsewhere")).toMatchObject({ status: 404, json: { errors: [{ code: 7000 }] } });
  expect((await fetch(`${local.url}/v1/a/g/compat/chat/completions`)).status).toBe(405);
});

test("rejected requests are recorded too, including their secrets", async () => {
  await ask(local, "{", { headers: { "cf-aig-authorization": "Bearer wrong" } });
  await ask(local, withModel("openrouter/openai/gpt-4o"));
  expect(local.requests[0]).toMatchObject({ method: "POST", path: "/v1/account/gateway/compat/chat/completions", body: "{" });
  expect(local.requests[0]?.headers.get("cf-aig-authorization")).toBe("Bearer wrong");
  expect(local.requests[1]).toMatchObject({
    provider: "openrouter",
    model: "openai/gpt-4o",
    body: { model: "openrouter/openai/gpt-4o" },
  });
});
