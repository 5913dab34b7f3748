import { createGateway, type Gateway, type GatewayConfig } from "cf-ai-gateway";
import { createLocalGateway, type InProcessGateway, type LocalGatewayOptions } from "cf-ai-gateway/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Exchange, ExchangeDetails } from "../../../src/cli/page/exchange.ts";
import { type PageServer, servePage } from "../../../src/cli/page/server.ts";

export interface TestPage {
  readonly local: InProcessGateway;
  readonly url: string;
  client(config?: GatewayConfig): Gateway;
  /** Sends a request to the page's API. */
  inspect(path: string, init?: RequestInit): Promise<Response>;
  requests(): Promise<Exchange[]>;
  details(id: number): Promise<ExchangeDetails>;
  /** Resolves with the newest exchange once it satisfies the predicate. */
  until(isWanted: (exchange: Exchange) => boolean): Promise<Exchange>;
}

/** The page's server for the tests of a file, with an empty journal before each. */
export function usePage(options: LocalGatewayOptions = {}, html = "<!doctype html>"): TestPage {
  const local = createLocalGateway(options);
  let server: PageServer;
  beforeAll(async () => {
    server = await servePage(local, html, 0);
  });
  beforeEach(async () => {
    local.reset();
    await fetch(`${server.url}/_inspect/requests`, { method: "DELETE" });
  });
  afterAll(() => server?.close());
  const inspect = (path: string, init?: RequestInit) => fetch(`${server.url}/_inspect/${path}`, init);
  const requests = async () => ((await (await inspect("requests")).json()) as { requests: Exchange[] }).requests;
  return {
    local,
    get url() {
      return server.url;
    },
    client: (config) =>
      createGateway({
        baseUrl: server.url,
        apiBaseUrl: `${server.url}/client/v4`,
        accountId: "acc",
        gatewayId: "gw",
        gatewayToken: local.gatewayToken,
        model: "openai/gpt-4o-mini",
        maxRetries: 0,
        ...config,
      }),
    inspect,
    requests,
    details: async (id) => (await inspect(`requests/${id}`)).json() as Promise<ExchangeDetails>,
    async until(isWanted) {
      const newest = async () => (await requests()).at(-1);
      const events = await inspect("events");
      const reader = (events.body as ReadableStream<Uint8Array>).getReader();
      try {
        for (;;) {
          const exchange = await newest();
          if (exchange && isWanted(exchange)) return exchange;
          await reader.read();
        }
      } finally {
        await reader.cancel();
      }
    },
  };
}

/** Whether an exchange is complete and its response has been parsed. */
export const isRead = (exchange: Exchange): boolean =>
  exchange.durationMs !== undefined && (exchange.outputTokens !== undefined || exchange.error !== undefined);
