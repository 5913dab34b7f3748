import { createGateway, GatewayError } from "../../index.ts";
import { type Check, fail, ok, skip, warn } from "./check.ts";
import { describeFailure } from "./exchange.ts";

export const logsCheck: Check = {
  id: "logs",
  title: "Logs API",
  about: "the API token can read the gateway's logs",
  async run({ config, problems }) {
    if (problems.length > 0) return skip("not asked: see Environment");
    if (config.apiToken === undefined) return skip("CLOUDFLARE_API_TOKEN is not set; only logs and the rest endpoint need it");
    if (config.accountId === undefined || config.gatewayId === undefined) return skip("needs an account id and a gateway id");
    const gateway = createGateway({ ...config, timeout: { firstByte: 20_000, idle: 20_000 } });
    try {
      for await (const _ of gateway.logs.list({ per_page: 1 })) break;
      return ok("readable");
    } catch (error) {
      if (!GatewayError.is(error)) throw error;
      if (error.code === "network" || error.code === "timeout") return skip(describeFailure(error));
      if (error.code === "authentication" || error.code === "permission")
        return {
          ...fail("the API token was rejected", "Give CLOUDFLARE_API_TOKEN the permission AI Gateway Read."),
          isRejected: true,
        };
      if (error.code === "not-found")
        return warn(
          "the account has no logs API, or the gateway does not exist",
          "Accounts created since 24 September 2026 log to Workers Observability, where you can find requests; gateway.logs won't work.",
        );
      return fail(describeFailure(error), error.hint);
    }
  },
};
