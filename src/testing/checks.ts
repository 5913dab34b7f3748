import { dialectOf } from "./dialects/index.ts";
import { openaiError } from "./dialects/openai.ts";
import { refuse, refuseWithoutCode } from "./gateway-refusal.ts";
import { checkRequestBody } from "./request-body-check.ts";
import type { Route } from "./route.ts";
import { isKnown, isRouted, type Target, targetOf } from "./target.ts";
import { jsonReply, type WireReply } from "./wire-reply.ts";

type ChatRoute = Extract<Route, { kind: "chat" }>;

/** The gateway token on `compat`, where a custom domain takes an Access token as well; the API token elsewhere. */
export function checkToken(route: Route, headers: Headers, token: string): WireReply | undefined {
  const expected = `Bearer ${token}`;
  if (route.kind === "logs" || route.endpoint === "rest") {
    const given = headers.get("authorization");
    if (given === expected) return undefined;
    return refuse("rest", given === null ? 9106 : 10000);
  }
  if (headers.get("cf-aig-authorization") === expected) return undefined;
  if (route.customDomain && accessTokens(headers).includes(token)) return undefined;
  return refuse("compat", 2009);
}

function accessTokens(headers: Headers): (string | null | undefined)[] {
  return [headers.get("cf-access-token"), /(?:^|;\s*)CF_Authorization=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1]];
}

/** By the spec. A body that does not fit goes on to the provider in reality; so it is the provider that complains. */
export async function checkBody(
  route: ChatRoute,
  body: Record<string, unknown>,
  provider: string,
): Promise<WireReply | undefined> {
  const problem =
    (await checkRequestBody(body)) ?? (route.endpoint === "rest" && provider === "workers-ai" ? notPlain(body) : undefined);
  if (!problem) return undefined;
  const message = `The request does not fit the spec: ${problem.path || "the body"} ${problem.message}`;
  return jsonReply(400, dialectOf(provider).error({ status: 400, message, param: problem.path }));
}

/** Workers AI on `rest` takes parts from the user only, and no null beside tool calls. */
function notPlain(body: Record<string, unknown>): { path: string; message: string } | undefined {
  const messages = body.messages as { role: string; content?: unknown }[];
  const at = messages.findIndex(({ role, content }) => content === null || (role !== "user" && Array.isArray(content)));
  return at === -1 ? undefined : { path: `/messages/${at}/content`, message: "must be string" };
}

/** The model's prefix. */
export function checkModel(route: ChatRoute, headers: Headers, model: string): WireReply | undefined {
  const target = targetOf(model, route.endpoint);
  if (!target) return refuse(route.endpoint, 2019);
  if (!isKnown(model, route.endpoint)) return refuse(route.endpoint, 2008);
  const gatewayUnnamed = route.endpoint === "rest" && !headers.has("cf-aig-gateway-id");
  return target.provider === "workers-ai" && gatewayUnnamed ? refuse("rest", 2001) : undefined;
}

/** The provider's key: one that came with the request is the provider's to judge, and it does not know the gateway's users. */
export function checkKey(
  route: ChatRoute,
  headers: Headers,
  target: Target,
  storedKeys: Record<string, string[]> | undefined,
): WireReply | undefined {
  if (route.endpoint === "compat" && headers.has("authorization")) {
    const message = "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.";
    return jsonReply(401, openaiError({ status: 401, message }));
  }
  if (target.provider === "workers-ai" || isRouted(target)) return undefined;
  const aliases = storedKeys ? (storedKeys[storedName(target.provider, storedKeys)] ?? []) : ["default"];
  const alias = route.endpoint === "rest" ? "default" : (headers.get("cf-aig-byok-alias") ?? "default");
  if (aliases.includes(alias)) return undefined;
  if (alias !== "default") {
    const configured = aliases.length > 0 ? aliases.join(", ") : "none";
    const message = `Provider '${target.provider}' has no BYOK credential named '${alias}'. Configured aliases: ${configured}`;
    return refuse(route.endpoint, 2040, { message });
  }
  if (headers.get("cf-aig-no-wholesale") === "true") {
    return refuseWithoutCode(400, `No key is stored for provider '${target.provider}', and Unified Billing is not allowed`);
  }
  return refuse(route.endpoint, 2021);
}

const spellings = [
  ["xai", "grok"],
  ["google-ai-studio", "google"],
];

/** The provider's name among the stored keys, whichever endpoint's spelling they use. */
function storedName(provider: string, storedKeys: Record<string, string[]>): string {
  const names = spellings.find((names) => names.includes(provider)) ?? [provider];
  return names.find((name) => Object.hasOwn(storedKeys, name)) ?? provider;
}
