import { type Check, type DoctorContext, type Finding, fail, ok, skip, warn } from "./check.ts";
import { describeFailure, type Exchange, freeRequest, isNetworkTrouble, isPage, responseFacts } from "./exchange.ts";

const getHost = ({ config }: DoctorContext): string => {
  if (config.customDomain !== undefined) return config.customDomain;
  const url = config.endpoint === "rest" ? config.apiBaseUrl : config.baseUrl;
  if (url !== undefined) return new URL(url).host;
  return config.endpoint === "rest" ? "api.cloudflare.com" : "gateway.ai.cloudflare.com";
};

/** What a check concludes from the shared free request. */
type Conclude = (seen: Exchange, context: DoctorContext) => Finding | Promise<Finding>;

/** Skips a check if the free request did not reach the gateway. */
export const whenReached =
  (conclude: Conclude): Check["run"] =>
  async (context) => {
    if (context.problems.length > 0) return skip("not asked: see Environment");
    const seen = await context.free();
    return isNetworkTrouble(seen) ? skip("not reached: see Name and TLS") : conclude(seen, context);
  };

const hasRejectedToken = ({ error }: Exchange): boolean => error?.code === "authentication";

/** Like `whenReached`; also skips if the token was rejected. */
export const whenAccepted = (conclude: Conclude): Check["run"] =>
  whenReached((seen, context) => (hasRejectedToken(seen) ? skip("the token was rejected: see Token") : conclude(seen, context)));

export const networkCheck: Check = {
  id: "network",
  title: "Name and TLS",
  about: "the gateway's host resolves, is trusted and responds",
  async run(context) {
    if (context.problems.length > 0) return skip("not asked: see Environment");
    const seen = await context.free();
    const { error, response } = seen;
    if (error && isPage(seen)) return fail(`${getHost(context)} answered with a page, not as the gateway does`, error.hint);
    if (error && isNetworkTrouble(seen)) return fail(describeFailure(error), error.hint);
    return { ...ok(`${getHost(context)} answered in ${response?.ms ?? 0} ms`), facts: responseFacts(seen) };
  },
};

export const tokenCheck: Check = {
  id: "token",
  title: "Token",
  about: "the gateway accepts the token (code 2009)",
  run: whenReached((seen) => {
    const { error, response } = seen;
    if (error && hasRejectedToken(seen)) {
      const code = error.gatewayCode === undefined ? "" : `, code ${error.gatewayCode}`;
      return { ...fail(`rejected (HTTP ${response?.status}${code})`, error.hint), isRejected: true };
    }
    if (error?.code === "permission") return { ...fail(describeFailure(error), error.hint), isRejected: true };
    return ok("accepted");
  }),
};

export const gatewayCheck: Check = {
  id: "gateway",
  title: "Account and gateway",
  about: "the account has a gateway with that id (code 2001)",
  run: whenAccepted(({ error }, { config }) => {
    const name = config.gatewayId ?? config.customDomain ?? "the gateway";
    if (error?.code === "not-found")
      return fail(
        `there is no gateway ${JSON.stringify(name)} in the account`,
        "Check CLOUDFLARE_GATEWAY_ID and CLOUDFLARE_ACCOUNT_ID (--gateway, --account-id), or create the gateway in the dashboard.",
      );
    // The request has no valid model, and a working gateway says so.
    if (!error || error.code === "bad-request") return ok(`${JSON.stringify(name)} exists`);
    const finding = error.retryable || error.code === "rate-limit" || error.code === "spend-limit" ? warn : fail;
    return finding(describeFailure(error), error.hint);
  }),
};

const tokenIsRequired = whenReached(async (_, { config }) => {
  const seen = await freeRequest(config, { withoutToken: true });
  if (isNetworkTrouble(seen)) return skip("not reached: see Name and TLS");
  if (hasRejectedToken(seen) || seen.error?.code === "permission") return ok("on: a request without a token was rejected");
  if (seen.error?.code === "not-found") return skip("the gateway was not found: see Account and gateway");
  return fail(
    "off: a request without a token was accepted",
    "Anyone who knows the ids can use the stored keys. Enable Authenticated Gateway in the gateway's settings, unless your own proxy adds the token.",
  );
});

export const authenticatedCheck: Check = {
  id: "authenticated",
  title: "Authenticated Gateway",
  about: "requests without a token are rejected",
  run: (context) =>
    context.config.endpoint === "rest" ? skip("the rest endpoint always needs a token") : tokenIsRequired(context),
};

/** A larger skew affects the times in Cloudflare's logs, and signed tokens. */
const maxSkewMs = 60_000;

export const clockCheck: Check = {
  id: "clock",
  title: "Clock",
  about: "this machine's clock is correct",
  run: whenReached(({ response }) => {
    const date = Date.parse(response?.headers.get("date") ?? "");
    if (!response || Number.isNaN(date)) return skip("the response has no date");
    const skewMs = response.receivedAt - date;
    const seconds = Math.round(Math.abs(skewMs) / 1_000);
    if (Math.abs(skewMs) <= maxSkewMs) return ok(seconds <= 1 ? "right" : `right within ${seconds} s`);
    return warn(
      `${seconds} s ${skewMs > 0 ? "fast" : "slow"}`,
      "Synchronize the clock: TLS certificates and log timestamps depend on it.",
    );
  }),
};
