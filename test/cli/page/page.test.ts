import { existsSync } from "node:fs";
import { createGateway, type Gateway, tool } from "cf-ai-gateway";
import { createLocalGateway, type InProcessGateway } from "cf-ai-gateway/testing";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildPage } from "../../../scripts/page/build.ts";
import { binary } from "../../../scripts/runtimes/chromium.ts";
import { type PageServer, servePage } from "../../../src/cli/page/server.ts";

let browser: Browser;
let html: string;
let local: InProcessGateway;
let server: PageServer;
let page: Page;
let gateway: Gateway;
/** What the page must not do: violate its policy, throw, or send requests to another host. */
let offences: string[];

beforeAll(async () => {
  if (!binary || !existsSync(binary)) throw new Error("These tests need Chromium: apt-get install chromium");
  html = await buildPage();
  browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox"] });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  local = createLocalGateway();
  server = await servePage(local, html, 0);
  offences = [];
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce" });
  page = await context.newPage();
  page.on("pageerror", ({ message }) => offences.push(message));
  page.on("console", (entry) => entry.type() === "error" && !/status of 4\d\d/.test(entry.text()) && offences.push(entry.text()));
  page.on(
    "request",
    (request) => request.url().startsWith(server.url) || /^(data|blob):/.test(request.url()) || offences.push(request.url()),
  );
  await page.goto(server.url);
  await page.locator("#live[data-state=live]").waitFor();
  gateway = createGateway({
    baseUrl: server.url,
    accountId: "acc",
    gatewayId: "gw",
    gatewayToken: local.gatewayToken,
    model: "openai/gpt-4o-mini",
    maxRetries: 0,
  });
});
afterEach(async () => {
  await page.context().close();
  await server.close();
  expect(offences).toEqual([]);
});

const row = (text: string) => page.locator("tbody tr", { hasText: text });
const section = (title: string) => page.locator(".section", { has: page.locator("summary", { hasText: title }) });
const openSections = () => page.evaluate("for (const each of document.querySelectorAll('.section')) each.open = true");
const clipboard = () => page.evaluate("navigator.clipboard.readText()") as Promise<string>;
const focused = () =>
  page.evaluate("document.activeElement.closest('tr')?.innerText ?? document.activeElement.id") as Promise<string>;

describe("the page's table of requests", () => {
  it("shows a request while it runs, and its outcome", async () => {
    await page.getByText("Waiting for the first request").waitFor();
    local.reply({ fault: "stall", afterBytes: 100 }, { text: "Done." });
    const abort = new AbortController();
    const stalled = gateway.stream({ prompt: "Slowly.", signal: abort.signal }).result.catch(() => undefined);
    await row("200 receiving").waitFor();
    expect(await page.getByText("1 request", { exact: true }).isVisible()).toBe(true);
    abort.abort();
    await stalled;
    await row("200 cancelled").waitFor();
    await gateway.stream({ prompt: "Now." }).result;
    const text = await page.locator("tbody tr", { hasText: "→", hasNotText: "cancelled" }).innerText();
    expect(text).toMatch(/^\d\d:\d\d:\d\d\s+openai\/gpt-4o-mini\s+200\s+\d+ → \d+\s+\$0\.0\S+\s+[\d.]+ m?s\s+[\d.]+ m?s\s+MISS$/);
    expect(await page.locator("#announcer").innerText()).toBe("openai gpt-4o-mini: 200");
  });

  it("has the newest request on top, and one row for each", async () => {
    for (const model of ["openai/one", "groq/two", "mistral/three"]) await gateway.chat({ model, prompt: "Hi" });
    await row("mistral/three").filter({ hasText: "→" }).waitFor();
    expect(await page.locator("tbody .name").allInnerTexts()).toEqual(["three", "two", "one"]);
  });

  it("is filtered by several words", async () => {
    await gateway.chat({ model: "openai/gpt-4o", prompt: "Hi" });
    local.reply({ error: { status: 429 } });
    await gateway.chat({ model: "anthropic/claude-sonnet-4-5", prompt: "Hi" }).catch(() => undefined);
    await row("429 rate-limit").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("claude 429");
    expect(await page.locator("tbody tr:visible").count()).toBe(1);
    expect(await page.locator("#count").innerText()).toBe("1 of 2 requests");
    await gateway.chat({ model: "openai/gpt-4o", prompt: "Hi" });
    await page.getByText("1 of 3 requests").waitFor();
    await page.locator("#filter").fill("nothing like that");
    expect(await page.getByText("No request matches the filter.").isVisible()).toBe(true);
  });

  it("is cleared by Clear, and filled again after the server has restarted", async () => {
    await gateway.chat({ prompt: "Hi" });
    await row("gpt-4o-mini").click();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Waiting for the first request").waitFor();
    expect(await page.locator("#details").isVisible()).toBe(false);
  });
});

describe("the page's details of a request", () => {
  it("show messages, tools, both bodies and the stream's chunks", async () => {
    const get_weather = tool({
      description: "Current weather of a city.",
      parameters: { type: "object", properties: { city: { type: "string" } } },
      execute: () => ({ degrees: 22 }),
    });
    local.reply(
      { toolCalls: [{ name: "get_weather", args: { city: "Paris" } }] },
      { reasoning: "Warm.", text: "It is warm.", chunks: { everyMs: 5 } },
    );
    await gateway.stream({ model: "deepseek/deepseek-chat", system: "Be brief.", prompt: "Weather?", tools: { get_weather } })
      .result;
    await row("→").first().click();
    const conversation = await section("Conversation").innerText();
    for (const text of ["Be brief.", "Weather?", 'get_weather({ "city": "Paris" })', '{ "degrees": 22 }', "Warm.", "It is warm."])
      expect(conversation).toContain(text);
    await section("Tools").locator("summary").click();
    expect(await section("Tools").innerText()).toContain("get_weather — Current weather of a city.");
    const chunks = section("Timeline").locator(".chunk");
    expect(await chunks.count()).toBeGreaterThan(4);
    expect(await section("Timeline").locator(".tick").count()).toBe(await chunks.count());
    await chunks.nth(2).locator("summary").click();
    expect(await chunks.nth(2).locator("pre").innerText()).toMatch(/^data: \{/);
    await section("Request").locator("summary").click();
    expect(await section("Request").innerText()).toContain("Bearer [redacted]");
    expect(await section("Request").locator("pre").innerText()).toContain('  "model": "deepseek/deepseek-chat"');
    await section("Request").getByRole("button", { name: "As sent" }).click();
    expect(await section("Request").locator("pre").innerText()).toMatch(/^\{"model":"deepseek\/deepseek-chat",/);
    await section("Response").locator("summary").click();
    expect(await section("Response").innerText()).toContain("data: [DONE]");
  });

  it("show the client's error with its hint, and keep the opened sections open", async () => {
    local.reply({ error: { gatewayCode: 2021 } });
    await gateway.chat({ prompt: "Hi" }).catch(() => undefined);
    await row("402").click();
    expect(await page.locator(".callout").innerText()).toContain("InsufficientCreditsError (insufficient-credits)");
    await section("Response").locator("summary").click();
    await gateway.chat({ prompt: "Hi" });
    await row("200").click();
    await page.locator(".callout").waitFor({ state: "detached" });
    expect(await section("Response").locator("pre").isVisible()).toBe(true);
  });

  it("are updated while a request is running", async () => {
    local.reply({ fault: "stall", afterBytes: 300 });
    const abort = new AbortController();
    const chat = gateway.stream({ prompt: "Hi", signal: abort.signal }).result.catch(() => undefined);
    await row("200 receiving").click();
    await page.locator("#details h2", { hasText: "200 receiving" }).waitFor();
    await section("Request").locator("summary").focus();
    abort.abort();
    await chat;
    await page.locator("#details h2", { hasText: "200 cancelled" }).waitFor();
    expect(await focused()).toBe("details");
  });

  it("escape markup in messages, wherever it comes from", async () => {
    const attack = '<img/src=x/onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    local.reply({ text: attack, toolCalls: [{ name: attack, args: attack }] });
    await gateway.chat({ model: `openai/${attack}`, system: attack, prompt: attack, toolMode: "return" }).catch(() => undefined);
    await page.locator("tbody tr").first().click();
    await section("Conversation").waitFor();
    await openSections();
    expect((await page.locator("#details").innerText()).split("<img/src=x").length).toBeGreaterThan(6);
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.title()).toBe("Local gateway");
  });

  it("show an inline image of a message, but load none from another host", async () => {
    const pixel =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const image = (url: string) => ({ type: "image_url" as const, image_url: { url } });
    await gateway.chat({ messages: [{ role: "user", content: [image(pixel), image("https://images.example/cat.png")] }] });
    await row("→").click();
    const shown = section("Conversation").locator("img");
    expect(await shown.count()).toBe(1);
    expect(
      await page.evaluate(
        "document.querySelector('.message img').decode().then(() => document.querySelector('.message img').naturalWidth)",
      ),
    ).toBe(1);
    expect(await section("Conversation").innerText()).toContain("https://images.example/cat.png");
  });
});

describe("the page's actions", () => {
  it("copy a request as curl, as a reply and as a fixture", async () => {
    local.reply({ text: "Paris." });
    await gateway.chat({ prompt: "Capital of France?" });
    await row("→").click();
    await page.getByRole("button", { name: "curl" }).click();
    await page.getByText("Copied the curl command").waitFor();
    expect(await clipboard()).toMatch(/^curl 'http:\/\/127\.0\.0\.1:\d+\/v1\/acc\/gw\/compat\/chat\/completions' \\\n/);
    await page.getByRole("button", { name: "local.reply(…)" }).click();
    await page.getByText("Copied the reply").waitFor();
    expect(await clipboard()).toBe('local.reply({ text: "Paris." });');
    await page.getByRole("button", { name: "fixture" }).click();
    await page.getByText("Copied a script that writes the fixture").waitFor();
    expect(await clipboard()).toContain("cat > 'fixtures/openai/capital-of-france-");
  });

  it("send a request again", async () => {
    await gateway.chat({ prompt: "Hi" });
    await row("→").click();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("2 requests").waitFor();
  });

  it("queue a text, a tool call, an error and a fault", async () => {
    const queue = async (kind: string, fill: () => Promise<unknown>) => {
      await page.getByRole("button", { name: "Reply to the next request…" }).click();
      await page.getByText(kind, { exact: true }).click();
      await fill();
      await page.getByRole("button", { name: "Queue reply" }).click();
      await page.locator("dialog").waitFor({ state: "hidden" });
    };
    const ask = () =>
      gateway
        .chat({ prompt: "Who are you?", toolMode: "return" })
        .then(({ text, toolCalls }) => [text, ...toolCalls.map((call) => call.argsText)])
        .catch((error) => [error.code]);
    await queue("Text", () => page.locator("[name=text]").fill("I am the page."));
    expect(await ask()).toEqual(["I am the page."]);
    await queue("Tool call", () => page.locator("[name=args]").fill('{"city":"Rome"}'));
    expect(await ask()).toEqual(["", '{"city":"Rome"}']);
    await queue("Error", () => page.locator("[name=error]").selectOption("gatewayCode 2016"));
    expect(await ask()).toEqual(["guardrail"]);
    await queue("Fault", () => page.locator("[name=fault]").selectOption("reset-before-headers"));
    expect(await ask()).toEqual(["network"]);
    await queue("JSON", () => page.locator("[name=json]").fill('[{"text":"One."},{"text":"Two."}]'));
    expect([await ask(), await ask()]).toEqual([["One."], ["Two."]]);
  });

  it("offer every fault, and explain what is wrong with a reply", async () => {
    await page.getByRole("button", { name: "Reply to the next request…" }).click();
    await page.getByText("JSON", { exact: true }).click();
    await page.locator("[name=json]").fill('{ "txet": "Paris." }');
    await page.getByRole("button", { name: "Queue reply" }).click();
    await page.locator("#problem", { hasText: "txet is not a field of it" }).waitFor();
    await page.locator("[name=json]").fill("{");
    await page.getByRole("button", { name: "Queue reply" }).click();
    await page.locator("#problem", { hasText: "The reply must be JSON." }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    const { faults } = await import("../../../src/testing/scripted-reply.ts");
    expect(await page.locator("[name=fault] option").allTextContents()).toEqual([...faults]);
  });

  it("turn a response into an editable reply", async () => {
    local.reply({ text: "Paris." });
    await gateway.chat({ prompt: "Capital of France?" });
    await row("→").click();
    await page.getByRole("button", { name: "Edit as reply…" }).click();
    expect(JSON.parse(await page.locator("[name=json]").inputValue())).toEqual({ text: "Paris." });
    await page.locator("[name=json]").fill('{ "text": "Lyon." }');
    await page.getByRole("button", { name: "Queue reply" }).click();
    await page.getByText("Queued for the next request").waitFor();
    expect((await gateway.chat({ prompt: "Capital of France?" })).text).toBe("Lyon.");
  });
});

describe("keyboard navigation", () => {
  it("moves through the rows, opens one, and returns to the table", async () => {
    for (const model of ["openai/one", "openai/two", "openai/three"]) await gateway.chat({ model, prompt: "Hi" });
    await row("three").filter({ hasText: "→" }).waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("three");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("two");
    await page.keyboard.press("Enter");
    await page.locator("#details h2", { hasText: "openai/two" }).waitFor();
    await page.waitForFunction("document.activeElement.id === 'details'");
    await page.keyboard.press("Escape");
    expect(await focused()).toContain("two");
    expect(await page.locator("#details").isVisible()).toBe(false);
    await page.keyboard.press("End");
    expect(await focused()).toContain("one");
    await page.keyboard.press("/");
    await page.keyboard.type("three");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("three");
  });

  it("shows a focus indicator on every control", async () => {
    await gateway.chat({ prompt: "Hi" });
    await row("→").click();
    await section("Conversation").waitFor();
    const seen = new Set<string>();
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press("Tab");
      const [name, outline] = (await page.evaluate(`(() => {
        const element = document.activeElement;
        const ring = element.closest("tr") ?? element;
        return element === document.body ? ["", ""] : [element.id || element.textContent.trim().slice(0, 20), getComputedStyle(ring).outlineStyle + getComputedStyle(ring).outlineWidth];
      })()`)) as [string, string];
      if (name === "" || seen.has(name)) break;
      seen.add(name);
      expect([name, outline]).toEqual([name, "solid2px"]);
    }
    expect(seen.size).toBeGreaterThan(8);
  });
});

describe.each(["light", "dark"] as const)("the %s theme", (colorScheme) => {
  it("has text with a contrast of at least 4.5 to 1", async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    local.reply({ text: "Fine." }, { error: { status: 429 } }, { fault: "stall", afterBytes: 10 });
    await gateway.chat({ prompt: "Hi" });
    await gateway.chat({ prompt: "Hi" }).catch(() => undefined);
    const abort = new AbortController();
    const stalled = gateway.stream({ prompt: "Hi", signal: abort.signal }).result.catch(() => undefined);
    await row("200 receiving").waitFor();
    await row("429").click();
    await section("Conversation").waitFor();
    await openSections();
    expect(await page.evaluate(lowContrast)).toEqual([]);
    await page.getByRole("button", { name: "Reply to the next request…" }).click();
    expect(await page.evaluate(lowContrast)).toEqual([]);
    abort.abort();
    await stalled;
  });
});

/** Runs in the page: finds text whose contrast with its background is too low. */
const lowContrast = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const ground = (element) => { for (let at = element; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); if (color[3] === 255) return color; } return [255, 255, 255]; };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join("");
    if (text === "" || !element.checkVisibility({ visibilityProperty: true }) || element.closest("script, style, template, option")) continue;
    const [light, dark] = [luminance(rgba(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) found.push(text.slice(0, 30) + " " + ratio.toFixed(2));
  }
  return found;
})()`;
