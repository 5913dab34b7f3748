import { stat } from "node:fs/promises";
import { createLocalGateway } from "../../testing/index.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { servePage } from "../page/server.ts";
import { untilInterrupted } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const defaultPort = 8790;

/** The environment of a client of the local gateway. */
const environment = (url: string, token: string) => ({
  CLOUDFLARE_ACCOUNT_ID: "local",
  CLOUDFLARE_GATEWAY_ID: "local",
  CLOUDFLARE_GATEWAY_TOKEN: token,
  CLOUDFLARE_GATEWAY_URL: url,
  CLOUDFLARE_GATEWAY_API_URL: `${url}/client/v4`,
});

export const local = defineCommand({
  name: "local",
  description:
    "Starts a gateway on this machine: no account, no key, no cost. It validates requests like the gateway and the providers, and\n" +
    "answers from fixtures, from replies that you queue on its page, or with a built-in answer. The page shows every request.",
  positionals: [],
  options: {
    port: { type: "string", placeholder: "NUMBER", help: `Port on 127.0.0.1; 0 picks a free one. Default: ${defaultPort}` },
    fixtures: {
      type: "string",
      placeholder: "DIR",
      help: "Answer from the fixtures in this directory; other requests get a 501",
    },
  },
  examples: [
    "cf-ai-gateway local > .env.local",
    "node --env-file=.env.local program.js",
    "cf-ai-gateway local --fixtures test/fixtures",
  ],
  async run({ values }, terminal) {
    const port = readPort(values.port);
    if (values.fixtures !== undefined) await checkDirectory(values.fixtures);
    const { html } = await import("virtual:page");
    const gateway = createLocalGateway({ fixtures: values.fixtures });
    const server = await servePage(gateway, html, port).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
      const reason = error.code === "EACCES" ? "may not be opened" : "is in use";
      throw new UsageError(`Port ${port} ${reason}.`, "Pass another one with --port, or --port 0 for a free one.");
    });
    try {
      const { url } = server;
      const env = environment(url, gateway.gatewayToken);
      if (terminal.json) terminal.print(JSON.stringify({ url, apiUrl: env.CLOUDFLARE_GATEWAY_API_URL, env }));
      else terminal.print(envFile(env));
      terminal.note(`${terminal.style.bold("Local gateway")} at ${url}`);
      terminal.note(`Open it in a browser to see its requests. ${terminal.style.dim("Press Ctrl-C to stop.")}`);
      await untilInterrupted(terminal);
    } finally {
      await server.close();
    }
    return exitCodes.ok;
  },
});

function readPort(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new UsageError(`--port must be an integer between 0 and 65535, got ${JSON.stringify(text)}.`);
  return port;
}

async function checkDirectory(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw new UsageError(`--fixtures must be a directory, and ${path} is none.`);
}

const envFile = (env: Readonly<Record<string, string>>) =>
  [
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    "# createGateway({ baseUrl: process.env.CLOUDFLARE_GATEWAY_URL, apiBaseUrl: process.env.CLOUDFLARE_GATEWAY_API_URL })",
  ].join("\n");
