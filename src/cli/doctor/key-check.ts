import type { GatewayError } from "../../index.ts";
import { type Check, type DoctorContext, type Finding, fail, ok, skip, warn } from "./check.ts";
import { describeFailure, type Exchange, exchange, isNetworkTrouble, responseFacts } from "./exchange.ts";
import { whenAccepted } from "./gateway-checks.ts";

/** Whether the gateway stores a key for a provider, and the provider accepts it. */
export const keyCheck = (provider: string): Check => ({
  id: `key:${provider}`,
  title: `Stored key: ${provider}`,
  about: `the gateway has a key for ${provider}, and ${provider} accepts it`,
  run: provider === "workers-ai" ? () => ok("needs no key") : keyIsAccepted(provider),
});

const keyIsAccepted = (provider: string) =>
  whenAccepted(async ({ error }, context) => {
    if (error?.code === "not-found") return skip("the gateway was not found: see Account and gateway");
    const seen = await askForNoModel(context, provider, false);
    if (isNetworkTrouble(seen)) return skip("not reached: see Name and TLS");
    const finding =
      seen.error?.origin === "gateway" ? await withoutKey(context, provider, seen.error) : withKey(provider, seen.error);
    return { ...finding, facts: responseFacts(seen) };
  });

/** Requests a model that no provider has: the response costs nothing, and shows which key was used. */
const askForNoModel = ({ config }: DoctorContext, provider: string, allowUnifiedBilling: boolean): Promise<Exchange> =>
  exchange({
    config: { ...config, provider, model: "cf-ai-gateway-doctor" },
    chat: {
      prompt: "ping",
      maxTokens: 1,
      gateway: {
        ...config.gateway,
        allowUnifiedBilling,
        zdr: undefined,
        skipCache: true,
        cacheTtl: undefined,
        cacheKey: undefined,
      },
    },
  });

function withKey(provider: string, error: GatewayError | undefined): Finding {
  switch (error?.code) {
    case "authentication":
    case "permission":
      return { ...fail(`stored, but rejected: ${describeFailure(error)}`, error.hint), isRejected: true };
    case "insufficient-credits":
      return warn(`stored, without credit: ${describeFailure(error)}`, error.hint);
    case "provider":
      // The request failed for another reason, so whether the key is valid is unknown.
      return error.retryable ? warn(describeFailure(error), error.hint) : ok(`stored; ${provider} answered`);
    default:
      return ok(`stored; ${provider} accepted it`);
  }
}

async function withoutKey(context: DoctorContext, provider: string, error: GatewayError): Promise<Finding> {
  if (error.gatewayCode === 2008) return fail(`the gateway knows no provider ${JSON.stringify(provider)}`, error.hint);
  if (error.gatewayCode === 2040) return fail(describeFailure(error), error.hint);
  const isMissing =
    error.gatewayCode === 2001 || error.gatewayCode === 2021 || (error.gatewayCode === undefined && error.status === 400);
  if (!isMissing) return fail(describeFailure(error), error.hint);
  return fail(
    `none is stored. ${await billing(context, provider)}`,
    `Store a key for ${provider} (dashboard: AI Gateway > Provider Keys), or set gateway.allowUnifiedBilling to let Cloudflare bill.`,
  );
}

/** Says whether Unified Billing would pay for a client that, unlike this one, does not disable it. */
async function billing(context: DoctorContext, provider: string): Promise<string> {
  if (!context.isLive) return "With --live, the doctor asks whether Unified Billing would have paid.";
  const { error } = await askForNoModel(context, provider, true);
  return error?.origin === "gateway" || error?.origin === "network"
    ? "Unified Billing would not have paid either."
    : "Clients that don't disable it would have been billed by Unified Billing.";
}
