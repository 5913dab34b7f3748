import { setupServer } from "msw/node";
import { type ChatOptions, type ChatResult, createGateway, type Gateway, GatewayError } from "../src/index.ts";
import { fixtureHandlers } from "../src/testing/index.ts";
import { type FixtureFiles, fixtureFolder } from "./fixture-files.ts";
import { errorResultOf, type FixtureResult, resultOf } from "./fixture-result.ts";
import { chatOptions, readScenario } from "./fixture-scenario.ts";

/** Where fixtures are asked for; nothing is there. */
const placeless = {
  baseUrl: "http://gateway.invalid",
  accountId: "account",
  gatewayId: "gateway",
  gatewayToken: "fixture-gateway-token",
};

export interface Replay {
  /** The bodies of the requests: those that `after` answered, then that of the fixture. */
  sent: unknown[];
  result: FixtureResult;
}

/** Asks what the fixture asks and lets its files answer, through MSW. A request that no file answers rejects. */
export async function replay({ name, meta }: FixtureFiles, folder: URL = fixtureFolder): Promise<Replay> {
  const sent: unknown[] = [];
  const server = setupServer(...fixtureHandlers(folder, { cases: [...(meta.after ?? []), name] }));
  server.events.on("request:start", async ({ request }) => {
    sent.push(JSON.parse(await request.clone().text()));
  });
  server.listen({ onUnhandledRequest: "error" });
  try {
    const result = await ask(createGateway(placeless), await optionsOf(meta), meta.stream);
    return { sent, result };
  } finally {
    server.close();
  }
}

/** Asks as `replay` does, and lets these responses answer one after the other. */
export async function replayWith(meta: FixtureFiles["meta"], responses: (() => Response)[]): Promise<FixtureResult> {
  const left = [...responses];
  const gateway = createGateway({
    ...placeless,
    fetch: async () => {
      const next = left.shift();
      if (!next) throw new Error("The fixture was asked once more than it has answers.");
      return next();
    },
  });
  return ask(gateway, await optionsOf(meta), meta.stream);
}

/** The options of the call that a fixture answers. */
export async function optionsOf({ scenario, provider, model, options }: FixtureFiles["meta"]): Promise<ChatOptions> {
  return { provider, model, maxRetries: 0, ...chatOptions(await readScenario(scenario), options) };
}

export async function ask(gateway: Gateway, options: ChatOptions, streaming: boolean): Promise<FixtureResult> {
  try {
    const result: ChatResult = streaming ? await gateway.stream(options).result : await gateway.chat(options);
    return resultOf(result);
  } catch (error) {
    if (GatewayError.is(error)) return errorResultOf(error);
    throw error;
  }
}
