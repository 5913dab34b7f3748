import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type LocalGateway, startLocalGateway } from "cf-ai-gateway/testing";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../workerd-bundle.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

let local: LocalGateway;
let worker: Miniflare;

beforeAll(async () => {
  local = await startLocalGateway();
  worker = new Miniflare({
    workers: [
      {
        name: "app",
        modules: true,
        // The build that Workers get through the export condition.
        script: (await bundle(await readFile(path("binding-worker.ts"), "utf8"), ["workerd", "worker"])).code,
        compatibilityDate: "2026-07-01",
        wrappedBindings: { AI: { scriptName: "ai", bindings: {} } },
      },
      {
        name: "ai",
        modules: true,
        script: await readFile(path("ai-stand-in.js"), "utf8"),
        serviceBindings: { service: "service" },
      },
      {
        name: "service",
        modules: true,
        // The real service authenticates the caller by itself.
        script: `export default { fetch(request) {
          const { pathname, search } = new URL(request.url);
          const authorized = new Request("${local.url}" + pathname + search, request);
          authorized.headers.set("cf-aig-authorization", "Bearer test-token");
          if (pathname.startsWith("/client")) authorized.headers.set("authorization", "Bearer test-token");
          return fetch(authorized);
        } }`,
        compatibilityDate: "2026-07-01",
      },
    ],
  });
  await worker.ready;
});
afterAll(() => Promise.all([worker?.dispose(), local?.close()]));
beforeEach(() => local.reset());

const get = async (route: string) => worker.dispatchFetch(`http://worker${route}`);
const json = async (route: string) => (await get(route)).json() as Promise<Record<string, unknown>>;

describe("the Workers binding", () => {
  it("supports chats without account and token, with gateway options and metadata", async () => {
    expect(await json("/chat")).toMatchObject({
      text: "Hello",
      usage: { provider: "openai", model: "openai/gpt-4o-mini" },
      gateway: { cacheStatus: "MISS" },
    });
    const request = local.requests[0];
    expect(request?.path).toBe("/v1/acc/gw/compat/chat/completions");
    expect(request?.headers.get("cf-aig-cache-ttl")).toBe("60");
    expect(request?.headers.get("cf-aig-no-wholesale")).toBe("true");
    expect(request?.headers.has("authorization")).toBe(false);
    expect(request?.body).toMatchObject({ model: "openai/gpt-4o-mini" });
    expect(request?.body).not.toHaveProperty("stream");
  });

  it("runs tools", async () => {
    local.reply({ toolCalls: [{ name: "add", args: { a: 19, b: 23 } }] });
    expect(await json("/tools")).toEqual({ results: [42], roles: ["user", "assistant", "tool", "assistant"] });
  });

  it("validates structured output in a runtime that forbids code generation from strings", async () => {
    local.reply({ text: '{"capital":7}' }, { text: '{"capital":"Paris"}' });
    expect(await json("/output")).toEqual({ output: { capital: "Paris" } });
    expect(local.requests).toHaveLength(2);
  });

  it("streams", async () => {
    const { texts, gateway } = await json("/stream");
    expect((texts as string[]).join("")).toBe("Once upon a time");
    expect((texts as string[]).length).toBeGreaterThan(1);
    expect(gateway).toHaveProperty("logId");
    expect(local.requests[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it("returns a stream as a Response", async () => {
    const response = await get("/response");
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = (await response.text()).match(/(?<=^data: ).*/gm)?.map((data) => JSON.parse(data) as { type: string });
    expect(events?.at(0)).toMatchObject({ type: "turn-start" });
    expect(events?.at(-1)).toMatchObject({ type: "finish", result: { text: "Once upon a time" } });
  });

  it("cancels a stream whose consumer stops early", async () => {
    local.reply({ fault: "stall", afterBytes: 900 });
    expect(await json("/abort")).toEqual({ left: "AbortError" });
  });

  it.each(["/fail", "/fail-stream"])("(%s) maps errors that the binding throws to the same classes", async (route) => {
    const thrown = async (code: number) => json(`${route}?gateway=${code}`);
    expect(await thrown(2001)).toMatchObject({ name: "NotFoundError", code: "not-found", gatewayCode: 2001, status: 400 });
    expect(await thrown(2003)).toMatchObject({ name: "RateLimitError", origin: "gateway", retryable: true, status: 429 });
    expect(await thrown(2009)).toMatchObject({ name: "AuthenticationError", gatewayCode: 2009 });
    expect(await thrown(2016)).toMatchObject({ name: "GuardrailError", blocked: "prompt" });
    expect(await thrown(2021)).toMatchObject({ name: "InsufficientCreditsError", status: 402 });
    expect(await thrown(2030)).toMatchObject({ name: "DlpError", blocked: "response" });
    expect(await thrown(2041)).toMatchObject({ name: "SpendLimitError", retryable: false });
    expect((await thrown(2001)).message).toContain("Thrown by the binding");
  });

  it("reports any other error as a NetworkError", async () => {
    expect(await json("/fail?gateway=broken")).toMatchObject({ name: "NetworkError", origin: "network", retryable: true });
  });

  it("reports errors as over HTTP", async () => {
    local.reply({ error: { gatewayCode: 2029 } });
    const error = await json("/fail");
    expect(error).toMatchObject({ name: "DlpError", gatewayCode: 2029, status: 400 });
    expect(error.gateway).toHaveProperty("logId");
  });

  it("reads the log and sends feedback", async () => {
    const { log } = await json("/logs");
    expect(log).toMatchObject({ provider: "openai", model: "gpt-4o-mini", success: true });
    expect(local.requests.at(1)).toMatchObject({ method: "PATCH", body: { feedback: 1 } });
  });
});
