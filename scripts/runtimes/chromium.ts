import { existsSync } from "node:fs";
import { createServer, type Server, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { GatewayConfig } from "cf-ai-gateway";
import { type Browser, chromium } from "playwright-core";
import { createChatRoute } from "./chat-route.ts";
import { bundleClients, bundleFor } from "./packed.ts";
import type { Outcome } from "./suite.ts";

/** Debian's. */
export const binary = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The page's server: its files, a chat route, and a proxy to the gateway that adds the token. */
function servePage(files: ReadonlyMap<string, string>, config: GatewayConfig): Promise<Server> {
  const { baseUrl = "", gatewayToken } = config;
  const chat = createChatRoute(config);
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path.startsWith("/chat")) return void chat.handle(request, response);
    if (path === "/cancelled") return void chat.cancelled.then((name) => response.end(name));
    const [, route, rest] = /^\/(proxy|direct)(\/.*)$/.exec(path) ?? [];
    if (route === undefined || rest === undefined) {
      const program = { "/": "/main.js", "/clients": "/clients.js" }[path];
      const file =
        program === undefined
          ? files.get(path)
          : `<!doctype html><title>suite</title><script type="module" src="${program}"></script>`;
      const type = program === undefined ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8";
      response.writeHead(file === undefined ? 404 : 200, { "content-type": type, "content-security-policy": policy }).end(file);
      return;
    }
    const { host: _, origin: __, referer: ___, ...headers } = request.headers;
    if (route === "proxy")
      headers[rest.startsWith("/client/") ? "authorization" : "cf-aig-authorization"] = `Bearer ${gatewayToken}`;
    const forwarded = sendRequest(new URL(baseUrl + rest), { method: request.method ?? "GET", headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // Streamed, so that interrupted and stalled responses stay so.
      answer.on("error", () => response.destroy()).on("close", () => answer.complete || response.destroy());
      answer.pipe(response);
      response.flushHeaders();
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Opens a page, and runs its script when it is ready. */
async function runPage(browser: Browser, url: string): Promise<Outcome[]> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page.waitForFunction("document.title === 'ready'", undefined, { timeout: 10_000 }).catch(() => {
    throw new Error(`the page did not load: ${errors.join("\n")}`);
  });
  const outcomes = (await page.evaluate("window.run()")) as Outcome[];
  return [...outcomes, ...errors.map((problem) => ({ name: "no error in the page", problem }))];
}

/** Runs the suite in a page with a strict Content-Security-Policy: once through the page's proxy without a token, once with a token. */
export async function runInPage(
  project: string,
  config: GatewayConfig,
  executablePath: string,
): Promise<{ version: string; outcomes: Outcome[] }> {
  const program = `
    import { ConfigurationError, createGateway } from "cf-ai-gateway";
    import { runPageSuite } from "./page-suite.js";
    import { runSuite } from "./suite.js";
    const violations = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => violations.push(violatedDirective + " " + blockedURI));
    const ids = ${JSON.stringify({ accountId: config.accountId, gatewayId: config.gatewayId })};
    const gatewayToken = ${JSON.stringify(config.gatewayToken)};
    const base = location.origin;
    window.run = async () => {
      const outcomes = [];
      const add = async (route, config) => {
        for (const outcome of await runSuite({ ...ids, ...config })) outcomes.push({ ...outcome, name: route + ": " + outcome.name });
      };
      await add("own proxy", { baseUrl: base + "/proxy", apiBaseUrl: base + "/proxy/client/v4", apiToken: undefined });
      await add("token", { baseUrl: base + "/direct", apiBaseUrl: base + "/direct/client/v4", gatewayToken, dangerouslyAllowBrowser: true });
      outcomes.push(...(await runPageSuite()));
      let rejected;
      try { createGateway({ ...ids, baseUrl: base + "/direct", gatewayToken }); } catch (error) { rejected = error; }
      const name = "a token is rejected unless it is allowed";
      outcomes.push(rejected instanceof ConfigurationError ? { name } : { name, problem: String(rejected) });
      outcomes.push(violations.length === 0 ? { name: "the policy is kept" } : { name: "the policy is kept", problem: violations.join() });
      return outcomes;
    };
    document.title = "ready";`;
  const { files, ajv } = await bundleFor(project, ["browser"], program, true);
  const clients = await bundleClients(`
    import { runClients } from "./page-clients.ts";
    window.run = runClients;
    document.title = "ready";`);
  const server = await servePage(new Map([...files, ["/clients.js", clients]]), config);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const outcomes = await runPage(browser, `http://127.0.0.1:${port}/`);
    // Zod, which the clients have with them, probes whether code may be generated: a page of its own, since that violates the policy.
    outcomes.push(...(await runPage(browser, `http://127.0.0.1:${port}/clients`)));
    outcomes.push(
      ajv.length === 0 ? { name: "ajv is not in the bundle" } : { name: "ajv is not in the bundle", problem: ajv.join("\n") },
    );
    return { version: browser.version(), outcomes };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
