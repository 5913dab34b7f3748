import { type Check, type DoctorContext, type Finding, fail, ok, skip, warn } from "./check.ts";
import { describeFailure, type Exchange, freeRequest, isNetworkTrouble, isPage, responseFacts } from "./exchange.ts";

const hostOf = ({ config }: DoctorContext): string => {
  if (config.customDomain !== undefined) return config.customDomain;
  const url = config.endpoint === "rest" ? config.apiBaseUrl : config.baseUrl;
  if (url !== undefined) return new URL(url).host;
  return config.endpoint === "rest" ? "api.cloudflare.com" : "gateway.ai.cloudflare.com";
};

/** The shared free request, or why it says nothing about the gateway. */
export async function reach(context: DoctorContext): Promise<{ seen: Exchange } | { finding: Finding }> {
  if (context.problems.length > 0) return { finding: skip("not asked: see Environment") };
  const seen = await context.free();
  return isNetworkTrouble(seen) ? { finding: skip("not reached: see Name and TLS") } : { seen };
}

const isRefused = ({ error }: Exchange): boolean => error?.code === "authentication";

/** Like `reach`; a refused token says nothing about what is behind it either. */
export async function reachWithToken(context: DoctorContext): Promise<{ seen: Exchange } | { finding: Finding }> {
  const reached = await reach(context);
  if ("finding" in reached || !isRefused(reached.seen)) return reached;
  return { finding: skip("the token was refused: see Token") };
}

export const networkCheck: Check = {
  id: "network",
  title: "Name and TLS",
  about: "the gateway's host is found, trusted and answers",
  async run(context) {
    if (context.problems.length > 0) return skip("not asked: see Environment");
    const seen = await context.free();
    const { error, response } = seen;
    if (error && isPage(seen)) return fail(`${hostOf(context)} answered with a page, not as the gateway does`, error.hint);
    if (error && isNetworkTrouble(seen)) return fail(describeFailure(error), error.hint);
    return { ...ok(`${hostOf(context)} answered in ${response?.ms ?? 0} ms`), facts: responseFacts(seen) };
  },
};

export const tokenCheck: Check = {
  id: "token",
  title: "Token",
  about: "the gateway accepts the token (code 2009)",
  async run(context) {
    const reached = await reach(context);
    if ("finding" in reached) return reached.finding;
    const { error, response } = reached.seen;
    if (error && isRefused(reached.seen)) {
      const code = error.gatewayCode === undefined ? "" : `, code ${error.gatewayCode}`;
      return { ...fail(`refused (HTTP ${response?.status}${code})`, error.hint), isRefusal: true };
    }
    if (error?.code === "permission") return { ...fail(describeFailure(error), error.hint), isRefusal: true };
    return ok("accepted");
  },
};

export const gatewayCheck: Check = {
  id: "gateway",
  title: "Account and gateway",
  about: "the account has a gateway of that id (code 2001)",
  async run(context) {
    const reached = await reachWithToken(context);
    if ("finding" in reached) return reached.finding;
    const { error } = reached.seen;
    const name = context.config.gatewayId ?? context.config.customDomain ?? "the gateway";
    if (error?.code === "not-found")
      return fail(
        `there is no gateway ${JSON.stringify(name)} in the account`,
        "Check CLOUDFLARE_GATEWAY_ID and CLOUDFLARE_ACCOUNT_ID (--gateway, --account-id), or create the gateway in the dashboard.",
      );
    // The request has no model that could answer: a working gateway says so.
    if (!error || error.code === "bad-request") return ok(`${JSON.stringify(name)} exists`);
    const finding = error.retryable || error.code === "rate-limit" || error.code === "spend-limit" ? warn : fail;
    return finding(describeFailure(error), error.hint);
  },
};

export const authenticatedCheck: Check = {
  id: "authenticated",
  title: "Authenticated Gateway",
  about: "requests without a token are refused",
  async run(context) {
    if (context.config.endpoint === "rest") return skip("the rest endpoint always needs a token");
    const reached = await reach(context);
    if ("finding" in reached) return reached.finding;
    const seen = await freeRequest(context.config, { withoutToken: true });
    if (isNetworkTrouble(seen)) return skip("not reached: see Name and TLS");
    if (isRefused(seen) || seen.error?.code === "permission") return ok("on: a request without a token was refused");
    if (seen.error?.code === "not-found") return skip("the gateway was not found: see Account and gateway");
    return fail(
      "off: a request without a token was accepted",
      "Whoever knows the ids can use the stored keys. Turn on Authenticated Gateway in the gateway's settings, unless a proxy of yours adds the token.",
    );
  },
};

/** Cloudflare's logs and signed tokens are off by as much. */
const maxSkewMs = 60_000;

export const clockCheck: Check = {
  id: "clock",
  title: "Clock",
  about: "this machine's clock is right",
  async run(context) {
    const reached = await reach(context);
    if ("finding" in reached) return reached.finding;
    const { response } = reached.seen;
    const date = Date.parse(response?.headers.get("date") ?? "");
    if (!response || Number.isNaN(date)) return skip("the response has no date");
    const skewMs = response.receivedAt - date;
    const seconds = Math.round(Math.abs(skewMs) / 1_000);
    if (Math.abs(skewMs) <= maxSkewMs) return ok(seconds <= 1 ? "right" : `right within ${seconds} s`);
    return warn(
      `${seconds} s ${skewMs > 0 ? "fast" : "slow"}`,
      "Set the clock by the network: TLS certificates and the times in logs depend on it.",
    );
  },
};
